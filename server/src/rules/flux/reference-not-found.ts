import { nearest } from '../../azure/text-kinds.ts';
import { addEntry, replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { inNamespaces, isMadeElsewhere, namedObjects, namesakes } from './_references.ts';
import { nameOf } from './_sources.ts';

/** The Secret of a decryption cannot be encrypted by itself, so that it is hardly ever in Git. */
const BY_HAND = new Set(['spec.decryption.secretRef', 'spec.verify.secretRef']);

export default defineRule({
  id: 'flux/reference-not-found',
  on: namedObjects,
  severity: 'hint',
  summary: 'A Flux object refers to one that is not in the workspace.',
  why: 'The controllers look for a source, Provider, ServiceAccount, Secret or ConfigMap in the namespace of the object, or in the one that is written beside the name, and wait until it is there. It may come from elsewhere; often it is a slip of the pen.',
  references: [
    'fluxcd/kustomize-controller@v1.9.4',
    'fluxcd/helm-controller@v1.6.3',
    'fluxcd/source-controller@v1.9.1',
    'fluxcd/notification-controller@v1.9.3',
    'fluxcd/image-reflector-controller@v1.2.0',
  ],
  *check(subject, { workspace }) {
    const { object, field, found, crossNamespace, namespaces } = subject;
    if (BY_HAND.has(field)) return;
    for (const namespace of namespaces)
      if (workspace.find(found.group, found.kind, found.name, { namespace }).state !== 'absent') return;
    if (workspace.objects(found.group, found.kind).length === 0 || isMadeElsewhere(subject, workspace)) return;
    const here = workspace.within(found.group, found.kind, { known: true, names: namespaces });
    if (found.kind === 'Secret' && here.length === 0) return;
    const others = namesakes(subject, workspace);
    // A name without a namespace field: flux/reference-wrong-namespace.
    if (others.length > 0 && !crossNamespace) return;
    const [other] = others;
    const elsewhere = other && workspace.namespacesOf(other);
    if (other && elsewhere?.known) {
      const [namespace] = elsewhere.names;
      const own = found.namespaceNode;
      const map = found.node.parent;
      yield report(
        found.node,
        `${found.kind} "${found.name}" is defined in namespace "${namespace}", and not in ${inNamespaces(namespaces)}, where ${field} of ${object.kind} "${object.name}" looks for it.`,
        {
          related: [related(nameOf(other), `${found.kind} ${found.name}`)],
          fix:
            namespace === undefined || found.node.synthetic
              ? undefined
              : own
                ? unsafeFix(`Write namespace: ${namespace}`, replaceText(own, namespace))
                : map?.kind === 'map' && !map.synthetic
                  ? unsafeFix(`Add namespace: ${namespace}`, addEntry(map, 'namespace', namespace))
                  : undefined,
        },
      );
      return;
    }
    const near = nearest(
      found.name,
      here.flatMap((o) => o.name ?? []),
      2,
    );
    yield report(
      found.node,
      `${found.kind}/${[...namespaces][0]}/${found.name}, referred to here, is not defined in this workspace.${near === undefined ? '' : ` Did you mean "${near}"?`}`,
      {
        fix:
          near === undefined || found.node.synthetic
            ? undefined
            : unsafeFix(`Write ${near}`, replaceText(found.node, near)),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A slip of the pen',
      files: {
        'apps.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  prune: true
  sourceRef:
    kind: GitRepository
    name: <|feet|>
`,
        'fleet.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
  namespace: flux-system
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/fleet
`,
      },
      fixed: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  prune: true
  sourceRef:
    kind: GitRepository
    name: fleet
`,
      message: 'GitRepository/flux-system/feet',
    },
    {
      title: 'A source in another namespace, which has to be written',
      files: {
        'apps.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: podinfo
  namespace: apps
spec:
  interval: 10m
  chartRef:
    kind: OCIRepository
    name: <|podinfo|>
`,
        'source.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: podinfo
  namespace: flux-system
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/charts/podinfo
`,
      },
      fixed: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: podinfo
  namespace: apps
spec:
  interval: 10m
  chartRef:
    kind: OCIRepository
    name: podinfo
    namespace: flux-system
`,
    },
  ],
  good: [
    {
      title: 'It is there; it is a variable; there are none of its kind at all',
      files: {
        'apps.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  prune: true
  sourceRef:
    kind: GitRepository
    name: fleet
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: tools
  namespace: flux-system
spec:
  interval: 10m
  prune: true
  sourceRef:
    kind: GitRepository
    name: \${SOURCE}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: more
  namespace: flux-system
spec:
  interval: 10m
  prune: true
  sourceRef:
    kind: Bucket
    name: more
`,
        'fleet.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
  namespace: flux-system
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/fleet
`,
      },
    },
    {
      title: 'Secrets that a generator, an operator or somebody by hand makes',
      files: {
        'sources.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: one
  namespace: flux-system
spec:
  interval: 1m
  url: oci://fleetregistry.azurecr.io/one
  secretRef:
    name: sealed
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: two
  namespace: flux-system
spec:
  interval: 1m
  url: oci://fleetregistry.azurecr.io/two
  secretRef:
    name: from-vault
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: three
  namespace: apps
spec:
  interval: 1m
  url: oci://fleetregistry.azurecr.io/three
  secretRef:
    name: by-hand
`,
        'secrets.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: other
  namespace: flux-system
stringData:
  key: \${VALUE}
---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  name: sealed
  namespace: flux-system
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: any
  namespace: flux-system
spec:
  target:
    name: from-vault
`,
      },
    },
  ],
};
