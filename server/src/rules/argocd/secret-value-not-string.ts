import { isTemplate } from '../../azure/text-kinds.ts';
import { quote } from '../../yaml/edits.ts';
import { asScalar, follow } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix, unsafeFix } from '../define.ts';
import { isBucketSecret } from '../workload-identity/_values.ts';
import { moveToStringData, secretFields } from './_secret-fields.ts';

export default defineRule({
  id: 'argocd/secret-value-not-string',
  on: secretFields,
  severity: 'error',
  partial: true,
  summary: 'A value of a Secret is a boolean, a number, a list or a map.',
  why: 'All values of `data` and `stringData` are strings. YAML reads `true` and `12` as something else, and the API server refuses the whole Secret: `cannot unmarshal bool into Go struct field Secret.stringData of type string`. With Argo CD this happens with keys such as `enableOCI` and `githubAppID`.',
  references: ['kubernetes/api core/v1 types.go Secret', 'argoproj/argo-cd#8563'],
  schema: true,
  *check(field, { workspace }) {
    const { entry, map, secret } = field;
    const value = follow(entry.value);
    const scalar = asScalar(value);
    if (!value || value.tag || (scalar && (scalar.value === null || typeof scalar.value === 'string'))) return;
    if (scalar && isTemplate(scalar.text)) return;
    const key = entry.key.text;
    // flux/bucket-send-chain-not-true has more to say of it.
    if (key === 'clientCertificateSendChain' && isBucketSecret(secret, workspace)) return;
    const type = !scalar
      ? value.kind === 'map'
        ? 'object'
        : 'array'
      : typeof scalar.value === 'boolean'
        ? 'bool'
        : 'number';
    const what = { object: 'a map', array: 'a list', bool: 'a boolean', number: 'a number' }[type];
    const fix = !scalar
      ? undefined
      : map === 'stringData'
        ? safeFix('Quote the value', quote(scalar))
        : unsafeFix('Move it to stringData as a string', ...moveToStringData(field, scalar.text));
    yield report(
      entry.value,
      `${map}.${key} must be a string, but this is ${what}. The API server refuses the Secret: cannot unmarshal ${type} into Go struct field Secret.${map}`,
      { fix },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A boolean and a number for Argo CD',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: contoso.azurecr.io/charts
  enableOCI: <|true|> # OCI
  githubAppID: <|12345|>
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: charts
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: contoso.azurecr.io/charts
  enableOCI: "true" # OCI
  githubAppID: "12345"
`,
    },
    {
      title: 'In data, where a quoted one would be taken for base64',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
data:
  name: YWtzLXByb2Q=
  clusterResources: <|true|>
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
data:
  name: YWtzLXByb2Q=
stringData:
  clusterResources: "true"
`,
    },
    {
      title: 'JSON without quotes around it is a map',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
stringData:
  config: <|{"bearerToken": "\${TOKEN}"}|>
`,
    },
  ],
  good: [
    {
      title: 'Strings, nothing, a template, and what YAML 1.1 alone takes for booleans',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: a
stringData:
  a: "true"
  b:
  c: {{ .Values.enabled }}
  d: yes
  e: |
    12
`,
    },
  ],
};
