/**
 * Whether a file may concern us at all, from its name and text alone. Asked for every YAML and JSON document the editor
 * opens, before anything of ours but the entry is loaded: one linear pass, no parsing. A false yes costs a start of the
 * server; a false no hides the product, so it leans to yes.
 */
export function concernsUs(path: string, text: string): boolean {
  return ownName.test(path) || signs.test(text);
}

/** The files whose name alone says that they are ours. */
const ownName = /(?:^|[\\/])(?:\.sops\.ya?ml|\.azure-gitops\.ya?ml|kustomization\.ya?ml|Kustomization)$/;

const signs = new RegExp(
  [
    String.raw`\.toolkit\.fluxcd\.io\b`,
    String.raw`\bfluxcd\.controlplane\.io\b`,
    String.raw`\bsource\.extensions\.fluxcd\.io\b`,
    String.raw`\bkustomize\.config\.k8s\.io\b`,
    String.raw`\bargoproj\.io\b`,
    String.raw`\bazure\.workload\.identity\b`,
    String.raw`\baadpodidentity\.k8s\.io\b`,
    String.raw`\.azure\.com/v\d`, // the groups of Azure Service Operator
    String.raw`\bsecrets-store\.csi\.x-k8s\.io\b`,
    String.raw`\bazurekv\b`, // External Secrets
    '^sops:',
    '"sops":',
    String.raw`\bsops\.azure-kv\b`,
    String.raw`\bazure_k(?:eyvault|v)\b`,
    String.raw`\bkubelogin\b`,
    String.raw`\bargocd-k8s-auth\b`,
  ].join('|'),
  'm',
);
