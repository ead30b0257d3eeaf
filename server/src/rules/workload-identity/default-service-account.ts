import { podTemplateOf } from '../../model/views/pod-template.ts';
import { addEntry } from '../../yaml/edits.ts';
import { get, getEntry, text } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { podTemplates } from '../views.ts';
import { isLabelled } from './_keys.ts';

export default defineRule({
  id: 'workload-identity/default-service-account',
  on: podTemplates,
  severity: 'hint',
  summary: 'The pod takes its identity from the ServiceAccount `default`.',
  why: 'Every pod of the namespace that names no ServiceAccount uses `default`, so all of them may take the identity that its federated credential trusts.',
  references: [
    'Azure/azure-workload-identity@v1.6.0 pkg/webhook/webhook.go',
    'https://github.com/Azure/azure-workload-identity/issues/691',
  ],
  *check(template, { workspace }) {
    if (!template.spec || !get(template.spec, 'containers')) return;
    const own = text(template.serviceAccount);
    if (own !== undefined && own !== 'default') return;
    // The label, or another account, may come with a patch of an overlay.
    const patched = podTemplateOf(workspace.patched(template.object));
    const name = text(patched?.serviceAccount);
    if (!patched || !isLabelled(patched) || (name !== undefined && name !== 'default')) return;
    const written = template.serviceAccount;
    const place = written ?? getEntry(template.object.root, 'kind')?.value;
    if (!place) return;
    yield report(
      place,
      'The pod takes its identity from the ServiceAccount "default", which every pod of the namespace may use: give it a ServiceAccount of its own.',
      {
        fix: written
          ? undefined
          : unsafeFix('Add serviceAccountName, to be filled in', addEntry(template.spec, 'serviceAccountName', '')),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'No ServiceAccount named',
      yaml: `apiVersion: v1
kind: <|Pod|>
metadata:
  name: worker
  labels:
    azure.workload.identity/use: "true"
spec:
  containers: [{ name: worker, image: worker:1 }]
`,
      fixed: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  labels:
    azure.workload.identity/use: "true"
spec:
  containers: [{ name: worker, image: worker:1 }]
  serviceAccountName: ""
`,
    },
  ],
  good: [
    {
      title: 'One of its own',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  labels:
    azure.workload.identity/use: "true"
spec:
  serviceAccountName: worker
  containers: [{ name: worker, image: worker:1 }]
`,
    },
  ],
};
