import { booleanText, defineFacts, object, oneOf, string } from '../define.ts';

// Source: Azure/secrets-store-csi-driver-provider-azure@v1.8.2 pkg/provider/provider.go.
const GUID = '${1:00000000-0000-0000-0000-000000000000}';

export default defineFacts({
  group: 'secrets-store.csi.x-k8s.io',
  kinds: ['SecretProviderClass'],
  version: 'v1',
  doc: 'What the Secrets Store CSI driver mounts into pods, with `provider: azure` from Azure Key Vault.',
  link: 'https://learn.microsoft.com/azure/aks/csi-secrets-store-identity-access',
  fields: {},
  shape: object(
    {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'any' },
      spec: object(
        {
          provider: oneOf('Who fetches the secrets.', { azure: { doc: 'Azure Key Vault.' } }),
          parameters: object(
            {
              keyvaultName: string('The name of the vault, without the host. Required.'),
              tenantId: string('The tenant of the vault. Required; `tenantID` will do as well.', { snippet: GUID }),
              clientID: string(
                'The client id for workload identity: the pods that mount the volume need a ServiceAccount with a federated credential. Ignored with usePodIdentity and useVMManagedIdentity.',
                { snippet: GUID },
              ),
              useVMManagedIdentity: booleanText('Logs in with an identity of the node. Excludes the other ways.'),
              userAssignedIdentityID: string(
                'The client id of the identity of the node; without it the system-assigned one.',
                { snippet: GUID },
              ),
              usePodIdentity: booleanText('Logs in with AAD Pod Identity, which is retired.'),
              useAzureTokenProxy: booleanText('Logs in through the token proxy of an identity binding.', {
                since: 'CSI provider 1.8',
              }),
              cloudName: string('The cloud, by the name of go-autorest.', {
                suggestions: [
                  { value: 'AzurePublicCloud', doc: 'The public cloud. The default.' },
                  { value: 'AzureUSGovernmentCloud', doc: 'Azure US Government.' },
                  { value: 'AzureChinaCloud', doc: 'Azure China.' },
                ],
              }),
              objects: string(
                'What to fetch: YAML in a string, with a list `array` whose items are YAML in strings. Required.',
                {
                  snippet: '|\n  array:\n    - |\n      objectName: ${1:name}\n      objectType: ${2|secret,key,cert|}',
                },
              ),
            },
            { doc: 'All are strings: booleans want quotes.', open: true },
          ),
        },
        { open: true },
      ),
    },
    { open: true },
  ),
});
