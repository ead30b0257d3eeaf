import { isTemplate } from '../../azure/text-kinds.ts';
import { nearestName } from '../../facts/nearest-name.ts';
import { fluxKinds, newestVersion } from '../../facts/structure.ts';
import { byKey } from '../../model/object-index.ts';
import { replaceText } from '../../yaml/edits.ts';
import { asScalar, get, textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { anyObject } from '../views.ts';

const ALL = fluxKinds();
const GROUPS = new Set(ALL.map(({ group }) => group));
const BY_TYPE = byKey(
  'defined type',
  ({ root }) => `${textAt(root, 'spec', 'group')}/${textAt(root, 'spec', 'names', 'kind')}`,
);

export default defineRule({
  id: 'flux/unknown-kind',
  on: anyObject,
  severity: 'warning',
  schema: true,
  summary: 'A kind or version that the groups of Flux do not have.',
  why: 'Flux spreads its kinds over several groups, each with versions of its own. The API server finds a kind by its group and version, and knows nothing of one that stands under another group, is misspelled, or has a version that no Flux 2 serves.',
  references: ['CRDs of the controllers of fluxcd/flux2@v2.0.0 to v2.9.4 and of controlplaneio-fluxcd/flux-operator'],
  *check(object, { workspace }) {
    if (!GROUPS.has(object.group) || object.kind.endsWith('List')) return;
    if (isTemplate(object.apiVersion) || isTemplate(object.kind)) return;
    const { group, kind, version, apiVersion } = object;
    const known = ALL.find((k) => k.group === group && k.kind === kind);
    if (known?.versions.includes(version)) return;
    const kindNode = asScalar(get(object.root, 'kind'));
    const versionNode = asScalar(get(object.root, 'apiVersion'));
    if (!kindNode || !versionNode) return;
    // A later Flux may have more: the workspace's own definitions know.
    const defined = workspace.having('apiextensions.k8s.io', 'CustomResourceDefinition', BY_TYPE, `${group}/${kind}`);
    if (defined.length > 0) return;
    const error = `no matches for kind "${kind}" in version "${apiVersion}"`;
    if (known) {
      const newest = `${group}/${newestVersion(group, kind)}`;
      yield report(versionNode, `${error}: no Flux from 2.0 to 2.9 serves this version. Use ${newest}.`, {
        fix: unsafeFix(`Write ${newest}`, replaceText(versionNode, newest)),
      });
      return;
    }
    const elsewhere = ALL.find((k) => k.kind === kind);
    if (elsewhere) {
      const right = `${elsewhere.group}/${elsewhere.versions[0]}`;
      yield report(versionNode, `${error}: ${kind} is of the group ${elsewhere.group}. Write ${right}.`, {
        fix: unsafeFix(`Write ${right}`, replaceText(versionNode, right)),
      });
      return;
    }
    const kinds = ALL.filter((k) => k.group === group).map((k) => k.kind);
    const near = nearestName(kind, kinds);
    yield report(
      kindNode,
      `${error}. ${near === undefined ? `The kinds of this group are ${kinds.join(', ')}.` : `Did you mean ${near}?`}`,
      { fix: near === undefined ? undefined : unsafeFix(`Write ${near}`, replaceText(kindNode, near)) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The wrong case, the wrong group, a version that there never was',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: <|OciRepository|>
metadata:
  name: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
---
apiVersion: <|source.toolkit.fluxcd.io/v1|>
kind: ImageRepository
metadata:
  name: worker
spec:
  interval: 10m
  image: fleetregistry.azurecr.io/worker
---
apiVersion: <|"kustomize.toolkit.fluxcd.io/v2"|>
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
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: worker
spec:
  interval: 10m
  image: fleetregistry.azurecr.io/worker
---
apiVersion: "kustomize.toolkit.fluxcd.io/v1"
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
      message: 'no matches for kind',
    },
  ],
  good: [
    {
      title: 'Kinds of Flux, of kustomize and of somebody else',
      yaml: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: []
---
apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata:
  name: apps
spec: {}
---
apiVersion: example.com/v1
kind: OciRepository
metadata:
  name: other
`,
    },
    {
      title: 'A kind of a later Flux, which the workspace defines',
      files: {
        'new.yaml': `apiVersion: source.toolkit.fluxcd.io/v3
kind: Artifact
metadata:
  name: new
`,
        'crd.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: artifacts.source.toolkit.fluxcd.io
spec:
  group: source.toolkit.fluxcd.io
  names:
    kind: Artifact
    plural: artifacts
  scope: Namespaced
  versions:
    - name: v3
      served: true
      storage: true
`,
      },
    },
  ],
};
