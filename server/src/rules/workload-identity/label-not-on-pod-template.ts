import { label } from '../../model/object.ts';
import { podTemplateOf, WORKLOADS } from '../../model/views/pod-template.ts';
import { addAt, removeEntry } from '../../yaml/edits.ts';
import { asScalar } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { USE } from './_keys.ts';

export default defineRule({
  id: 'workload-identity/label-not-on-pod-template',
  on: kinds(...WORKLOADS.filter((k) => k !== '/Pod')),
  severity: 'warning',
  partial: true,
  summary: 'The label `azure.workload.identity/use` stands on the workload instead of its pod template.',
  why: 'The webhook selects pods by their labels. A label in `metadata.labels` of a Deployment or CronJob is not copied to the pods it makes, so no token is injected and nothing says so.',
  references: [
    'Azure/azure-workload-identity@v1.6.0 pkg/webhook/consts.go',
    'https://github.com/fluxcd/source-controller/issues/1822',
  ],
  *check(object, { workspace }) {
    const misplaced = label(object, USE);
    const template = podTemplateOf(object);
    if (!misplaced || !template || template.label(USE)) return;
    // Another patch of the same workload, or the object beneath a patch, may have the label in the right place.
    const others = object.partial
      ? siblings(workspace.patches(object.group, object.kind), object)
      : [workspace.patched(object)];
    if (others.some((o) => podTemplateOf(o)?.label(USE))) return;
    const path = [...template.path, 'metadata', 'labels'];
    const value = asScalar(misplaced.value);
    const add =
      value && typeof value.value === 'string' && !misplaced.key.synthetic
        ? addAt(object.root, [...path, USE], value.value)
        : undefined;
    yield report(
      misplaced,
      `The label on the ${object.kind} itself has no effect: the webhook selects pods. Put it under ${path.join('.')}.`,
      {
        fix: add && safeFix('Move the label to the pod template', removeEntry(misplaced), add),
      },
    );
  },
});

/** Patches that stand in the same document and are for the same object. */
const siblings = <T extends { document: unknown; name: string | undefined; target: { name?: string } | undefined }>(
  all: readonly T[],
  patch: T,
): T[] =>
  all.filter(
    (o) =>
      o !== patch && o.document === patch.document && (o.name ?? o.target?.name) === (patch.name ?? patch.target?.name),
  );

export const examples: Examples = {
  bad: [
    {
      title: 'On a Deployment',
      yaml: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
  labels:
    app: worker
    <|azure.workload.identity/use|>: "true"
spec:
  template:
    metadata:
      labels:
        app: worker
    spec:
      serviceAccountName: worker
`,
      fixed: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
  labels:
    app: worker
spec:
  template:
    metadata:
      labels:
        app: worker
        azure.workload.identity/use: "true"
    spec:
      serviceAccountName: worker
`,
    },
    {
      title: 'On a CronJob, in a patch',
      files: {
        'kustomization.yaml': `patches:
  - patch: |
      apiVersion: batch/v1
      kind: CronJob
      metadata:
        name: report
        labels:
          <|azure.workload.identity/use|>: "true"
`,
      },
    },
    {
      title: 'By a JSON6902 patch',
      files: {
        'kustomization.yaml': `patches:
  - target:
      kind: Deployment
      name: worker
    patch: |
      - op: add
        path: /metadata/labels/<|azure.workload.identity~1use|>
        value: "true"
`,
      },
    },
  ],
  good: [
    {
      title: 'On the pod template',
      yaml: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
  labels:
    azure.workload.identity/use: "true"
spec:
  template:
    metadata:
      labels:
        azure.workload.identity/use: "true"
`,
    },
    {
      title: 'Another patch of the same kustomization labels the pods',
      files: {
        'kustomization.yaml': `patches:
  - target: { kind: Deployment, name: worker }
    patch: |
      - op: add
        path: /metadata/labels/azure.workload.identity~1use
        value: "true"
  - target: { kind: Deployment, name: worker }
    patch: |
      - op: add
        path: /spec/template/metadata/labels/azure.workload.identity~1use
        value: "true"
`,
      },
    },
  ],
};
