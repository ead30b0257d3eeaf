import type { Workspace } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { annotation } from '../../model/object.ts';
import { byKey } from '../../model/object-index.ts';
import { type PodTemplate, podTemplateOf, WORKLOADS } from '../../model/views/pod-template.ts';
import { addAt } from '../../yaml/edits.ts';
import { get, getEntry, text } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { CLIENT_ID, isLabelled } from './_keys.ts';

export default defineRule({
  id: 'workload-identity/client-id-missing',
  on: kinds('/ServiceAccount'),
  severity: 'hint',
  summary: 'A pod asks for a token, but its ServiceAccount has no client id.',
  why: 'The webhook injects the token and the tenant, but no `AZURE_CLIENT_ID`. That is legal: a program may choose its identity itself. Where it does not, the SDK fails with `no client ID specified`.',
  references: [
    'Azure/azure-workload-identity@v1.6.0 pkg/webhook/webhook.go',
    'https://github.com/Azure/azure-workload-identity/issues/1353',
  ],
  *check(account, { workspace }) {
    const name = getEntry(account.root, 'metadata', 'name');
    if (!name || account.name === undefined || annotation(workspace.patched(account), CLIENT_ID)) return;
    const pod = podsUsing(account, workspace).find((t) => isLabelled(t) && !setsClientId(t));
    if (!pod) return;
    const add = addAt(account.root, ['metadata', 'annotations', CLIENT_ID], '');
    yield report(
      name.value,
      `ServiceAccount "${account.name}" has no client id: AZURE_CLIENT_ID will not be injected into ${pod.object.kind} "${pod.object.name}", and the program must get it elsewhere.`,
      {
        fix: add && unsafeFix('Add the annotation, to be filled in', add),
        related: pod.serviceAccount ? [related(pod.serviceAccount, `${pod.object.kind} ${pod.object.name}`)] : [],
      },
    );
  },
});

const BY_ACCOUNT = byKey('service account', (object) => text(podTemplateOf(object)?.serviceAccount));

/** The pod templates, patches applied, that name a ServiceAccount in a namespace it certainly is in. */
export function podsUsing(account: KubernetesObject, workspace: Workspace): PodTemplate[] {
  const own = workspace.namespacesOf(account);
  if (!own.known) return [];
  return WORKLOADS.flatMap((kind) => {
    const slash = kind.indexOf('/');
    const [group, name] = [kind.slice(0, slash), kind.slice(slash + 1)];
    return workspace.having(group, name, BY_ACCOUNT, account.name ?? '').flatMap((object) => {
      const theirs = workspace.namespacesOf(object);
      if (!theirs.known || ![...theirs.names].some((n) => own.names.has(n))) return [];
      const template = podTemplateOf(workspace.patched(object));
      return template ? [template] : [];
    });
  });
}

const setsClientId = (template: PodTemplate): boolean =>
  template.containers.some(
    (c) => c.env.some((e) => e.nameText === 'AZURE_CLIENT_ID') || get(c.node, 'envFrom') !== undefined,
  );

export const examples: Examples = {
  bad: [
    {
      title: 'No client id anywhere',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: <|worker|>
  namespace: apps
---
apiVersion: v1
kind: Pod
metadata:
  name: worker
  namespace: apps
  labels:
    azure.workload.identity/use: "true"
spec:
  serviceAccountName: worker
  containers: [{ name: worker, image: worker:1 }]
`,
    },
  ],
  good: [
    {
      title: 'The container sets it',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  namespace: apps
---
apiVersion: v1
kind: Pod
metadata:
  name: worker
  namespace: apps
  labels:
    azure.workload.identity/use: "true"
spec:
  serviceAccountName: worker
  containers:
    - name: worker
      image: worker:1
      env: [{ name: AZURE_CLIENT_ID, value: 7c9e6679-7425-40de-944b-e07fc1f90ae7 }]
`,
    },
  ],
};
