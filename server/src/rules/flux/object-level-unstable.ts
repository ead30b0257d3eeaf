import { defineRule, type Examples, report } from '../define.ts';
import { identities } from './_identities.ts';

export default defineRule({
  id: 'flux/object-level-unstable',
  on: identities,
  severity: 'off',
  summary: 'Object-level workload identity on AKS may still change.',
  why: 'The Flux project marks workload identity of single objects on AKS as unstable: a later release may ask for another annotation on the ServiceAccount. This rule reminds of that where somebody wants to be reminded; nothing is wrong with the object.',
  references: [
    'fluxcd/website@6da0f383 content/en/flux/integrations/azure.md',
    'https://github.com/fluxcd/flux2/issues/5359',
  ],
  versions: 'Flux 2.6 and later',
  *check({ account, field }) {
    yield report(
      account,
      `${field} gives this object an identity of its own, which the Flux project marks as unstable on AKS (fluxcd/flux2#5359). An identity of the controller is not.`,
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A registry and a Key Vault',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: apps }
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  provider: azure
  serviceAccountName: <|apps-reader|>
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps }
spec:
  interval: 10m
  prune: true
  sourceRef: { kind: OCIRepository, name: apps }
  decryption:
    provider: sops
    serviceAccountName: <|vault-reader|>
`,
    },
  ],
  good: [
    {
      title: 'The identity of the controller; pull secrets',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: apps }
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  provider: azure
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: tools }
spec:
  interval: 10m
  url: oci://ghcr.io/contoso/tools
  serviceAccountName: pull-secrets
`,
    },
  ],
};
