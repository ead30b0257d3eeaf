import { addEntries, removeEntry } from '../../yaml/edits.ts';
import { entry, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { providerClasses, switchOf } from './_objects.ts';

export default defineRule({
  id: 'external/csi-pod-identity',
  on: providerClasses,
  severity: 'warning',
  partial: true,
  summary: 'A SecretProviderClass logs in with AAD Pod Identity, which is retired.',
  why: 'Workload identity replaces it: `clientID` of the identity, and a federated credential for the ServiceAccount of the pods.',
  references: [
    'Azure/secrets-store-csi-driver-provider-azure@v1.8.2 pkg/provider/provider.go',
    'Azure/aad-pod-identity@e4e7eab2 README.md',
  ],
  *check({ parameters }) {
    const mode = entry(parameters, 'usePodIdentity');
    if (!mode || switchOf(parameters, 'usePodIdentity') !== true) return;
    const edits = get(parameters, 'clientID')
      ? [removeEntry(mode)]
      : [addEntries(parameters, { clientID: '' }, mode), removeEntry(mode)];
    yield report(
      mode,
      'AAD Pod Identity is retired, and AKS no longer supports it. Remove usePodIdentity and set clientID for workload identity.',
      { fix: parameters.flow ? undefined : unsafeFix('Replace it by clientID', ...edits), tags: ['deprecated'] },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Pod identity',
      yaml: `apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata:
  name: fleet
  namespace: shop
spec:
  provider: azure
  parameters:
    keyvaultName: fleet
    <|usePodIdentity|>: "true"
    tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
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
    clientID: ""
    tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
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
      title: 'Turned off',
      yaml: `apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata:
  name: fleet
  namespace: shop
spec:
  provider: azure
  parameters:
    keyvaultName: fleet
    usePodIdentity: "false"
    tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
    objects: |
      array:
        - |
          objectName: token
          objectType: secret
`,
    },
  ],
};
