import { removeEntry } from '../../yaml/edits.ts';
import { entry } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { MODES, providerClasses, switchOf } from './_objects.ts';

export default defineRule({
  id: 'external/csi-identity-modes',
  on: providerClasses,
  severity: 'error',
  partial: true,
  summary: 'A SecretProviderClass turns on two ways to log in.',
  why: 'Pod identity, the identity of the node and the token proxy exclude each other. Workload identity is what is left when none is on.',
  references: ['Azure/secrets-store-csi-driver-provider-azure@v1.8.2 pkg/provider/provider.go'],
  versions: 'CSI provider 1.8 (useAzureTokenProxy is new there)',
  *check({ parameters }) {
    const on = MODES.filter((mode) => switchOf(parameters, mode) === true);
    const found = on
      .flatMap((mode) => entry(parameters, mode) ?? [])
      .sort((a, b) => a.key.span.start - b.key.span.start);
    const second = found[1];
    if (!second) return;
    yield report(second, `${on.join(' and ')} are on: "only one identity mode can be enabled at a time". Keep one.`, {
      fix: on.map((mode) => {
        const one = entry(parameters, mode);
        return one && unsafeFix(`Remove ${mode}`, removeEntry(one));
      }),
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Two',
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
    <|usePodIdentity|>: "1"
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
      title: 'One',
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
