import { isTemplate } from '../../azure/text-kinds.ts';
import { type Data, jsonSource, replaceSource } from '../../yaml/edits.ts';
import { asScalar, items } from '../../yaml/navigate.ts';
import type { Node } from '../../yaml/tree.ts';
import { defineRule, type Examples, type FixPlan, report, safeFix } from '../define.ts';
import { clusterConfigs, type GoKind, goKind } from './_cluster-config.ts';
import { configFields, type GoType, type Level, pathOf } from './_config-fields.ts';

const WORDS: Readonly<Record<Exclude<GoType, 'any'>, string>> = {
  string: 'a string',
  bytes: 'a string of base64',
  bool: 'true or false',
  strings: 'a list of strings',
  object: 'an object',
  map: 'an object of strings',
};
/** What JSON has to be there for Go's type. */
const KINDS: Readonly<Record<Exclude<GoType, 'any'>, readonly GoKind[]>> = {
  string: ['string'],
  // An array of numbers is bytes as well.
  bytes: ['string', 'array'],
  bool: ['bool'],
  strings: ['array'],
  object: ['object'],
  // A list is what argocd/exec-env-is-list speaks of.
  map: ['object', 'array'],
};
const GO: Readonly<Record<Exclude<GoType, 'any' | 'object'>, string>> = {
  string: 'string',
  bytes: '[]uint8',
  bool: 'bool',
  strings: '[]string',
  map: 'map[string]string',
};

export default defineRule({
  id: 'argocd/cluster-config-field-type',
  on: clusterConfigs,
  severity: 'error',
  partial: true,
  summary: 'A field in the config of a cluster has a value of the wrong type.',
  why: 'Go decodes the JSON into fields with types. One value of another type makes the whole config unreadable, and Argo CD drops the cluster with a line in its log.',
  references: [
    'argoproj/argo-cd@v3.5.1 pkg/apis/application/v1alpha1/types.go ClusterConfig',
    'Go encoding/json UnmarshalTypeError',
  ],
  *check(config) {
    for (const { level, entry, name, type } of configFields(config)) {
      if (name === undefined || !type || type === 'any') continue;
      const got = goKind(entry.value);
      if (got === 'null' || got === 'unknown') continue;
      if (!KINDS[type].includes(got)) {
        const go =
          type === 'object'
            ? `v1alpha1.${name.charAt(0).toUpperCase()}${name.slice(1)}`.replace('Tls', 'TLS').replace('Aws', 'AWS')
            : GO[type];
        yield report(entry.value, messageOf(level, name, WORDS[type], got, go), { fix: conversion(entry.value, type) });
      }
      if (type !== 'strings') continue;
      for (const item of items(entry.value)) {
        const kind = goKind(item);
        if (kind === 'string' || kind === 'null' || kind === 'unknown') continue;
        yield report(item, messageOf(level, name, 'a list of strings', kind, 'string'), {
          fix: conversion(item, 'string'),
        });
      }
    }
  },
});

/** Without the value, which may be a credential. */
const messageOf = (level: Level, name: string, expected: string, got: GoKind, go: string): string =>
  `${pathOf(level, name)} must be ${expected}: json: cannot unmarshal ${got} into Go struct field ${level.struct}.${pathOf(level, name)} of type ${go}. Argo CD drops the cluster.`;

function conversion(value: Node, type: GoType): FixPlan | undefined {
  const scalar = asScalar(value);
  if (!scalar || isTemplate(scalar.text)) return undefined;
  const write = (title: string, data: Data): FixPlan | undefined =>
    safeFix(title, replaceSource(value, jsonSource(data)));
  if (type === 'string') return write('Quote the value', scalar.text);
  if (type === 'bool' && /^(true|false)$/i.test(scalar.text))
    return write(`Write ${scalar.text.toLowerCase()}`, scalar.text.toLowerCase() === 'true');
  if (type === 'strings' && typeof scalar.value === 'string') return write('Make it a list', [scalar.text]);
  return undefined;
}

export const examples: Examples = {
  bad: [
    {
      title: 'Quotes too many and too few',
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
      "bearerToken": <|12|>,
      "tlsClientConfig": {"insecure": <|"false"|>, "caData": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="},
      "execProviderConfig": {"command": "argocd-k8s-auth", "args": <|"azure"|>, "apiVersion": "client.authentication.k8s.io/v1beta1"}
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
      "bearerToken": "12",
      "tlsClientConfig": {"insecure": false, "caData": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="},
      "execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "apiVersion": "client.authentication.k8s.io/v1beta1"}
    }
`,
      message: 'json: cannot unmarshal',
    },
    {
      title: 'A list where there is an object',
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
    {"execProviderConfig": <|[{"command": "argocd-k8s-auth"}]|>}
`,
      message:
        'json: cannot unmarshal array into Go struct field ClusterConfig.execProviderConfig of type v1alpha1.ExecProviderConfig',
    },
    {
      title: 'In values of the argo-cd chart, an item of the arguments',
      yaml: `configs:
  clusterCredentials:
    aks-prod:
      server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
      config:
        execProviderConfig:
          command: argocd-k8s-auth
          args: [aws, --cluster-name, <|12|>]
          env: {AAD_LOGIN_METHOD: workloadidentity}
`,
      fixed: `configs:
  clusterCredentials:
    aks-prod:
      server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
      config:
        execProviderConfig:
          command: argocd-k8s-auth
          args: [aws, --cluster-name, "12"]
          env: {AAD_LOGIN_METHOD: workloadidentity}
`,
      message: 'ExecProviderConfig.execProviderConfig.args of type string',
    },
  ],
  good: [
    {
      title: 'Null is accepted everywhere, a template is unknown',
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
      "bearerToken": null,
      "tlsClientConfig": {"insecure": \${INSECURE}, "caData": null},
      "execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "config": [1], "apiVersion": "client.authentication.k8s.io/v1beta1"}
    }
`,
    },
  ],
};
