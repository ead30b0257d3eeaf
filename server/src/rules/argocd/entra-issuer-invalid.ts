import { hostOf } from '../../azure/clouds.ts';
import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import { replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { entraIssuer, oidcConfigs } from './_sso.ts';

const TENANT = '([0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)+)';
const ISSUER = new RegExp(`^https://[^/]+/${TENANT}/v2\\.0$`);
const ALMOST = new RegExp(`^(?:https?://)?([^/]+)/${TENANT}(?:/v2\\.0)?/*$`);

export default defineRule({
  id: 'argocd/entra-issuer-invalid',
  on: oidcConfigs,
  severity: 'warning',
  partial: true,
  summary: 'The issuer of Entra ID has the form `https://login.microsoftonline.com/{tenant}/v2.0`.',
  why: 'Argo CD compares the issuer, letter by letter, with the one that Entra ID names in its metadata and in tokens. Without `/v2.0`, with a slash at the end, or with `common`, `organizations` or `consumers` for the tenant the two differ and every login fails.',
  references: ['argoproj/argo-cd@v3.5.1 docs/operator-manual/user-management/microsoft.md'],
  *check(root) {
    const issuer = entraIssuer(root);
    if (!issuer || isTemplate(issuer.text) || isPlaceholder(issuer.text) || issuer.text.includes('{')) return;
    const host = hostOf(issuer.text);
    if (ISSUER.test(issuer.text) && host !== 'sts.windows.net') return;
    const almost = ALMOST.exec(issuer.text);
    const better =
      almost && `https://${host === 'sts.windows.net' ? 'login.microsoftonline.com' : almost[1]}/${almost[2]}/v2.0`;
    yield report(
      issuer,
      better
        ? `The issuer of Entra ID is ${better}: it is compared letter by letter, and logins fail with this one.`
        : 'The issuer of Entra ID is https://login.microsoftonline.com/{tenant id}/v2.0, with one tenant: logins fail with this one.',
      { fix: better ? unsafeFix(`Write ${better}`, replaceText(issuer, better)) : undefined },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Without /v2.0',
      yaml: `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  oidc.config: |
    issuer: <|https://login.microsoftonline.com/0f8fad5b-d9cb-469f-a165-70867728950e|>
    requestedScopes: [openid, profile, email]
`,
      fixed: `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  oidc.config: |
    issuer: https://login.microsoftonline.com/0f8fad5b-d9cb-469f-a165-70867728950e/v2.0
    requestedScopes: [openid, profile, email]
`,
    },
    {
      title: 'With a slash at the end, in quotes',
      yaml: `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  oidc.config: |
    issuer: <|"https://login.microsoftonline.us/contoso.onmicrosoft.us/v2.0/"|>
    requestedScopes: [openid, profile, email]
`,
      fixed: `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  oidc.config: |
    issuer: "https://login.microsoftonline.us/contoso.onmicrosoft.us/v2.0"
    requestedScopes: [openid, profile, email]
`,
    },
    {
      title: 'For every tenant',
      yaml: `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  oidc.config: |
    issuer: <|https://login.microsoftonline.com/common/v2.0|>
    requestedScopes: [openid, profile, email]
`,
    },
  ],
  good: [
    {
      title: 'As it should be, still to be filled in, and another issuer',
      yaml: `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  oidc.config: |
    issuer: https://login.partner.microsoftonline.cn/0f8fad5b-d9cb-469f-a165-70867728950e/v2.0
    requestedScopes: [openid, profile, email]
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
  namespace: later
data:
  oidc.config: |
    issuer: https://login.microsoftonline.com/{tenant_id}
    requestedScopes: [openid, profile, email]
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
  namespace: other
data:
  oidc.config: |
    issuer: https://contoso.okta.com/
`,
    },
  ],
};
