import { hostOf, OPEN_CLOUDS } from '../../azure/clouds.ts';
import { addAt } from '../../yaml/edits.ts';
import { asScalar } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { field, goKind, known, wholeConfigs } from './_cluster-config.ts';
import { configFields } from './_config-fields.ts';

export default defineRule({
  id: 'argocd/tls-ca-missing',
  on: wholeConfigs,
  severity: 'warning',
  summary: 'A cluster of AKS has no `caData`.',
  why: "The API server of AKS has a certificate of a private authority, one for each cluster. Without it Argo CD asks the system's authorities, and the connection fails: `x509: certificate signed by unknown authority`.",
  references: ['argoproj/argo-cd@v3.5.1 pkg/apis/application/v1alpha1/types.go RawRestConfig'],
  *check(config) {
    const { root, tls, cluster } = config;
    const server = known(cluster.items.get('server')?.node) ?? cluster.items.get('server')?.text;
    const host = hostOf(server ?? '');
    if (!OPEN_CLOUDS.some((cloud) => cloud.clusterApiSuffix && host.endsWith(`.${cloud.clusterApiSuffix}`))) return;
    const tlsEntry = field(root, 'tlsClientConfig');
    if (tlsEntry && !tls && goKind(tlsEntry.value) !== 'null') return;
    const insecure = field(tls, 'insecure');
    if (insecure && !['bool', 'null'].includes(goKind(insecure.value))) return;
    if (asScalar(insecure?.value)?.value === true) return;
    const ca = field(tls, 'caData');
    if (ca && goKind(ca.value) !== 'null' && asScalar(ca.value)?.text !== '') return;
    // Where the authority may stand under a wrong name or in a wrong place, another rule says so.
    if (configFields(config).some((f) => f.name === undefined && /ca|cert|tls/i.test(f.entry.key.text))) return;
    const place = tlsEntry ?? cluster.items.get('config')?.entry;
    if (!place) return;
    const add = ca ? undefined : addAt(root, [tlsEntry?.key.text ?? 'tlsClientConfig', 'caData'], '');
    yield report(
      place,
      'The API server of AKS has a certificate of a private authority: without caData the connection fails with "x509: certificate signed by unknown authority".',
      { fix: add && unsafeFix('Add caData, to be filled in', add) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'TLS without an authority',
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
    {"bearerToken": "\${TOKEN}", <|"tlsClientConfig"|>: {"insecure": false}}
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
    {"bearerToken": "\${TOKEN}", "tlsClientConfig": {"insecure": false, "caData": ""}}
`,
    },
    {
      title: 'Nothing about TLS',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io:443
  <|config|>: |
    {"bearerToken": "\${TOKEN}"}
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io:443
  config: |
    {"bearerToken": "\${TOKEN}", "tlsClientConfig": {"caData": ""}}
`,
    },
  ],
  good: [
    {
      title: 'With an authority, one to be filled in, unchecked, or of another kind of cluster',
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
    {"tlsClientConfig": {"insecure": false, "caData": "{{ .ca }}"}}
---
apiVersion: v1
kind: Secret
metadata:
  name: b
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io:443
  config: '{"tlsClientConfig": {"insecure": true}}'
---
apiVersion: v1
kind: Secret
metadata:
  name: c
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  server: https://rancher.example.com/k8s/clusters/c-1234
  config: '{"bearerToken": "\${TOKEN}"}'
---
apiVersion: v1
kind: Secret
metadata:
  name: d
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io:443
  config: '{"caData": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="}'
`,
    },
  ],
};
