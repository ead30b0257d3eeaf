import { renameKey } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { clusterConfigs } from './_cluster-config.ts';
import { configFields, pathOf } from './_config-fields.ts';

export default defineRule({
  id: 'argocd/cluster-config-field-case',
  on: clusterConfigs,
  severity: 'info',
  partial: true,
  summary: 'A field in the config of a cluster is written in another case than its name.',
  why: 'Go finds the fields of JSON without regard to case, so that this works. The tools that read the same JSON, and people who search for the field, do not all do so.',
  references: ['Go encoding/json Unmarshal'],
  *check(config) {
    for (const { level, entry, name } of configFields(config)) {
      if (name === undefined || entry.key.text === name) continue;
      const isTwice = entry.map.entries.some((e) => e.key.text === name);
      yield report(
        entry,
        `"${entry.key.text}" works, as Argo CD reads fields without regard to case; its name is "${pathOf(level, name)}".`,
        { fix: isTwice ? undefined : safeFix(`Write ${name}`, renameKey(entry, name)) },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'In capitals where the name has none',
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
    {"bearerToken": "\${TOKEN}", <|"TLSClientConfig"|>: {"insecure": false, <|"CAData"|>: "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="}}
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
      title: 'As documented; names of variables have a case of their own',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"Command": "a", "insecure": "b"}}}
`,
    },
  ],
};
