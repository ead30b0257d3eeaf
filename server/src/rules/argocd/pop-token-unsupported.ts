import { compareVersions } from '../../model/context.ts';
import { removeEntries } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { azureLogins } from './_cluster-config.ts';

const ENABLED = 'AAD_IS_POP_TOKEN_ENABLED';
const CLAIMS = 'AAD_POP_TOKEN_CLAIMS';

export default defineRule({
  id: 'argocd/pop-token-unsupported',
  on: azureLogins,
  severity: 'warning',
  partial: true,
  summary: 'The variables for proof-of-possession tokens are not read, or not complete.',
  why: 'Up to Argo CD 3.5 `argocd-k8s-auth azure` reads neither `AAD_IS_POP_TOKEN_ENABLED` nor `AAD_POP_TOKEN_CLAIMS`, though the documentation of the default branch lists them. Later they are read for `spn` alone, and together.',
  references: ['argoproj/argo-cd#26593', 'argoproj/argo-cd@v3.5.1 cmd/argocd-k8s-auth/commands/azure_cgo.go'],
  versions: 'not read up to Argo CD 3.5',
  *check({ variables, method }, { argocd }) {
    const enabled = variables.get(ENABLED);
    const claims = variables.get(CLAIMS);
    const first = enabled ?? claims;
    if (!first) return;
    const both = [enabled, claims].flatMap((v) => (v ? [v.entry] : []));
    const fix = unsafeFix(both.length > 1 ? 'Remove both variables' : `Remove ${first.name}`, removeEntries(both));
    if (!argocd.known || compareVersions(argocd.minor, '3.5') <= 0) {
      yield report(
        first.entry,
        `Argo CD up to 3.5 does not read ${first.name}: tokens stay without proof of possession.`,
        { fix },
      );
      return;
    }
    const on = enabled?.text === undefined ? undefined : /^(1|t|T|TRUE|true|True)$/.test(enabled.text);
    const off = enabled?.text !== undefined && /^(0|f|F|FALSE|false|False|)$/.test(enabled.text);
    if (enabled?.node && enabled.text !== undefined && !on && !off)
      yield report(
        enabled.node,
        `${ENABLED} must be a boolean as Go reads it, true or false; "${enabled.text}" is none.`,
        { fix },
      );
    else if (on && method !== undefined && method !== 'spn')
      yield report(
        first.entry,
        `Tokens with proof of possession are there for the login method spn alone, not for ${method}.`,
        { fix },
      );
    else if (on && (!claims || claims.text === ''))
      yield report(
        first.entry,
        `env ${ENABLED} is enabled but ${CLAIMS} is not set. It needs "u=<ARM id of the cluster>".`,
        { fix },
      );
    else if (on && claims?.node && claims.text !== undefined && !/(^|,)\s*u=./.test(claims.text))
      yield report(
        claims.node,
        `${CLAIMS} needs "u=<ARM id of the cluster>": required u-claim not provided for PoP token flow.`,
        { fix },
      );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'With a released Argo CD',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "spn", <|"AAD_IS_POP_TOKEN_ENABLED"|>: "true", "AAD_POP_TOKEN_CLAIMS": "u=\${CLUSTER}"}}}
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "spn"}}}
`,
    },
    {
      title: 'Later, without claims',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "spn", <|"AAD_IS_POP_TOKEN_ENABLED"|>: "true"}}}
`,
      settings: { argocdVersion: '3.6' },
    },
    {
      title: 'Later, with claims of another form',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "spn", "AAD_IS_POP_TOKEN_ENABLED": "true", "AAD_POP_TOKEN_CLAIMS": <|"/subscriptions/x"|>}}}
`,
      settings: { argocdVersion: '3.6' },
    },
  ],
  good: [
    {
      title: 'Later, complete',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "spn", "AAD_IS_POP_TOKEN_ENABLED": "true", "AAD_POP_TOKEN_CLAIMS": "u=/subscriptions/\${SUBSCRIPTION}"}}}
`,
      settings: { argocdVersion: '3.6' },
    },
    {
      title: 'Not used',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "spn"}}}
`,
    },
  ],
};
