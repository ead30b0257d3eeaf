import { isTemplate } from '../../azure/text-kinds.ts';
import { quote } from '../../yaml/edits.ts';
import { asMap, asScalar, entries } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { clusterConfigs, goKind } from './_cluster-config.ts';

export default defineRule({
  id: 'argocd/exec-env-value-not-string',
  on: clusterConfigs,
  severity: 'error',
  partial: true,
  summary: 'A value in `execProviderConfig.env` is no string.',
  why: 'The environment is decoded into a map of strings. A number or boolean among its values makes the whole config unreadable, and Argo CD drops the cluster.',
  references: ['argoproj/argo-cd@v3.5.1 pkg/apis/application/v1alpha1/types.go ExecProviderConfig'],
  *check({ env }) {
    for (const entry of entries(asMap(env))) {
      const got = goKind(entry.value);
      if (got === 'string' || got === 'null' || got === 'unknown') continue;
      const scalar = asScalar(entry.value);
      yield report(
        entry.value,
        `env.${entry.key.text} must be a string: json: cannot unmarshal ${got} into Go struct field ExecProviderConfig.execProviderConfig.env of type string. Argo CD drops the cluster.`,
        { fix: scalar && !isTemplate(scalar.text) ? safeFix('Quote the value', quote(scalar)) : undefined },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A number and a boolean',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"PROXY_PORT": <|3128|>, "DEBUG": <|true|>}}}
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"PROXY_PORT": "3128", "DEBUG": "true"}}}
`,
      message: 'into Go struct field ExecProviderConfig.execProviderConfig.env of type string',
    },
  ],
  good: [
    {
      title: 'Strings, and null, which becomes an empty one',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"PROXY_PORT": "3128", "NO_PROXY": null}}}
`,
    },
  ],
};
