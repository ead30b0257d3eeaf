import { isGuid, isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import { textMapOf } from '../../embed/embedded.ts';
import { isKind, type KubernetesObject } from '../../model/object.ts';
import { asScalar, entries, get, text } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { onlyTypes, view } from '../views.ts';
import { entraIssuer, isNamed, signOnsNear } from './_sso.ts';

const rbac = view<KubernetesObject>(
  'ConfigMap argocd-rbac-cm',
  function* ({ object }) {
    if (object && isKind(object, '', 'ConfigMap') && isNamed(object, 'argocd-rbac-cm')) yield object;
  },
  onlyTypes(['/ConfigMap']),
);

export default defineRule({
  id: 'argocd/rbac-group-not-object-id',
  on: rbac,
  severity: 'info',
  partial: true,
  summary: 'Entra ID sends the object ids of groups, not their names.',
  why: 'The groups claim of a token holds object ids. A policy line with the name of a group matches nobody, and its members have the default role. Users, roles and local accounts are no groups; app roles are looked at where `scopes` says so, and then nothing is reported.',
  references: ['argoproj/argo-cd@v3.5.1 docs/operator-manual/user-management/microsoft.md'],
  *check(object, context) {
    const policies = entries(get(object.root, 'data')).filter((e) => /^policy(\..+)?\.csv$/.test(e.key.text));
    if (policies.length === 0) return;
    const scopes = text(get(object.root, 'data', 'scopes'));
    // Other claims, such as roles, hold names.
    if (scopes !== undefined && /[a-z]/i.test(scopes.replace(/\b(groups|email)\b/g, ''))) return;
    const signOns = signOnsNear(object, context);
    if (signOns.length === 0 || !signOns.every(({ oidc, dex }) => oidc && !dex && entraIssuer(oidc))) return;
    for (const { value } of policies) {
      const node = asScalar(value);
      const map = node && typeof node.value === 'string' ? textMapOf(node, false) : undefined;
      if (!node || !map) continue;
      for (const match of map.text.matchAll(/^[ \t]*g[ \t]*,[ \t]*(?:"([^"\r\n]*)"|([^",\r\n]+))/gm)) {
        const subject = (match[1] ?? match[2] ?? '').trim();
        if (isKnown(subject) || signOns.some((s) => s.accounts.has(subject))) continue;
        const start = match.index + match[0].lastIndexOf(subject);
        yield report(
          { tree: node.tree, span: map.spanToHost({ start, end: start + subject.length }) },
          `Entra ID sends object ids of groups: "${subject}" will match none. Write the object id of the group.`,
        );
      }
    }
  },
});

const isKnown = (subject: string): boolean =>
  subject === '' ||
  subject === 'admin' ||
  isGuid(subject) ||
  /@|^(role|proj):/.test(subject) ||
  isTemplate(subject) ||
  isPlaceholder(subject);

export const examples: Examples = {
  bad: [
    {
      title: 'Names of groups',
      files: {
        'argocd-rbac-cm.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-rbac-cm
  namespace: argocd
data:
  policy.csv: |
    p, role:dev, applications, sync, dev/*, allow
    g, "<|Platform Team|>", role:admin
    g, <|developers|>, role:dev
    g, 5c2f1d2e-8b7a-4a51-9d6f-0d9a2c1b7e44, role:admin
`,
        'argocd-cm.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
  namespace: argocd
data:
  oidc.config: |
    issuer: https://login.microsoftonline.com/0f8fad5b-d9cb-469f-a165-70867728950e/v2.0
    requestedScopes: [openid, profile, email]
`,
      },
    },
  ],
  good: [
    {
      title: 'Object ids, users, roles, a local account and a template',
      files: {
        'argocd-rbac-cm.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-rbac-cm
  namespace: argocd
data:
  scopes: '[groups, email]'
  policy.csv: |
    g, "5c2f1d2e-8b7a-4a51-9d6f-0d9a2c1b7e44", role:admin
    g, alice@contoso.com, role:admin
    g, role:dev, role:readonly
    g, admin, role:admin
    g, pipeline, role:dev
    g, \${GROUP}, role:dev
`,
        'argocd-cm.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
  namespace: argocd
data:
  accounts.pipeline: apiKey
  oidc.config: |
    issuer: https://login.microsoftonline.com/0f8fad5b-d9cb-469f-a165-70867728950e/v2.0
    requestedScopes: [openid, profile, email]
`,
      },
    },
    {
      title: 'App roles, and another identity provider',
      files: {
        'argocd-rbac-cm.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-rbac-cm
  namespace: argocd
data:
  scopes: '[roles]'
  policy.csv: |
    g, Platform.Admin, role:admin
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-rbac-cm
  namespace: other
data:
  policy.csv: |
    g, my-org:team-beta, role:admin
`,
        'argocd-cm.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
  namespace: argocd
data:
  oidc.config: |
    issuer: https://login.microsoftonline.com/0f8fad5b-d9cb-469f-a165-70867728950e/v2.0
    requestedScopes: [openid, profile, email]
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
  namespace: other
data:
  oidc.config: |
    issuer: https://contoso.okta.com
`,
      },
    },
  ],
};
