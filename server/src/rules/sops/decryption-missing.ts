import { annotation, type KubernetesObject } from '../../model/object.ts';
import { byCondition } from '../../model/object-index.ts';
import { isEncryptedRoot } from '../../model/views/sops-file.ts';
import { addEntry } from '../../yaml/edits.ts';
import { asMap, asScalar, get, getEntry } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, safeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { SOPS_BLOCK } from './_example.ts';

/** Kinds that people encrypt; each is one look at the index. */
const KINDS = [
  ['', 'Secret'],
  ['', 'ConfigMap'],
  ['helm.toolkit.fluxcd.io', 'HelmRelease'],
] as const;

const isDisabled = (object: KubernetesObject): boolean =>
  asScalar(annotation(object, 'kustomize.toolkit.fluxcd.io/decrypt')?.value)?.text.toLowerCase() === 'disabled';

export default defineRule({
  id: 'sops/decryption-missing',
  on: kinds('kustomize.toolkit.fluxcd.io/Kustomization'),
  severity: 'error',
  summary: 'The Kustomization builds a file that SOPS encrypted, and does not decrypt it.',
  why: 'Flux refuses an encrypted Secret: `… is SOPS encrypted, configuring decryption is required for this secret to be reconciled`. Objects of other kinds fail with `.sops: field not declared in schema`.',
  references: [
    'fluxcd/kustomize-controller@v1.9.4 internal/controller/kustomization_controller.go:948-950',
    'https://github.com/fluxcd/flux2/issues/3367',
  ],
  *check(kustomization, { workspace }) {
    const spec = asMap(get(kustomization.root, 'spec'));
    const name = getEntry(kustomization.root, 'metadata', 'name');
    if (!spec || !name || get(spec, 'decryption') || get(workspace.patched(kustomization).root, 'spec', 'decryption'))
      return;
    // Without a source it is what somebody wrote to be merged into another.
    if (!get(spec, 'sourceRef') || !workspace.isComplete(kustomization)) return;
    for (const [group, kind] of KINDS)
      for (const object of workspace.having(group, kind, ENCRYPTED, 'yes')) {
        if (isDisabled(object)) continue;
        const builders = workspace.fluxKustomizationsOf(object.document.uri);
        if (!builders.some((b) => isSame(b, kustomization)) || builders.some((b) => get(b.root, 'spec', 'decryption')))
          continue;
        const file = decodeURIComponent(object.document.uri.slice(object.document.uri.lastIndexOf('/') + 1));
        const kindNode = get(object.root, 'kind');
        yield report(
          name.value,
          `${file} is SOPS encrypted, configuring decryption is required for this secret to be reconciled: Kustomization "${kustomization.name}" builds it and has no spec.decryption.`,
          {
            fix: safeFix('Add the decryption', addEntry(spec, 'decryption', { provider: 'sops' })),
            related: kindNode ? [related(kindNode, 'The encrypted object')] : [],
          },
        );
        return;
      }
  },
});

const ENCRYPTED = byCondition('encrypted', (object) => isEncryptedRoot(object.root));

/** The graph gives Kustomizations with patches applied: they are the same by where they stand. */
const isSame = (a: KubernetesObject, b: KubernetesObject): boolean => a.document === b.document && a.name === b.name;

export const examples: Examples = {
  bad: [
    {
      title: 'An encrypted Secret below the path',
      files: {
        'clusters/prod/apps.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: <|apps|>
  namespace: flux-system
spec:
  interval: 10m
  prune: true
  path: ./apps/prod
  sourceRef:
    kind: GitRepository
    name: flux-system
`,
        'apps/prod/token.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: token
  namespace: apps
stringData:
  token: ENC[AES256_GCM,data:AAEC,iv:aXY=,tag:dGFn,type:str]
${SOPS_BLOCK}`,
      },
      fixed: {
        'clusters/prod/apps.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  prune: true
  path: ./apps/prod
  sourceRef:
    kind: GitRepository
    name: flux-system
  decryption:
    provider: sops
`,
      },
    },
  ],
  good: [
    {
      title: 'With decryption, and a Secret that is left encrypted on purpose',
      files: {
        'clusters/prod/apps.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  prune: true
  path: ./apps/prod
  sourceRef:
    kind: GitRepository
    name: flux-system
  decryption:
    provider: sops
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: raw
  namespace: flux-system
spec:
  interval: 10m
  prune: true
  path: ./raw
  sourceRef:
    kind: GitRepository
    name: flux-system
`,
        'apps/prod/token.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: token
stringData:
  token: ENC[AES256_GCM,data:AAEC,iv:aXY=,tag:dGFn,type:str]
${SOPS_BLOCK}`,
        'raw/token.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: token
  annotations:
    kustomize.toolkit.fluxcd.io/decrypt: disabled
stringData:
  token: ENC[AES256_GCM,data:AAEC,iv:aXY=,tag:dGFn,type:str]
${SOPS_BLOCK}`,
      },
    },
  ],
};
