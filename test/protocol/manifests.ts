/** A manifest in which nothing is wrong. */
export const MANIFEST = `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: podinfo
  namespace: flux-system
spec:
  interval: 5m
  url: oci://contoso.azurecr.io/manifests/podinfo
  provider: azure
  ref:
    tag: latest
`;

/** The same with a value that no Flux knows. */
export const BROKEN = MANIFEST.replace('provider: azure', 'provider: azur');

/** What is found in {@link BROKEN}. */
export const brokenRules = ['flux/provider-unknown'];
