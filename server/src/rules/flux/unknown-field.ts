import { fieldHistory } from '../../facts/structure.ts';
import { compareVersions } from '../../model/context.ts';
import { removeEntry, renameKey } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { pathText, structureProblems } from './_structure.ts';

export default defineRule({
  id: 'flux/unknown-field',
  on: structureProblems('unknown-field'),
  severity: 'error',
  partial: true,
  schema: true,
  general: true,
  summary: 'A field that the kind does not have.',
  why: 'Flux applies objects on the server side, and the API server refuses a field that the CRD of the installed version does not declare. `kubectl apply` only warns and drops it, which hides the mistake until Flux applies the same file.',
  references: [
    'https://github.com/fluxcd/flux2/issues/4862',
    'https://github.com/fluxcd/flux2/issues/2501',
    'CRDs of the controllers of fluxcd/flux2@v2.0.0 to v2.9.4',
  ],
  *check({ object, problem }, { flux }) {
    const { entry, field, path, nearest } = problem;
    if (!entry || field === undefined) return;
    const history = fieldHistory(object.group, object.kind, object.version, path);
    // flux/field-needs-newer-flux says more.
    if (history && flux.known && compareVersions(flux.minor, history.since) < 0) return;
    const gone = history?.until !== undefined ? ` It was there until Flux ${history.until}.` : '';
    const own = entry.key.synthetic || entry.map.synthetic ? undefined : entry;
    yield report(
      entry,
      `.${pathText(path)}: field not declared in schema.${gone} ${
        nearest === undefined
          ? `${object.kind} ${object.version} has no such field${path.length > 1 ? ' there' : ''}.`
          : `Did you mean ${nearest}?`
      }`,
      {
        fix: [
          own && nearest !== undefined ? unsafeFix(`Rename to ${nearest}`, renameKey(own, nearest)) : undefined,
          own && unsafeFix(`Remove ${field}`, removeEntry(own)),
        ],
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Misspelled, and in the wrong place',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  <|intervall|>: 10m
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  ref:
    tag: latest
    <|branch|>: main
`,
      message: 'field not declared in schema',
    },
    {
      title: 'In a patch',
      yaml: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - apps.yaml
patches:
  - patch: |
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: OCIRepository
      metadata:
        name: apps
      spec:
        <|serviceAccount|>: registry-reader
`,
    },
    {
      title: 'The name of a field one letter off',
      yaml: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
spec:
  interval: 10m
  prune: true
  <|sourceref|>:
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
      message: 'Did you mean sourceRef?',
    },
  ],
  good: [
    {
      title: 'Values of a chart, what SOPS adds, and a directive of kustomize',
      yaml: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: podinfo
spec:
  interval: 10m
  chartRef:
    kind: OCIRepository
    name: podinfo
  values:
    anything:
      goes: here
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: chat
spec:
  type: slack
  address: ENC[AES256_GCM,data:4Q==,iv:aA==,tag:bQ==,type:str]
sops:
  mac: ENC[AES256_GCM,data:4Q==,iv:aA==,tag:bQ==,type:str]
---
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - apps.yaml
patches:
  - patch: |
      $patch: delete
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: OCIRepository
      metadata:
        name: apps
`,
    },
    {
      title: "The workspace's own definition has the field",
      files: {
        'apps.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  brandNew: true
`,
        'gotk-components.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ocirepositories.source.toolkit.fluxcd.io
spec:
  group: source.toolkit.fluxcd.io
  names:
    kind: OCIRepository
    plural: ocirepositories
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                interval:
                  type: string
                url:
                  type: string
                brandNew:
                  type: boolean
`,
      },
    },
  ],
};
