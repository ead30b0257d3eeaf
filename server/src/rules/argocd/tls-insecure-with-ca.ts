import { replaceSource } from '../../yaml/edits.ts';
import { asScalar } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { field, isSet, wholeConfigs } from './_cluster-config.ts';

export default defineRule({
  id: 'argocd/tls-insecure-with-ca',
  on: wholeConfigs,
  severity: 'error',
  summary: '`insecure: true` and `caData` exclude each other.',
  why: 'client-go refuses a connection that has a certificate authority and is told not to check certificates: `specifying a root certificates file with the insecure flag is not allowed`. Older releases of Argo CD panicked over it.',
  references: [
    'kubernetes/client-go@v0.36.1 transport/transport.go',
    'argoproj/argo-cd@v3.5.1 pkg/apis/application/v1alpha1/types.go:4088',
    'argoproj/argo-cd#16759',
    'argoproj/argo-cd#20150',
  ],
  *check({ tls }) {
    const insecure = asScalar(field(tls, 'insecure')?.value);
    const ca = field(tls, 'caData');
    if (insecure?.value !== true || !ca || !isSet(ca)) return;
    yield report(
      insecure,
      'insecure and caData exclude each other: "specifying a root certificates file with the insecure flag is not allowed". Set insecure to false.',
      {
        fix: unsafeFix('Set insecure to false', replaceSource(insecure, 'false')),
        related: [related(ca, 'caData is set here')],
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
    {"bearerToken": "\${TOKEN}", "tlsClientConfig": {"insecure": <|true|>, "caData": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="}}
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
    {"bearerToken": "\${TOKEN}", "tlsClientConfig": {"insecure": false, "caData": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="}}
`,
    },
  ],
  good: [
    {
      title: 'One of them, or one that is not known',
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
    {"tlsClientConfig": {"insecure": false, "caData": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="}}
---
apiVersion: v1
kind: Secret
metadata:
  name: b
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: '{"tlsClientConfig": {"insecure": true, "caData": \${CA}}}'
`,
    },
  ],
};
