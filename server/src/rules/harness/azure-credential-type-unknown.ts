import { nearest } from '../../azure/text-kinds.ts';
import { replaceText } from '../../yaml/edits.ts';
import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { connectors, literal } from './_connectors.ts';

const TYPES = ['ManualConfig', 'InheritFromDelegate', 'OidcAuthentication'];

export default defineRule({
  id: 'harness/azure-credential-type-unknown',
  on: connectors,
  severity: 'error',
  partial: true,
  summary: 'A connector for Azure has a credential of a type that Harness does not know.',
  why: 'A service principal is `ManualConfig`, with its secret or certificate in `spec.auth`; a managed identity is that of a delegate.',
  references: [
    'harness-core@1dcec145c5 954-connector-beans azureconnector/AzureCredentialType.java',
    'harness/harness-go-sdk@71b8d2b0',
  ],
  *check({ type, credential }) {
    const node = type === 'Azure' ? literal(get(credential, 'type')) : undefined;
    if (!node || node.text === '' || TYPES.includes(node.text)) return;
    const meant = /principal|manual/i.test(node.text)
      ? 'ManualConfig'
      : /managed|inherit|delegate/i.test(node.text)
        ? 'InheritFromDelegate'
        : nearest(node.text, TYPES, 4);
    yield report(node, `Invalid value: "${node.text}". Credentials for Azure are ${TYPES.join(', ')}.`, {
      fix: meant ? unsafeFix(`Write ${meant}`, replaceText(node, meant)) : undefined,
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'What Azure calls it',
      yaml: `connector:
  name: Azure fleet
  identifier: azure_fleet
  type: Azure
  spec:
    azureEnvironmentType: AZURE
    credential:
      type: <|ServicePrincipal|>
`,
      fixed: `connector:
  name: Azure fleet
  identifier: azure_fleet
  type: Azure
  spec:
    azureEnvironmentType: AZURE
    credential:
      type: ManualConfig
`,
    },
  ],
  good: [
    {
      title: 'A type',
      yaml: `connector:
  name: Azure fleet
  identifier: azure_fleet
  type: Azure
  spec:
    azureEnvironmentType: AZURE
    credential:
      type: ManualConfig
      spec:
        applicationId: 7c9e6679-7425-40de-944b-e07fc1f90ae7
        tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
        auth:
          type: Secret
          spec:
            secretRef: account.azure
`,
    },
  ],
};
