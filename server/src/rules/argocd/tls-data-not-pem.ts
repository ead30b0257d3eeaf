import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import { decodeGoBase64 } from '../../embed/go-base64.ts';
import { replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { clusterConfigs } from './_cluster-config.ts';
import { type TlsData, tlsData } from './_tls-data.ts';

export default defineRule({
  id: 'argocd/tls-data-not-pem',
  on: clusterConfigs,
  severity: 'error',
  partial: true,
  summary: '`caData`, `certData` or `keyData` of a cluster is base64 of something else than PEM.',
  why: 'client-go looks for PEM blocks in what it decodes: certificates in `caData` and `certData`, a private key in `keyData`. It finds none in DER, in text, or in what was encoded twice, and the connection fails: `unable to load root certificates: unable to parse bytes as PEM block`.',
  references: ['kubernetes/client-go@v0.36.1 transport/transport.go:128,276-303'],
  *check(config) {
    for (const { name, node } of tlsData(config)) {
      if (node.text === '' || isTemplate(node.text) || isPlaceholder(node.text)) continue;
      const decoded = decodeGoBase64(node.text);
      if ('corruptAt' in decoded) continue;
      const content = latin1(decoded.bytes);
      if (holds(name, content)) continue;
      const again = decodeGoBase64(content.trim());
      const isTwice = 'bytes' in again && holds(name, latin1(again.bytes));
      const label = /-----BEGIN ([^-\r\n]+)-----/.exec(content)?.[1];
      const wanted = name === 'keyData' ? 'a private key' : 'a certificate';
      const what = isTwice
        ? 'base64 that was encoded twice'
        : label
          ? `a PEM block "${label}" where ${wanted} belongs`
          : 'no PEM block';
      const error =
        name === 'caData'
          ? 'unable to load root certificates: unable to parse bytes as PEM block'
          : 'tls: failed to find any PEM data';
      yield report(node, `${name} holds ${what}: the connection fails with "${error}".`, {
        fix: isTwice ? unsafeFix('Decode it once', replaceText(node, content.trim())) : undefined,
      });
    }
  },
});

const holds = (name: TlsData['name'], content: string): boolean =>
  name === 'keyData'
    ? /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/.test(content)
    : content.includes('-----BEGIN CERTIFICATE-----');

/** Bytes as characters: PEM is ASCII, and nothing else is looked for. */
const latin1 = (bytes: Uint8Array): string => {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return text;
};

export const examples: Examples = {
  bad: [
    {
      title: 'Some text',
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
    {"bearerToken": "\${TOKEN}", "tlsClientConfig": {"caData": <|"dGVzdGVyCg=="|>}}
`,
      message: 'unable to parse bytes as PEM block',
    },
    {
      title: 'Encoded twice',
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
    {"bearerToken": "\${TOKEN}", "tlsClientConfig": {"caData": <|"TFMwdExTMUNSVWRKVGlCRFJWSlVTVVpKUTBGVVJTMHRMUzB0Q2sxSlNVSUtMUzB0TFMxRlRrUWdRMFZTVkVsR1NVTkJWRVV0TFMwdExRbz0="|>}}
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
      message: 'encoded twice',
    },
    {
      title: "Certificate and key in each other's place",
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
    {"tlsClientConfig": {"caData": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=", "certData": <|"LS0tLS1CRUdJTiBFQyBQUklWQVRFIEtFWS0tLS0tCk1IY0MKLS0tLS1FTkQgRUMgUFJJVkFURSBLRVktLS0tLQo="|>, "keyData": <|"LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="|>}}
`,
    },
  ],
  good: [
    {
      title: 'Certificates and a key',
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
    {"tlsClientConfig": {"caData": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=", "certData": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=", "keyData": "LS0tLS1CRUdJTiBFQyBQUklWQVRFIEtFWS0tLS0tCk1IY0MKLS0tLS1FTkQgRUMgUFJJVkFURSBLRVktLS0tLQo="}}
`,
    },
    {
      title: 'What is no base64 is another mistake; what is to be filled in is none',
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
    {"tlsClientConfig": {"caData": "-----BEGIN CERTIFICATE-----", "certData": "\${CERT}", "keyData": ""}}
`,
    },
  ],
};
