import { removeEntry } from '../../yaml/edits.ts';
import { getEntry } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { kinds } from '../views.ts';

export default defineRule({
  id: 'flux/provider-on-kustomization',
  on: kinds('kustomize.toolkit.fluxcd.io/Kustomization', 'helm.toolkit.fluxcd.io/HelmRelease'),
  severity: 'error',
  partial: true,
  schema: true,
  summary: 'A Kustomization or HelmRelease has no `spec.provider`.',
  why: "No version of either kind has the field, and Flux's own server-side apply refuses the object with `field not declared in schema`. Sources carry `spec.provider`; for a remote AKS cluster it stands in the ConfigMap of `spec.kubeConfig.configMapRef`; SOPS finds the vault in each encrypted file.",
  references: [
    'https://github.com/fluxcd/flux2/issues/4862',
    'https://github.com/fluxcd/flux2/issues/2501',
    'fluxcd/kustomize-controller@v1.9.4 config/crd/bases',
  ],
  *check(object) {
    const provider = getEntry(object.root, 'spec', 'provider');
    if (provider)
      yield report(
        provider,
        `${object.kind} has no spec.provider. Sources carry it; for a remote AKS cluster it belongs in the ConfigMap of spec.kubeConfig.configMapRef, and SOPS finds the vault in each file.`,
        { fix: provider.key.synthetic ? undefined : safeFix('Remove provider', removeEntry(provider)) },
      );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'On a Kustomization',
      yaml: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
spec:
  interval: 10m
  prune: true
  <|provider|>: azure
  sourceRef:
    kind: OCIRepository
    name: apps
`,
      fixed: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
spec:
  interval: 10m
  prune: true
  sourceRef:
    kind: OCIRepository
    name: apps
`,
    },
  ],
  good: [
    {
      title: 'The provider of the decryption',
      yaml: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
spec:
  interval: 10m
  prune: true
  decryption:
    provider: sops
  sourceRef:
    kind: OCIRepository
    name: apps
`,
    },
  ],
};
