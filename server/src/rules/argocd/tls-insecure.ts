import { asScalar } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { clusterConfigs, field, isElsewhere } from './_cluster-config.ts';

export default defineRule({
  id: 'argocd/tls-insecure',
  on: clusterConfigs,
  severity: 'warning',
  partial: true,
  summary: "The certificate of the cluster's API server is not checked.",
  why: 'With `insecure: true` Argo CD sends its credential to whoever answers at the address. AKS gives the certificate authority of a cluster in every kubeconfig: it belongs into `caData`.',
  references: ['argoproj/argo-cd@v3.5.1 pkg/apis/application/v1alpha1/types.go TLSClientConfig'],
  *check(config) {
    const insecure = asScalar(field(config.tls, 'insecure')?.value);
    if (insecure?.value !== true || isElsewhere(config)) return;
    const ca = asScalar(field(config.tls, 'caData')?.value);
    if (ca && ca.value !== null && ca.text !== '') return;
    yield report(
      insecure,
      'The certificate of the API server is not checked: Argo CD sends its credential to whoever answers. Set insecure to false and caData to the certificate authority of the cluster.',
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Without a certificate authority',
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
    {"bearerToken": "\${TOKEN}", "tlsClientConfig": {"insecure": <|true|>}}
`,
    },
  ],
  good: [
    {
      title: 'With caData it is an error of its own, and a cluster of another cloud is not ours',
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
    {"bearerToken": "\${TOKEN}", "tlsClientConfig": {"insecure": true, "caData": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="}}
---
apiVersion: v1
kind: Secret
metadata:
  name: eks
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: eks
  server: https://0123456789.gr7.eu-west-1.eks.amazonaws.com
  config: '{"awsAuthConfig": {"clusterName": "eks"}, "tlsClientConfig": {"insecure": true}}'
`,
    },
  ],
};
