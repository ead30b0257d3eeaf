import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import { decodeGoBase64, encodeBase64 } from '../../embed/go-base64.ts';
import { replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { clusterConfigs } from './_cluster-config.ts';
import { tlsData } from './_tls-data.ts';

export default defineRule({
  id: 'argocd/tls-data-not-base64',
  on: clusterConfigs,
  severity: 'error',
  partial: true,
  summary: '`caData`, `certData` or `keyData` of a cluster is not base64.',
  why: 'The three fields hold base64 of PEM, with padding and the standard alphabet. Go passes over line breaks in it and over nothing else; where it cannot decode one of them the whole config is unreadable, and Argo CD drops the cluster.',
  references: [
    'argoproj/argo-cd@v3.5.1 pkg/apis/application/v1alpha1/types.go TLSClientConfig',
    'Go encoding/base64 CorruptInputError',
  ],
  *check(config) {
    for (const { name, node } of tlsData(config)) {
      const { text } = node;
      if (text === '' || isTemplate(text)) continue;
      const decoded = decodeGoBase64(text);
      if (!('corruptAt' in decoded)) continue;
      const isPem = text.includes('-----BEGIN ');
      const isToFill = isPlaceholder(text) || /(\.\.\.|…)$/.test(text);
      yield report(
        node,
        `${name} must be base64 of PEM, or Argo CD drops the cluster: illegal base64 data at input byte ${decoded.corruptAt}.${isToFill ? ' A placeholder is left here.' : ''}`,
        {
          severity: isToFill && !isPem ? 'info' : undefined,
          fix: isPem
            ? unsafeFix(
                'Encode the PEM as base64',
                replaceText(node, encodeBase64(new TextEncoder().encode(withEnd(text)))),
              )
            : undefined,
        },
      );
    }
  },
});

const withEnd = (pem: string): string => (pem.endsWith('\n') ? pem : `${pem}\n`);

export const examples: Examples = {
  bad: [
    {
      title: 'PEM as it is',
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
    {"bearerToken": "\${TOKEN}", "tlsClientConfig": {"caData": <|"-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----\\n"|>}}
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
    {"bearerToken": "\${TOKEN}", "tlsClientConfig": {"caData": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="}}
`,
      severity: 'error',
      message: 'illegal base64 data at input byte 0',
    },
    {
      title: 'A placeholder',
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
    {"bearerToken": "\${TOKEN}", "tlsClientConfig": {"caData": <|"your-base64-encoded-ca-cert"|>}}
`,
      severity: 'info',
      message: 'illegal base64 data at input byte 4',
    },
    {
      title: 'The alphabet of URLs, without padding',
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
    {"tlsClientConfig": {"certData": <|"LS0_LS0"|>, "keyData": <|"LS0tLS1CRUdJTg"|>}}
`,
    },
  ],
  good: [
    {
      title: 'Base64, with line breaks in it, empty, or filled in later',
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
    {"tlsClientConfig": {"caData": "LS0tLS1CRUdJ\\nTiBDRVJUSUZJQ0FURS0tLS0tCg==", "certData": "", "keyData": "{{ .key }}"}}
`,
    },
  ],
};
