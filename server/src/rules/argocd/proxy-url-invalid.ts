import { isTemplate } from '../../azure/text-kinds.ts';
import { replaceText } from '../../yaml/edits.ts';
import { asScalar } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { clusterConfigs, field } from './_cluster-config.ts';

export default defineRule({
  id: 'argocd/proxy-url-invalid',
  on: clusterConfigs,
  severity: 'error',
  partial: true,
  summary: '`proxyUrl` needs the scheme http, https or socks5.',
  why: 'Argo CD parses `proxyUrl` before it connects and refuses a URL of any other scheme. A host and a port without a scheme are read as one: `failed to parse proxy url, unsupported scheme "proxy.corp", must be http, https, or socks5`.',
  references: ['argoproj/argo-cd@v3.5.1 pkg/apis/application/v1alpha1/types.go:3960'],
  versions: 'Argo CD 2.14 and later',
  *check({ root }) {
    const value = asScalar(field(root, 'proxyUrl')?.value);
    if (!value || typeof value.value !== 'string' || value.text === '' || isTemplate(value.text)) return;
    if (/^(https?|socks5):\/\/[^/]+/i.test(value.text)) return;
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(value.text)?.[1] ?? '';
    const isHost = /^[a-z0-9.-]+(:\d+)?\/?$/i.test(value.text);
    // Go takes "10.0.0.1:3128" for a path, and "proxy.corp" in "proxy.corp:3128" for a scheme.
    const error =
      scheme === '' && /^[^/]*:/.test(value.text)
        ? 'first path segment in URL cannot contain colon'
        : `failed to parse proxy url, unsupported scheme "${scheme}", must be http, https, or socks5`;
    yield report(value, `proxyUrl needs the scheme http, https or socks5, or Argo CD does not connect: ${error}.`, {
      fix: isHost ? unsafeFix(`Write http://${value.text}`, replaceText(value, `http://${value.text}`)) : undefined,
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Host and port',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {"bearerToken": "\${TOKEN}", "proxyUrl": <|"proxy.corp:3128"|>}
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {"bearerToken": "\${TOKEN}", "proxyUrl": "http://proxy.corp:3128"}
`,
      message: 'unsupported scheme "proxy.corp"',
    },
    {
      title: 'Another scheme',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {"proxyUrl": <|"socks://proxy.corp:1080"|>}
`,
    },
  ],
  good: [
    {
      title: 'The three schemes, none, and a variable',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {"proxyUrl": "HTTP://proxy.corp:3128"}
---
apiVersion: v1
kind: Secret
metadata:
  name: b
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: '{"proxyUrl": "\${PROXY}"}'
---
apiVersion: v1
kind: Secret
metadata:
  name: c
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: '{"proxyUrl": ""}'
`,
    },
  ],
};
