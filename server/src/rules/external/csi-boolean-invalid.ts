import { isTemplate } from '../../azure/text-kinds.ts';
import { quote, replaceText } from '../../yaml/edits.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { MODES, providerClasses, switchOf } from './_objects.ts';

const MEANT: Readonly<Record<string, string>> = {
  yes: 'true',
  on: 'true',
  y: 'true',
  no: 'false',
  off: 'false',
  n: 'false',
};

export default defineRule({
  id: 'external/csi-boolean-invalid',
  on: providerClasses,
  severity: 'error',
  partial: true,
  summary: 'A switch of a SecretProviderClass is no boolean of Go.',
  why: 'The driver reads the strings with `strconv.ParseBool`: `true`, `false`, `1`, `0` and a few spellings of these. `yes` and `no` are errors.',
  references: ['Azure/secrets-store-csi-driver-provider-azure@v1.8.2 pkg/provider/provider.go'],
  *check({ parameters }) {
    for (const mode of MODES) {
      const node = asScalar(get(parameters, mode));
      if (typeof node?.value !== 'string' || node.text === '' || isTemplate(node.text)) continue;
      if (switchOf(parameters, mode) !== undefined) continue;
      const meant =
        MEANT[node.text.trim().toLowerCase()] ?? /^(true|false)$/i.exec(node.text.trim())?.[0].toLowerCase();
      yield report(node, `"${node.text}" is no boolean for the driver: write "true" or "false".`, {
        fix: meant
          ? unsafeFix(`Write "${meant}"`, node.style === 'plain' ? quote(node, meant) : replaceText(node, meant))
          : undefined,
      });
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'no',
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
    usePodIdentity: <|"no"|>
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
  ],
  good: [
    {
      title: 'Booleans of Go',
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
    usePodIdentity: "False"
    useVMManagedIdentity: "0"
    objects: |
      array:
        - |
          objectName: token
          objectType: secret
`,
    },
  ],
};
