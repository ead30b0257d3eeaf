import { quote } from '../../yaml/edits.ts';
import { asScalar, entries, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { view } from '../views.ts';
import { metadata, USE } from './_keys.ts';

/** Labels, and the `podLabels` of Helm values, which charts copy into labels. */
const labels = view('labels, and podLabels of HelmRelease values', function* (unit, context) {
  for (const { entry, in: field } of metadata.select(unit, context))
    if (field === 'labels' && entry.key.text === USE) yield entry;
  if (unit.object?.kind !== 'HelmRelease') return;
  const values = [get(unit.object.root, 'spec', 'values')];
  for (let value = values.pop(); value; value = values.pop())
    for (const entry of entries(value)) {
      if (entry.key.text === 'podLabels') yield* entries(entry.value).filter((e) => e.key.text === USE);
      else if (entry.value.kind === 'map') values.push(entry.value);
    }
});

export default defineRule({
  id: 'workload-identity/use-label-not-string',
  on: labels,
  severity: 'error',
  partial: true,
  summary: 'The label `azure.workload.identity/use` must be the string `"true"`, not a boolean.',
  why: 'Label values are strings. The API server refuses an object whose label is a bare boolean, number or null, so the whole apply fails.',
  references: [
    'Kubernetes ObjectMeta.labels is map[string]string',
    'https://github.com/kubernetes/kubernetes/issues/57509',
  ],
  *check(entry) {
    const value = asScalar(entry.value);
    if (!value || typeof value.value === 'string') return;
    const shown = value.text === '' ? 'empty' : `${value.text} without quotes`;
    yield report(
      value.span.end > value.span.start ? value : entry,
      `This label is ${shown}, but label values are strings: the API server refuses it. Write "true".`,
      {
        fix:
          value.text === 'true' || value.text === 'false' ? safeFix(`Write "${value.text}"`, quote(value)) : undefined,
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'On a Deployment',
      yaml: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
spec:
  template:
    metadata:
      labels:
        azure.workload.identity/use: <|true|> # pods get a token
    spec:
      containers: []
`,
      fixed: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
spec:
  template:
    metadata:
      labels:
        azure.workload.identity/use: "true" # pods get a token
    spec:
      containers: []
`,
    },
    {
      title: 'Inside a patch of a kustomization.yaml',
      files: {
        'kustomization.yaml': `resources: [gotk-components.yaml]
patches:
  - patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: source-controller
      spec:
        template:
          metadata:
            labels:
              azure.workload.identity/use: <|true|>
`,
      },
      fixed: `resources: [gotk-components.yaml]
patches:
  - patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: source-controller
      spec:
        template:
          metadata:
            labels:
              azure.workload.identity/use: "true"
`,
    },
    {
      title: 'Inside a JSON6902 patch',
      files: {
        'kustomization.yaml': `patches:
  - target: { kind: Deployment, name: source-controller }
    patch: |-
      - op: add
        path: /spec/template/metadata/labels/azure.workload.identity~1use
        value: <|true|>
`,
      },
    },
  ],
  good: [
    {
      title: 'A string',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  labels:
    azure.workload.identity/use: "true"
`,
    },
    {
      title: 'A template is unknown',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  labels:
    azure.workload.identity/use: {{ .Values.enabled }}
`,
    },
  ],
};
