import { addEntry, type Data, removeEntries, replaceMap, setValue } from '../../yaml/edits.ts';
import { asScalar, entries } from '../../yaml/navigate.ts';
import type { Entry } from '../../yaml/tree.ts';
import { defineRule, type Examples, type FixPlan, report, unsafeFix } from '../define.ts';
import { type ClusterConfig, clusterConfigs, field } from './_cluster-config.ts';
import { LEVELS } from './_config-fields.ts';

const TLS = Object.keys(LEVELS[1]?.fields ?? {});
const nameOf = (entry: Entry): string | undefined =>
  TLS.find((name) => name.toLowerCase() === entry.key.text.toLowerCase());

export default defineRule({
  id: 'argocd/tls-options-at-root',
  on: clusterConfigs,
  severity: 'warning',
  partial: true,
  summary: 'A field of `tlsClientConfig` stands beside it.',
  why: 'At the root of the config Argo CD knows no `insecure`, `caData` and the like: it passes over them, and the connection is made without.',
  references: ['argoproj/argo-cd@v3.5.1 pkg/apis/application/v1alpha1/types.go ClusterConfig'],
  *check(config) {
    const misplaced = entries(config.root).filter((entry) => nameOf(entry) !== undefined);
    for (const entry of misplaced)
      yield report(entry, `"${entry.key.text}" belongs into tlsClientConfig; here Argo CD ignores it.`, {
        fix: move(config, misplaced),
      });
  },
});

/** Moves all of them at once: one by one they would be in each other's way. */
function move({ root, tls }: ClusterConfig, misplaced: readonly Entry[]): FixPlan | undefined {
  const pairs: [string, Data][] = [];
  for (const entry of misplaced) {
    const scalar = asScalar(entry.value);
    const name = nameOf(entry) as string;
    if (!scalar || typeof scalar.value === 'bigint' || field(tls, name)) return undefined;
    pairs.push([name, scalar.value]);
  }
  const title = misplaced.length > 1 ? 'Move them into tlsClientConfig' : 'Move it into tlsClientConfig';
  const existing = field(root, 'tlsClientConfig');
  if (existing && !tls) return undefined;
  if (tls && tls.entries.length > 0)
    return unsafeFix(title, removeEntries(misplaced), ...pairs.map(([name, value]) => addEntry(tls, name, value)));
  const moved: Data = Object.fromEntries(pairs);
  if (existing) return unsafeFix(title, removeEntries(misplaced), setValue(existing, moved));
  if (misplaced.length === root.entries.length) return unsafeFix(title, replaceMap(root, { tlsClientConfig: moved }));
  return unsafeFix(title, removeEntries(misplaced), addEntry(root, 'tlsClientConfig', moved));
}

export const examples: Examples = {
  bad: [
    {
      title: 'No tlsClientConfig at all',
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
      <|"insecure"|>: false,
      <|"caData"|>: "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="
    }
`,
    },
    {
      title: 'Nothing else',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: '{<|"insecure"|>: true}'
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: '{"tlsClientConfig": {"insecure": true}}'
`,
    },
    {
      title: 'Beside it',
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
    {"bearerToken": "\${TOKEN}", <|"caData"|>: "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=", "tlsClientConfig": {"insecure": false}}
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
      title: 'Where they belong',
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
    {"bearerToken": "\${TOKEN}", "tlsClientConfig": {"insecure": false, "caData": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="}}
`,
    },
  ],
};
