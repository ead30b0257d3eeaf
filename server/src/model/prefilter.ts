/**
 * What decides, on the bare text, whether a file or document may concern this extension. Cheap and generous: a text that
 * does not match holds nothing that any rule, fact or reference looks at.
 */
const OURS =
  /toolkit\.fluxcd\.io|fluxcd\.controlplane\.io|fluxcd\.io\/|source\.extensions\.fluxcd|kustomize\.config\.k8s\.io|argoproj\.io|azure\.workload|azure_keyvault|azure_kv|sops|kubelogin|argocd|aadpodid|AZURE_|azureAD|\.azure\.com|serviceoperator\.azure\.com|external-secrets\.io|secrets-store\.csi|azurecr|vault\.azure|client-id/;
/** Kinds that a chain may run through. */
const CHAIN =
  /^[ \t]*["']?kind["']?:[ \t]*["']?(ServiceAccount|Secret|ConfigMap|Pod|Deployment|StatefulSet|DaemonSet|ReplicaSet|Job|CronJob|List|Kustomization|Component|Config|Namespace|RoleBinding|ClusterRoleBinding|CustomResourceDefinition)\b/m;
const FILES = /(^|\/)(kustomization\.ya?ml|Kustomization|\.sops\.ya?ml|\.azure-gitops\.ya?ml)$/;

/** True where the text of a file is reason enough to wake up: something in it bears on GitOps with Azure or on GitOps itself. */
export function concernsUs(uri: string, text: string): boolean {
  return FILES.test(uri) || OURS.test(text);
}

/** True where one document is worth a parse: it concerns us, or it may be a link of a chain that does. */
export function worthParsing(text: string): boolean {
  return OURS.test(text) || CHAIN.test(text);
}
