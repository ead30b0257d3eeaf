import { isTemplate } from '../../azure/text-kinds.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { credentialSecrets, setItem } from './_credential-secrets.ts';

export default defineRule({
  id: 'aso/credential-auth-mode-unknown',
  on: credentialSecrets,
  severity: 'error',
  partial: true,
  summary: '`AUTH_MODE` of a credential is none that Azure Service Operator knows.',
  why: 'The operator knows `workloadidentity` and the retired `podidentity`, in lower case. Without the key it uses the secret or certificate.',
  references: ['Azure/azure-service-operator@129173a1 docs/hugo/content/guide/authentication'],
  *check({ secret, data }) {
    const item = data.get('AUTH_MODE');
    if (!item?.node || !item.text || isTemplate(item.text) || /^(podidentity|workloadidentity)$/.test(item.text))
      return;
    const edit = setItem(secret, item, 'workloadidentity');
    yield report(
      item.node,
      `authorization mode "${item.text}" not valid: AUTH_MODE is workloadidentity, or is left out for a client secret or certificate.`,
      { fix: edit && unsafeFix('Write workloadidentity', edit) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Capitals',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aso-credential
  namespace: shop
stringData:
  AZURE_SUBSCRIPTION_ID: 0f14d0ab-9605-4a62-a9e4-5ed26688389b
  AZURE_TENANT_ID: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
  AZURE_CLIENT_ID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  AUTH_MODE: <|WorkloadIdentity|>
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aso-credential
  namespace: shop
stringData:
  AZURE_SUBSCRIPTION_ID: 0f14d0ab-9605-4a62-a9e4-5ed26688389b
  AZURE_TENANT_ID: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
  AZURE_CLIENT_ID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  AUTH_MODE: workloadidentity
`,
    },
    {
      title: 'Encoded',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aso-controller-settings
data:
  AUTH_MODE: <|d29ya2xvYWQ=|>
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aso-controller-settings
data:
  AUTH_MODE: d29ya2xvYWRpZGVudGl0eQ==
`,
    },
  ],
  good: [
    {
      title: 'Workload identity',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aso-credential
  namespace: shop
stringData:
  AZURE_SUBSCRIPTION_ID: 0f14d0ab-9605-4a62-a9e4-5ed26688389b
  AZURE_TENANT_ID: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
  AZURE_CLIENT_ID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  AUTH_MODE: workloadidentity
`,
    },
  ],
};
