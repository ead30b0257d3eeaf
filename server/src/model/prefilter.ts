/**
 * What decides, on the bare text, whether a file is reason to wake up, and whether a document is worth a parse. One
 * linear pass, no parsing: asked for every YAML and JSON document an editor opens, before anything else is loaded.
 */

/** The files whose name alone says that they are ours. */
const DEFINITION = /^kind:[ \t]*["']?CustomResourceDefinition\b/m;
const FLUX_GROUP =
  /^ {2}group:[ \t]*["']?(?:[a-z]+\.toolkit\.fluxcd\.io|source\.extensions\.fluxcd\.io|fluxcd\.controlplane\.io)\b/m;
const FILES = /(?:^|[\\/])(?:\.sops\.ya?ml|\.azure-gitops\.ya?ml|kustomization\.ya?ml|Kustomization)$/;

/** What stands only in files that bear on GitOps with Azure, or on GitOps itself. */
const OURS = new RegExp(
  [
    String.raw`\bfluxcd\.(?:io|controlplane\.io)\b`,
    String.raw`\bkustomize\.config\.k8s\.io\b`,
    String.raw`\bargoproj\.io\b`,
    String.raw`\bargocd-k8s-auth\b`,
    String.raw`\bazure\.workload[.-]?identity\b`,
    String.raw`\baadpodid(?:entity|binding)\b`,
    String.raw`\.azure\.com/v\d`, // the groups of Azure Service Operator
    String.raw`\bsecrets-store\.csi\.x-k8s\.io\b`,
    String.raw`\bserviceoperator\.azure\.com\b`,
    String.raw`\baso-(?:credential|controller-settings)\b`,
    String.raw`\bazurekv\b`, // External Secrets
    String.raw`\bACRAccessToken\b`,
    '^sops:',
    '"sops":',
    String.raw`\bsops\.azure-kv\b`,
    String.raw`\bazure_k(?:eyvault|v)\b`,
    String.raw`\bkubelogin\b`,
    String.raw`\bauth-provider["']?:`, // a kubeconfig of clients before Kubernetes 1.26
    String.raw`\boidc\.config\b`, // single sign-on of Argo CD
    '^connector:', // Harness
    '"assignableScopes"', // a role definition
    '"AssignableScopes"',
    String.raw`\{\s*["']?\$imagepolicy`, // a marker for image updates
  ].join('|'),
  'm',
);

/** What a chain that concerns us may run through, though nothing in it says so by itself. */
const CHAIN =
  /azure\.workload|AZURE_|azureAD|azurecr|vault\.azure|client-id|sops|argocd|serviceoperator\.azure\.com|external-secrets\.io/;
/** Kinds that a chain may run through. */
const CHAIN_KIND =
  /^[ \t]*["']?kind["']?:[ \t]*["']?(ServiceAccount|Secret|SealedSecret|AzureKeyVaultSecret|Certificate|ConfigMap|Pod|Deployment|StatefulSet|DaemonSet|ReplicaSet|Job|CronJob|List|Kustomization|Component|Config|Namespace|Role|ClusterRole|RoleBinding|ClusterRoleBinding)\b/m;

/**
 * True where a file, by its path or URI and its text, is reason enough to wake up. A false yes costs a start of the
 * server in a workspace that is none of our business; a false no hides the product.
 */
export function concernsUs(uri: string, text: string): boolean {
  return FILES.test(uri) || OURS.test(text);
}

/** True where one document is worth a parse: it concerns us, or it may be a link of a chain that does. */
export function worthParsing(text: string): boolean {
  // Definitions are the largest documents there are, and only those of Flux are ever looked at.
  if (DEFINITION.test(text)) return FLUX_GROUP.test(text);
  return OURS.test(text) || CHAIN.test(text) || CHAIN_KIND.test(text);
}
