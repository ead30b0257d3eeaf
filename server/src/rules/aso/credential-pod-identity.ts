import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { credentialSecrets, setItem } from './_credential-secrets.ts';

export default defineRule({
  id: 'aso/credential-pod-identity',
  on: credentialSecrets,
  severity: 'warning',
  partial: true,
  summary: 'Azure Service Operator is told to log in with AAD Pod Identity, which is retired.',
  why: 'Workload identity replaces it: the identity needs a federated credential with the subject `system:serviceaccount:azureserviceoperator-system:azureserviceoperator-default`.',
  references: [
    'Azure/azure-service-operator@129173a1 docs/hugo/content/guide/authentication',
    'Azure/aad-pod-identity@e4e7eab2 README.md',
  ],
  *check({ secret, data }) {
    const item = data.get('AUTH_MODE');
    if (!item?.node || item.text !== 'podidentity') return;
    const edit = setItem(secret, item, 'workloadidentity');
    yield report(
      item.node,
      'AAD Pod Identity is retired, and AKS no longer supports it. Write workloadidentity and add a federated credential for azureserviceoperator-default.',
      { fix: edit && unsafeFix('Write workloadidentity', edit), tags: ['deprecated'] },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Pod identity',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aso-credential
  namespace: shop
stringData:
  AZURE_SUBSCRIPTION_ID: 0f14d0ab-9605-4a62-a9e4-5ed26688389b
  AZURE_TENANT_ID: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
  AZURE_CLIENT_ID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  AUTH_MODE: <|podidentity|>
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
