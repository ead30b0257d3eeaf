import { podTemplateOf } from '../../model/views/pod-template.ts';
import { addAt } from '../../yaml/edits.ts';
import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { podTemplates } from '../views.ts';
import {
  IDENTITY_BINDING,
  INJECT_PROXY,
  PROXY_PORT,
  podLabelPath,
  SKIP_CONTAINERS,
  TOKEN_EXPIRATION,
} from './_keys.ts';

const POD_ANNOTATIONS = [SKIP_CONTAINERS, INJECT_PROXY, PROXY_PORT, TOKEN_EXPIRATION, IDENTITY_BINDING];

export default defineRule({
  id: 'workload-identity/pod-annotation-without-label',
  on: podTemplates,
  severity: 'warning',
  summary: 'The pod has an annotation for the webhook, but not the label that makes the webhook look at it.',
  why: 'The API server sends only pods with the label `azure.workload.identity/use: "true"` to the webhook. Without the label the annotation does nothing.',
  references: ['Azure/azure-workload-identity@v1.6.0 deploy/azure-wi-webhook.yaml objectSelector'],
  versions: 'webhook v1.0.0 and later',
  *check(template, { workspace }) {
    const written = POD_ANNOTATIONS.flatMap((key) => template.annotation(key) ?? []);
    if (written.length === 0 || !get(template.spec, 'containers')) return;
    const patched = podTemplateOf(workspace.patched(template.object));
    if (!patched || patched.label('azure.workload.identity/use')) return;
    for (const entry of written) {
      const add = addAt(template.object.root, podLabelPath(template), 'true');
      yield report(
        entry,
        `Without the label azure.workload.identity/use: "true" the webhook never sees this pod, so ${entry.key.text} does nothing.`,
        {
          fix: add && unsafeFix('Add the label to the pod', add),
        },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Without the label',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  annotations:
    <|azure.workload.identity/skip-containers|>: proxy
spec:
  containers: [{ name: worker, image: worker:1 }]
`,
      fixed: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  annotations:
    azure.workload.identity/skip-containers: proxy
  labels:
    azure.workload.identity/use: "true"
spec:
  containers: [{ name: worker, image: worker:1 }]
`,
    },
  ],
  good: [
    {
      title: 'With the label',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  labels:
    azure.workload.identity/use: "true"
  annotations:
    azure.workload.identity/skip-containers: worker
spec:
  containers: [{ name: worker, image: worker:1 }]
`,
    },
  ],
};
