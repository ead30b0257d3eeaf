import { removeEntries } from '../../yaml/edits.ts';
import type { Entry } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { field, isSet, wholeConfigs } from './_cluster-config.ts';

export default defineRule({
  id: 'argocd/basic-auth-and-bearer-token',
  on: wholeConfigs,
  severity: 'error',
  summary: 'User name or password and a token exclude each other.',
  why: 'client-go refuses a connection that has both: `username/password or bearer token may be set, but not both`.',
  references: ['kubernetes/client-go@v0.36.1 transport/round_trippers.go'],
  *check({ root }) {
    if (field(root, 'execProviderConfig') || field(root, 'awsAuthConfig')) return;
    const token = field(root, 'bearerToken');
    const basic = ['username', 'password'].flatMap((name): Entry[] => {
      const entry = field(root, name);
      return entry && isSet(entry) ? [entry] : [];
    });
    if (!token || !isSet(token) || basic.length === 0) return;
    yield report(
      token,
      'username/password or bearer token may be set, but not both: with both Argo CD cannot connect. Remove one.',
      {
        fix: [
          unsafeFix('Remove bearerToken', removeEntries([token])),
          unsafeFix('Remove username and password', removeEntries(basic)),
        ],
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
      "username": "admin",
      "password": "secret",
      <|"bearerToken"|>: "token"
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
      "username": "admin",
      "password": "secret"
    }
`,
    },
  ],
  good: [
    {
      title: 'One of them, or empty ones',
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
    {"username": "", "password": "", "bearerToken": "\${TOKEN}"}
`,
    },
  ],
};
