import { isTemplate, nearest } from '../../azure/text-kinds.ts';
import { replaceText } from '../../yaml/edits.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { podTemplates } from '../views.ts';
import { isLabelled } from './_keys.ts';

export default defineRule({
  id: 'workload-identity/service-account-not-found',
  on: podTemplates,
  severity: 'hint',
  summary: 'The ServiceAccount of the pod is not in the workspace, though others of its namespace are.',
  why: 'The webhook refuses a pod whose ServiceAccount does not exist. It may be made elsewhere, so this is no more than a hint.',
  references: ['Azure/azure-workload-identity@v1.6.0 pkg/webhook/webhook.go'],
  *check(template, { workspace }) {
    const account = asScalar(template.serviceAccount);
    if (
      !account ||
      typeof account.value !== 'string' ||
      account.text === '' ||
      account.text === 'default' ||
      isTemplate(account.text)
    )
      return;
    if (!isLabelled(template) || !get(template.spec, 'containers')) return;
    const own = workspace.namespacesOf(template.object);
    if (!own.known || workspace.find('', 'ServiceAccount', account.text, template.object).state !== 'absent') return;
    // A chart may make ServiceAccounts that no file shows.
    if (workspace.within('helm.toolkit.fluxcd.io', 'HelmRelease', own).length > 0) return;
    const siblings = workspace.within('', 'ServiceAccount', own);
    if (siblings.length === 0) return;
    const meant = nearest(
      account.text,
      siblings.flatMap((s) => s.name ?? []),
      2,
    );
    yield report(
      account,
      `No ServiceAccount "${account.text}" in namespace "${[...own.names].join('", "')}" in this workspace${meant ? `; did you mean "${meant}"?` : ': the webhook refuses pods whose ServiceAccount does not exist.'}`,
      {
        fix: meant
          ? unsafeFix(`Write ${meant}`, replaceText(account, meant))
          : {
              title: `Create ServiceAccount ${account.text}`,
              safe: false,
              edits: [],
              create: {
                path: `serviceaccount-${account.text}.yaml`,
                content: newAccount(account.text, [...own.names][0] as string),
              },
            },
      },
    );
  },
});

const newAccount = (name: string, namespace: string): string =>
  `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n  annotations:\n    azure.workload.identity/client-id: "<client id of the managed identity>"\n`;

export const examples: Examples = {
  bad: [
    {
      title: 'A misspelt name',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  namespace: apps
  labels:
    azure.workload.identity/use: "true"
spec:
  serviceAccountName: <|wroker|>
  containers: [{ name: worker, image: worker:1 }]
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  namespace: apps
`,
      fixed: `apiVersion: v1
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
`,
    },
  ],
  good: [
    {
      title: 'Nothing is known of the ServiceAccounts of the namespace',
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
  namespace: other
`,
    },
  ],
};
