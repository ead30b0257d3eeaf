import { removeEntry } from '../../yaml/edits.ts';
import { asScalar } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { field, goKind, isSet, wholeConfigs } from './_cluster-config.ts';

export default defineRule({
  id: 'argocd/tls-certificate-without-key',
  on: wholeConfigs,
  severity: 'warning',
  summary: '`certData` and `keyData` work only together.',
  why: 'client-go uses a client certificate where it has both the certificate and its key. One alone is passed over, and the connection is made without it.',
  references: ['kubernetes/client-go@v0.36.1 transport/config.go HasCertAuth'],
  *check({ tls }) {
    const certificate = field(tls, 'certData');
    const key = field(tls, 'keyData');
    const [one, other, missing] = isSet(certificate) ? [certificate, key, 'keyData'] : [key, certificate, 'certData'];
    if (!one || !isSet(one)) return;
    if (other && goKind(other.value) !== 'null' && asScalar(other.value)?.text !== '') return;
    yield report(one, `Without ${missing} this is ignored: a client certificate needs both certData and keyData.`, {
      fix: unsafeFix(`Remove ${one.key.text}`, removeEntry(one)),
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'No key',
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
    {
      "bearerToken": "\${TOKEN}",
      "tlsClientConfig": {
        "caData": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=",
        <|"certData"|>: "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="
      }
    }
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
    {
      "bearerToken": "\${TOKEN}",
      "tlsClientConfig": {
        "caData": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="
      }
    }
`,
    },
    {
      title: 'No certificate',
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
    {"tlsClientConfig": {<|"keyData"|>: "LS0tLS1CRUdJTiBFQyBQUklWQVRFIEtFWS0tLS0tCk1IY0MKLS0tLS1FTkQgRUMgUFJJVkFURSBLRVktLS0tLQo=", "caData": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=", "certData": ""}}
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
    {"tlsClientConfig": {"caData": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=", "certData": ""}}
`,
    },
  ],
  good: [
    {
      title: 'Both, none, and one that comes from elsewhere',
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
    {"tlsClientConfig": {"certData": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=", "keyData": "\${KEY}"}}
---
apiVersion: v1
kind: Secret
metadata:
  name: b
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: '{"tlsClientConfig": {"certData": "", "keyData": ""}}'
`,
    },
  ],
};
