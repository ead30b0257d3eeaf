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

/** A source that authenticates with {@link ACCOUNT}. */
export const USER = `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
  namespace: apps
spec:
  interval: 10m
  url: oci://contoso.azurecr.io/manifests/apps
  provider: azure
  serviceAccountName: registry-reader
`;

/** An account that lacks what Flux needs of it, where something authenticates with it. */
export const ACCOUNT = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: registry-reader
  namespace: apps
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`;
