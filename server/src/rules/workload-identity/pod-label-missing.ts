import { isTemplate } from '../../azure/text-kinds.ts';
import { annotation } from '../../model/object.ts';
import { podTemplateOf } from '../../model/views/pod-template.ts';
import { addAt } from '../../yaml/edits.ts';
import { get, items, text } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { podTemplates } from '../views.ts';
import { CLIENT_ID, podLabelPath, USE } from './_keys.ts';

export default defineRule({
  id: 'workload-identity/pod-label-missing',
  on: podTemplates,
  severity: 'warning',
  summary: 'The pods use a ServiceAccount with a client id, but lack the label that makes the webhook inject a token.',
  why: 'The webhook acts on pods with the label `azure.workload.identity/use: "true"` alone. Without it the annotations of the ServiceAccount have no effect: the pod starts without `AZURE_CLIENT_ID` and without a token, and fails when it first asks Azure for something.',
  references: [
    'Azure/azure-workload-identity@v1.6.0 deploy/azure-wi-webhook.yaml objectSelector',
    'https://github.com/isindir/sops-secrets-operator/issues/190',
  ],
  versions: 'webhook v1.0.0 and later',
  *check(template, { workspace }) {
    const name = text(template.serviceAccount);
    if (
      !name ||
      !template.serviceAccount ||
      isTemplate(name) ||
      template.label(USE) ||
      !get(template.spec, 'containers')
    )
      return;
    const accounts = workspace.find('', 'ServiceAccount', name, template.object);
    if (accounts.state !== 'found') return;
    const annotated = accounts.values.map((a) => annotation(workspace.patched(a), CLIENT_ID));
    if (!annotated.every((entry) => (text(entry?.value) ?? '') !== '')) return;
    // The namespace of either may be unknown: several accounts of one name are no certain match.
    if (!workspace.namespacesOf(template.object).known && accounts.values.length > 1) return;
    const patched = podTemplateOf(workspace.patched(template.object));
    if (!patched || patched.label(USE)) return;
    if (template.containers.some((c) => c.env.some((e) => e.nameText === 'AZURE_FEDERATED_TOKEN_FILE'))) return;
    const driver = items(get(template.spec, 'volumes')).some(
      (v) => text(get(v, 'csi', 'driver')) === 'secrets-store.csi.k8s.io',
    );
    const account = annotated[0];
    const add = addAt(template.object.root, podLabelPath(template), 'true');
    yield report(
      template.serviceAccount,
      `Pods of ${template.object.kind} "${template.object.name}" use ServiceAccount "${name}" with a client id but lack the label azure.workload.identity/use: "true": the webhook will not inject a token.`,
      {
        severity: driver ? 'hint' : undefined,
        fix: add && unsafeFix('Add the label to the pods', add),
        related: account ? [related(account, 'The client id of the ServiceAccount')] : [],
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The ServiceAccount is in another file',
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
    spec:
      serviceAccountName: <|worker|>
      containers: [{ name: worker, image: worker:1 }]
`,
        'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  namespace: apps
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
      },
      fixed: {
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
    spec:
      serviceAccountName: worker
      containers: [{ name: worker, image: worker:1 }]
`,
      },
    },
    {
      title: 'A CronJob, whose label is on the CronJob itself',
      yaml: `apiVersion: batch/v1
kind: CronJob
metadata:
  name: report
  namespace: apps
  labels:
    azure.workload.identity/use: "true"
spec:
  schedule: "@daily"
  jobTemplate:
    spec:
      template:
        spec:
          serviceAccountName: <|report|>
          containers: [{ name: report, image: report:1 }]
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: report
  namespace: apps
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
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
  namespace: apps
  labels:
    azure.workload.identity/use: "true"
spec:
  serviceAccountName: worker
  containers: [{ name: worker, image: worker:1 }]
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  namespace: apps
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
    },
    {
      title: 'An account without a client id, and one of another namespace',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  namespace: apps
spec:
  serviceAccountName: worker
  containers: [{ name: worker, image: worker:1 }]
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  namespace: apps
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  namespace: other
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
    },
  ],
};
