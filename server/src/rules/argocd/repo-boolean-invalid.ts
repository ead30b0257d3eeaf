import { isPlaceholder } from '../../azure/text-kinds.ts';
import { isGoBoolean, setItem } from '../../model/views/argocd-repository.ts';
import { quote } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { isIgnored, repositorySecrets } from './_repositories.ts';

const BOOLEANS = [
  'enableOCI',
  'enableLfs',
  'insecure',
  'insecureIgnoreHostKey',
  'forceHttpBasicAuth',
  'insecureOCIForceHttp',
  'useAzureWorkloadIdentity',
  'webhookManifestCacheWarmDisabled',
];
const MEANT: Readonly<Record<string, string>> = {
  true: 'true',
  yes: 'true',
  y: 'true',
  on: 'true',
  enabled: 'true',
  enable: 'true',
  false: 'false',
  no: 'false',
  n: 'false',
  off: 'false',
  disabled: 'false',
  disable: 'false',
};

export default defineRule({
  id: 'argocd/repo-boolean-invalid',
  on: repositorySecrets,
  severity: 'error',
  partial: true,
  summary: 'The value is no boolean for Argo CD, and the whole repository fails.',
  why: 'Argo CD reads these keys with Go\'s `strconv.ParseBool`: `true`, `True`, `TRUE`, `t`, `T`, `1` and their opposites, and nothing else, not even a line break behind them. In values of the argo-cd chart they have to be strings, or Helm fails. Any other text makes the repository show "Configuration error - please check the server logs".',
  references: [
    'argoproj/argo-cd@v3.5.1 util/db/repository_secrets.go boolOrFalse',
    'https://github.com/argoproj/argo-helm/issues/3679',
  ],
  *check(secret) {
    for (const key of BOOLEANS) {
      const item = secret.data.get(key);
      if (secret.source === 'values' && typeof item?.node?.value === 'boolean') {
        yield report(
          item.node,
          `The chart encodes ${key} as base64, which Helm does with strings alone: it fails with "wrong type for value". Quote it.`,
          { fix: secret.editable ? unsafeFix('Quote the value', quote(item.node)) : undefined },
        );
        continue;
      }
      if (!item?.node || item.text === undefined || isIgnored(key, secret)) continue;
      const value = item.text;
      if (isGoBoolean(value) || isPlaceholder(value)) continue;
      const meant = MEANT[value.trim().toLowerCase()];
      yield report(
        item.node,
        value.trim() === meant
          ? `The value of ${key} has blanks or a line break around "${meant}" and is no boolean: the repository shows "Configuration error - please check the server logs".`
          : `"${value.trim()}" is no boolean: the repository shows "Configuration error - please check the server logs". Write "true" or "false".`,
        { fix: meant === undefined ? undefined : unsafeFix(`Write ${meant}`, setItem(secret, item, meant)) },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A word that YAML would take',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: helm
  url: contoso.azurecr.io/charts
  enableOCI: <|"yes"|>
  useAzureWorkloadIdentity: <|"on"|>
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: helm
  url: contoso.azurecr.io/charts
  enableOCI: "true"
  useAzureWorkloadIdentity: "true"
`,
    },
    {
      title: 'Encoded with the line break of echo',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repository
data:
  type: aGVsbQ==
  url: Y29udG9zby5henVyZWNyLmlvL2NoYXJ0cw==
  enableOCI: <|dHJ1ZQo=|>
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repository
data:
  type: aGVsbQ==
  url: Y29udG9zby5henVyZWNyLmlvL2NoYXJ0cw==
  enableOCI: dHJ1ZQ==
`,
      message: 'line break',
    },
    {
      title: 'Values of the chart',
      yaml: `argo-cd:
  configs:
    repositories:
      charts:
        type: helm
        url: contoso.azurecr.io/charts
        enableOCI: <|true|>
        useAzureWorkloadIdentity: <|"on"|>
`,
      fixed: `argo-cd:
  configs:
    repositories:
      charts:
        type: helm
        url: contoso.azurecr.io/charts
        enableOCI: "true"
        useAzureWorkloadIdentity: "true"
`,
    },
  ],
  good: [
    {
      title: 'What Go takes, an empty text, a template, and a key that is ignored',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: helm
  url: contoso.azurecr.io/charts
  enableOCI: "T"
  insecure: ""
  forceHttpBasicAuth: "0"
  useAzureWorkloadIdentity: "\${WORKLOAD_IDENTITY}"
---
apiVersion: v1
kind: Secret
metadata:
  name: devops
  labels:
    argocd.argoproj.io/secret-type: repo-creds
stringData:
  url: https://dev.azure.com/contoso
  insecure: "yes"
`,
    },
  ],
};
