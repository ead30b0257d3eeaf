import { asScalar, entry } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { MODES, providerClasses, switchOf } from './_objects.ts';

export default defineRule({
  id: 'external/csi-client-id-ignored',
  on: providerClasses,
  severity: 'warning',
  partial: true,
  summary: '`clientID` of a SecretProviderClass has no effect beside another way to log in.',
  why: '`clientID` is for workload identity. With `useVMManagedIdentity` the driver takes `userAssignedIdentityID`, with `usePodIdentity` what pod identity says.',
  references: ['Azure/secrets-store-csi-driver-provider-azure@v1.8.2 pkg/provider/provider.go:208-254'],
  *check({ parameters }) {
    const client = entry(parameters, 'clientID');
    const mode = MODES.slice(0, 2).find((m) => switchOf(parameters, m) === true);
    if (!client || !mode || (asScalar(client.value)?.text ?? '') === '') return;
    yield report(
      client,
      `clientID is for workload identity alone and ignored with ${mode}. ${mode === 'useVMManagedIdentity' ? 'Use userAssignedIdentityID, or turn useVMManagedIdentity off.' : 'Turn usePodIdentity off.'}`,
      { tags: ['unnecessary'] },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The identity of the node',
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
    useVMManagedIdentity: "true"
    <|clientID|>: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    objects: |
      array:
        - |
          objectName: token
          objectType: secret
`,
    },
  ],
  good: [
    {
      title: 'Workload identity, and an empty id',
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
    clientID: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    useVMManagedIdentity: "false"
    objects: |
      array:
        - |
          objectName: token
          objectType: secret
---
apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata:
  name: fleet
  namespace: shop
spec:
  provider: azure
  parameters:
    keyvaultName: fleet
    tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
    clientID: ""
    useVMManagedIdentity: "true"
    objects: |
      array:
        - |
          objectName: token
          objectType: secret
`,
    },
  ],
};
