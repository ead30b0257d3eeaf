import { isTemplate } from '../../azure/text-kinds.ts';
import { isKind, type KubernetesObject } from '../../model/object.ts';
import { dataOf } from '../../model/views/secret-data.ts';
import { renameKey } from '../../yaml/edits.ts';
import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { onlyTypes, view } from '../views.ts';
import { isNamed, SETTINGS } from './_sso.ts';

const PREFIX = 'webhook.azuredevops.';
const USER = `${PREFIX}username`;
const PASSWORD = `${PREFIX}password`;

const holders = view<KubernetesObject>(
  'Secret argocd-secret, ConfigMap argocd-cm',
  function* ({ object }) {
    if (!object) return;
    if (
      (isKind(object, '', 'Secret') && isNamed(object, 'argocd-secret')) ||
      (isKind(object, '', 'ConfigMap') && isNamed(object, SETTINGS))
    )
      yield object;
  },
  onlyTypes(['/Secret', '/ConfigMap']),
);

export default defineRule({
  id: 'argocd/ado-webhook-key',
  on: holders,
  severity: 'warning',
  summary: 'Web hooks of Azure DevOps are checked with a user name and a password in argocd-secret.',
  why: 'Azure DevOps signs no web hooks; it sends basic authentication. Argo CD compares it with `webhook.azuredevops.username` and `webhook.azuredevops.password` of the Secret argocd-secret. Other keys, and these keys in argocd-cm, are not read, so that anybody may call the hook.',
  references: ['argoproj/argo-cd@v3.5.1 util/settings/settings.go'],
  versions: 'Argo CD 2.9 and later',
  *check(object, { workspace }) {
    const secret = object.kind === 'Secret';
    const own = [...dataOf(object).values()].filter((item) => item.key.startsWith(PREFIX));
    if (own.length === 0) return;
    if (!secret) {
      for (const item of own)
        yield report(item.entry, `Argo CD reads "${item.key}" from the Secret argocd-secret, not from argocd-cm.`);
      return;
    }
    const known = own.filter((item) => item.key === USER || item.key === PASSWORD);
    for (const item of own) {
      if (known.includes(item) || isTemplate(item.key)) continue;
      const password = /\.(secret|token|pat)$/i.test(item.key) && !known.some((k) => k.key === PASSWORD);
      const editable = get(object.root, 'sops') === undefined;
      yield report(
        item.entry,
        `Argo CD does not read "${item.key}": web hooks of Azure DevOps are checked with ${USER} and ${PASSWORD}.`,
        { fix: password && editable ? unsafeFix(`Rename to ${PASSWORD}`, renameKey(item.entry, PASSWORD)) : undefined },
      );
    }
    const patched = dataOf(workspace.patched(object));
    const [only] = known;
    if (!only || known.length !== own.length || !workspace.isComplete(object)) return;
    const missing = [USER, PASSWORD].find((key) => !patched.has(key));
    if (missing && known.length === 1)
      yield report(only.entry, `"${missing}" is missing: Argo CD checks web hooks of Azure DevOps with both.`);
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A secret, as other services have it',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: argocd-secret
stringData:
  <|webhook.azuredevops.secret|>: \${SECRET}
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: argocd-secret
stringData:
  webhook.azuredevops.password: \${SECRET}
`,
    },
    {
      title: 'Without a password, and in the ConfigMap',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: argocd-secret
stringData:
  <|webhook.azuredevops.username|>: argocd
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  <|webhook.azuredevops.username|>: argocd
`,
    },
  ],
  good: [
    {
      title: 'Both, and other services',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: argocd-secret
stringData:
  webhook.github.secret: \${GITHUB}
  webhook.azuredevops.username: argocd
  webhook.azuredevops.password: \${PASSWORD}
---
apiVersion: v1
kind: Secret
metadata:
  name: hooks
stringData:
  webhook.azuredevops.secret: \${SECRET}
`,
    },
  ],
};
