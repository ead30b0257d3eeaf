import { podTemplateOf } from '../../model/views/pod-template.ts';
import { addAt, removeEntry } from '../../yaml/edits.ts';
import { get, getEntry } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { metadata, podLabelPath, USE } from './_keys.ts';

export default defineRule({
  id: 'workload-identity/use-as-annotation',
  on: metadata,
  severity: 'warning',
  partial: true,
  summary: '`azure.workload.identity/use` is a label; as an annotation it has no effect.',
  why: 'The API server calls the webhook for pods that its label selector matches. It does not look at annotations, so the pod starts without a token.',
  references: ['Azure/azure-workload-identity@v1.6.0 pkg/webhook/consts.go'],
  *check({ entry, in: field, object }) {
    if (field !== 'annotations' || entry.key.text !== USE) return;
    const template = podTemplateOf(object);
    if (!template && object.kind !== 'ServiceAccount') return;
    const labelled = getEntry(get(entry.map.parent), 'labels', USE) !== undefined || template?.label(USE) !== undefined;
    const move = template && !labelled ? addAt(object.root, podLabelPath(template), 'true') : undefined;
    yield report(entry, 'azure.workload.identity/use is a label: as an annotation it has no effect.', {
      severity: labelled ? 'hint' : undefined,
      fix: entry.key.synthetic
        ? undefined
        : template && !labelled
          ? unsafeFix('Move it to the labels of the pod template', removeEntry(entry), move)
          : unsafeFix('Remove the annotation', removeEntry(entry)),
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'On the pod template',
      yaml: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
spec:
  template:
    metadata:
      labels:
        app: worker
      annotations:
        prometheus.io/scrape: "true"
        <|azure.workload.identity/use|>: "true"
`,
      fixed: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
spec:
  template:
    metadata:
      labels:
        app: worker
        azure.workload.identity/use: "true"
      annotations:
        prometheus.io/scrape: "true"
`,
      severity: 'warning',
    },
    {
      title: 'Beside the label',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  labels:
    azure.workload.identity/use: "true"
  annotations:
    <|azure.workload.identity/use|>: "true"
`,
      severity: 'hint',
    },
  ],
  good: [
    {
      title: 'As a label',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  labels:
    azure.workload.identity/use: "true"
`,
    },
  ],
};
