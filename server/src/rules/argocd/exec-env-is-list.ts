import { blockSource, columnOf, replaceSource } from '../../yaml/edits.ts';
import { asSeq, get, text } from '../../yaml/navigate.ts';
import type { SeqNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { clusterConfigs } from './_cluster-config.ts';

export default defineRule({
  id: 'argocd/exec-env-is-list',
  on: clusterConfigs,
  severity: 'error',
  partial: true,
  summary: '`execProviderConfig.env` of an Argo CD cluster is an object, not a list.',
  why: "A kubeconfig writes the environment of an exec plugin as a list of name and value. Argo CD's cluster Secret holds it as an object. With a list the whole Secret cannot be decoded, and Argo CD drops the cluster with a line in its log.",
  references: ['argoproj/argo-cd@v3.5.1 pkg/apis/application/v1alpha1/types.go ExecProviderConfig'],
  *check({ env }) {
    const list = asSeq(env);
    if (!list) return;
    const source = objectSource(list);
    yield report(
      list,
      'env must be an object {"NAME": "value"} here, not a list as in a kubeconfig: Argo CD cannot decode this Secret and drops the cluster.',
      {
        fix: source === undefined ? undefined : safeFix('Convert the list to an object', replaceSource(list, source)),
      },
    );
  },
});

/** The list of names and values as an object in JSON or YAML; `undefined` where an item holds anything else. */
function objectSource(list: SeqNode): string | undefined {
  const pairs: Record<string, string> = {};
  for (const item of list.items) {
    const name = text(get(item, 'name'));
    const value = text(get(item, 'value'));
    if (name === undefined || value === undefined || name in pairs) return undefined;
    pairs[name] = value;
  }
  const source = list.tree.text;
  const column = columnOf(source, list.span.start);
  if (!list.flow) return blockSource(pairs, ' '.repeat(column));
  const own = source.slice(list.span.start, list.span.end);
  if (!own.includes('\n')) return JSON.stringify(pairs).replaceAll('":"', '": "').replaceAll('","', '", "');
  // Lines of their own, indented like the line the list starts on.
  const line = source.slice(source.lastIndexOf('\n', list.span.start - 1) + 1, list.span.start);
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  const entries = Object.entries(pairs).map(([k, v]) => `${indent}  ${JSON.stringify(k)}: ${JSON.stringify(v)}`);
  return `{\n${entries.join(',\n')}\n${indent}}`;
}

export const examples: Examples = {
  bad: [
    {
      title: 'Written as in a kubeconfig',
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
      "execProviderConfig": {
        "command": "argocd-k8s-auth",
        "args": ["azure"],
        "env": <|[
          {"name": "AAD_LOGIN_METHOD", "value": "workloadidentity"},
          {"name": "AAD_ENVIRONMENT_NAME", "value": "AzurePublicCloud"}
        ]|>,
        "apiVersion": "client.authentication.k8s.io/v1beta1"
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
      "execProviderConfig": {
        "command": "argocd-k8s-auth",
        "args": ["azure"],
        "env": {
          "AAD_LOGIN_METHOD": "workloadidentity",
          "AAD_ENVIRONMENT_NAME": "AzurePublicCloud"
        },
        "apiVersion": "client.authentication.k8s.io/v1beta1"
      }
    }
`,
    },
  ],
  good: [
    {
      title: 'An object',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"],
      "env": {"AAD_LOGIN_METHOD": "workloadidentity"}, "apiVersion": "client.authentication.k8s.io/v1beta1"}}
`,
    },
  ],
};
