import { removeEntries } from '../../yaml/edits.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { field, isSet, wholeConfigs } from './_cluster-config.ts';

export default defineRule({
  id: 'argocd/exec-skipped-by-client-certificate',
  on: wholeConfigs,
  severity: 'warning',
  summary: 'With a client certificate the command is never run.',
  why: 'client-go leaves the exec plugin out as soon as the connection has another credential, a client certificate among them. The login to Azure never happens, and the cluster sees whom the certificate names.',
  references: ['kubernetes/client-go@v0.36.1 plugin/pkg/client/auth/exec/exec.go UpdateTransportConfig'],
  *check({ root, tls }) {
    const login = [field(root, 'execProviderConfig'), field(root, 'awsAuthConfig')].find(isSet);
    const certificate = field(tls, 'certData');
    const key = field(tls, 'keyData');
    if (!login || !certificate || !key || !isSet(certificate) || !isSet(key)) return;
    yield report(
      certificate,
      `The client certificate wins: ${login.key.text} is never used. Remove certData and keyData, or the other.`,
      {
        fix: unsafeFix('Remove certData and keyData', removeEntries([certificate, key])),
        related: [related(login, 'This is not used')],
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Both',
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
      "execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "apiVersion": "client.authentication.k8s.io/v1beta1"},
      "tlsClientConfig": {"caData": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=", <|"certData"|>: "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=", "keyData": "LS0tLS1CRUdJTiBFQyBQUklWQVRFIEtFWS0tLS0tCk1IY0MKLS0tLS1FTkQgRUMgUFJJVkFURSBLRVktLS0tLQo="}
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
      "execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "apiVersion": "client.authentication.k8s.io/v1beta1"},
      "tlsClientConfig": {"caData": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="}
    }
`,
    },
  ],
  good: [
    {
      title: 'A certificate alone, or half of one',
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
      "execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "apiVersion": "client.authentication.k8s.io/v1beta1"},
      "tlsClientConfig": {"certData": "", "keyData": "LS0tLS1CRUdJTiBFQyBQUklWQVRFIEtFWS0tLS0tCk1IY0MKLS0tLS1FTkQgRUMgUFJJVkFURSBLRVktLS0tLQo="}
    }
---
apiVersion: v1
kind: Secret
metadata:
  name: b
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: '{"tlsClientConfig": {"certData": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=", "keyData": "\${KEY}"}}'
`,
    },
  ],
};
