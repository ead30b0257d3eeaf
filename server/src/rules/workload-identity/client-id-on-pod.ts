import { annotation } from '../../model/object.ts';
import { podTemplateOf } from '../../model/views/pod-template.ts';
import { addAt, removeEntry } from '../../yaml/edits.ts';
import { text } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { CLIENT_ID, metadata, TENANT_ID } from './_keys.ts';

export default defineRule({
  id: 'workload-identity/client-id-on-pod',
  on: metadata,
  severity: 'warning',
  partial: true,
  summary: 'Client id and tenant id are read from the ServiceAccount, not from pods.',
  why: 'The webhook looks up the ServiceAccount of the pod and takes both ids from its annotations. On a pod or workload they are ignored, and `AZURE_CLIENT_ID` stays unset.',
  references: ['Azure/azure-workload-identity@v1.6.0 pkg/webhook/webhook.go:424-430'],
  *check({ entry, object }, { workspace }) {
    const key = entry.key.text;
    if (key !== CLIENT_ID && key !== TENANT_ID) return;
    const template = podTemplateOf(object);
    if (!template) return;
    const name = text(template.serviceAccount);
    const accounts =
      name === undefined || object.partial ? undefined : workspace.find('', 'ServiceAccount', name, object);
    const account = accounts?.state === 'found' && accounts.values.length === 1 ? accounts.values[0] : undefined;
    const value = text(entry.value);
    const move =
      account && value !== undefined && !annotation(account, key)
        ? addAt(account.root, ['metadata', 'annotations', key], value)
        : undefined;
    yield report(
      entry,
      `The webhook reads ${key.slice(key.indexOf('/') + 1)} from the ServiceAccount only: on a ${object.kind} it is ignored.`,
      {
        fix: entry.key.synthetic
          ? undefined
          : move
            ? unsafeFix(`Move it to ServiceAccount ${name}`, removeEntry(entry), move)
            : unsafeFix('Remove it', removeEntry(entry)),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'On the pod template; the ServiceAccount is in another file',
      files: {
        'deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
  namespace: apps
spec:
  template:
    metadata:
      labels:
        app: worker
        azure.workload.identity/use: "true"
      annotations:
        a: b
        <|azure.workload.identity/client-id|>: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    spec:
      serviceAccountName: worker
`,
        'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  namespace: apps
`,
      },
      fixed: {
        'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  namespace: apps
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
      },
    },
  ],
  good: [
    {
      title: 'On the ServiceAccount',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
    },
  ],
};
