import { quote } from '../../yaml/edits.ts';
import { asScalar, entries } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { providerClasses } from './_objects.ts';

export default defineRule({
  id: 'external/csi-value-not-string',
  on: providerClasses,
  severity: 'error',
  partial: true,
  schema: true,
  summary: 'A parameter of a SecretProviderClass is no string.',
  why: 'The CRD has a map of strings, and the API server refuses booleans, numbers and lists. `objects` is a string too: YAML inside a block scalar.',
  references: ['Azure/secrets-store-csi-driver-provider-azure@v1.8.2 CRD of SecretProviderClass'],
  *check({ parameters }) {
    for (const { key, value } of entries(parameters)) {
      const scalar = asScalar(value);
      if (scalar ? typeof scalar.value === 'string' || scalar.value === null : value.kind === 'alias') continue;
      // `{{ x }}` without quotes reads as a flow map.
      if (value.tree.text.startsWith('{{', value.span.start)) continue;
      yield report(
        value,
        scalar
          ? `Parameters are strings, and the API server refuses ${scalar.text}: write "${scalar.text}" in quotes.`
          : `Parameters are strings, and the API server refuses a ${value.kind === 'seq' ? 'list' : 'mapping'}: write ${key.text} as a block scalar (|).`,
        { fix: scalar ? safeFix('Quote the value', quote(scalar)) : undefined },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A boolean',
      yaml: `apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata:
  name: fleet
  namespace: shop
spec:
  provider: azure
  parameters:
    keyvaultName: fleet
    tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
    usePodIdentity: <|false|>
    objects: |
      array:
        - |
          objectName: token
          objectType: secret
`,
      fixed: `apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata:
  name: fleet
  namespace: shop
spec:
  provider: azure
  parameters:
    keyvaultName: fleet
    tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
    usePodIdentity: "false"
    objects: |
      array:
        - |
          objectName: token
          objectType: secret
`,
    },
    {
      title: 'A list',
      yaml: `apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata:
  name: fleet
  namespace: shop
spec:
  provider: azure
  parameters:
    keyvaultName: fleet
    tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
    objects: <|[token]|>
`,
    },
  ],
  good: [
    {
      title: 'Strings, and a template',
      yaml: `apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata:
  name: fleet
  namespace: shop
spec:
  provider: azure
  parameters:
    keyvaultName: fleet
    tenantId: {{ .Values.tenant }}
    usePodIdentity: "false"
    objects: |
      array:
        - |
          objectName: token
          objectType: secret
`,
    },
  ],
};
