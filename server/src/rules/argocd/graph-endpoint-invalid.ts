import { hostOf } from '../../azure/clouds.ts';
import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import { replaceText } from '../../yaml/edits.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { oidcConfigs, slashComment } from './_sso.ts';

const HOSTS = ['graph.microsoft.com', 'graph.microsoft.us', 'graph.microsoft.de', 'microsoftgraph.chinacloudapi.cn'];

export default defineRule({
  id: 'argocd/graph-endpoint-invalid',
  on: oidcConfigs,
  severity: 'error',
  partial: true,
  summary: '`azure.graphApiEndpoint` must be an https URL of Microsoft Graph.',
  why: 'Argo CD sends the user’s token there to read groups that do not fit into it, and refuses every URL but https on the hosts of Microsoft Graph: `graph.microsoft.com`, `graph.microsoft.us`, `graph.microsoft.de` and `microsoftgraph.chinacloudapi.cn`.',
  references: ['argoproj/argo-cd@v3.5.1 util/settings/settings.go'],
  versions: 'Argo CD 3.5 and later',
  *check(root) {
    const node = asScalar(get(root, 'azure', 'graphApiEndpoint'));
    if (!node || typeof node.value !== 'string' || node.text === '' || slashComment(node) >= 0) return;
    const url = node.text;
    if (isTemplate(url) || isPlaceholder(url)) return;
    const known = HOSTS.includes(hostOf(url));
    if (known && url.startsWith('https://')) return;
    const better = known
      ? `https://${url.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')}`
      : 'https://graph.microsoft.com/v1.0';
    yield report(
      node,
      known
        ? `graphApiEndpoint must be an https URL: Argo CD refuses "${url}".`
        : `"${hostOf(url)}" is no host of Microsoft Graph: Argo CD refuses it. Known are ${HOSTS.join(', ')}.`,
      { fix: unsafeFix(`Write ${better}`, replaceText(node, better)) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Without TLS',
      yaml: `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  oidc.config: |
    azure:
      enableUserGroupOverageClaim: true
      graphApiEndpoint: <|http://graph.microsoft.us/v1.0|>
`,
      fixed: `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  oidc.config: |
    azure:
      enableUserGroupOverageClaim: true
      graphApiEndpoint: https://graph.microsoft.us/v1.0
`,
    },
    {
      title: 'The older Graph',
      yaml: `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  oidc.config: |
    azure:
      graphApiEndpoint: <|https://graph.windows.net|>
`,
      message: 'graph.windows.net',
    },
    {
      title: 'In the resource of argocd-operator',
      yaml: `apiVersion: argoproj.io/v1beta1
kind: ArgoCD
metadata:
  name: argocd
spec:
  oidcConfig: |
    issuer: https://login.microsoftonline.us/0f8fad5b-d9cb-469f-a165-70867728950e/v2.0
    requestedScopes: [openid, profile, email]
    azure:
      graphApiEndpoint: <|graph.microsoft.us|>
`,
      fixed: `apiVersion: argoproj.io/v1beta1
kind: ArgoCD
metadata:
  name: argocd
spec:
  oidcConfig: |
    issuer: https://login.microsoftonline.us/0f8fad5b-d9cb-469f-a165-70867728950e/v2.0
    requestedScopes: [openid, profile, email]
    azure:
      graphApiEndpoint: https://graph.microsoft.us
`,
    },
  ],
  good: [
    {
      title: 'Of a cloud, and empty',
      yaml: `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
data:
  oidc.config: |
    azure:
      graphApiEndpoint: https://microsoftgraph.chinacloudapi.cn/v1.0
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
  namespace: other
data:
  oidc.config: |
    azure:
      graphApiEndpoint: ""
`,
    },
  ],
};
