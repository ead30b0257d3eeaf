import { addEntries } from '../../yaml/edits.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import type { MapNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { providerClasses } from './_objects.ts';

/** Each parameter by its names, the usual one first, with what the driver answers. */
const REQUIRED: readonly (readonly [names: readonly string[], answer: string])[] = [
  [['keyvaultName'], 'keyvaultName is not provided'],
  [['tenantId', 'tenantID'], 'tenantId is not provided'],
  [['objects'], 'objects is not set'],
];

export default defineRule({
  id: 'external/csi-parameter-missing',
  on: providerClasses,
  severity: 'error',
  summary: 'A SecretProviderClass for Azure lacks a parameter.',
  why: 'Vault, tenant and the list of what to fetch are needed in every case. Pods that mount the volume do not start without them.',
  references: ['Azure/secrets-store-csi-driver-provider-azure@v1.8.2 pkg/provider/provider.go'],
  *check({ object, entry, parameters }, { workspace }) {
    if (object.partial || parameters.damaged || !workspace.isComplete(object)) return;
    // A base leaves them to its overlays, seen or not.
    if (workspace.patchesFor(object).length > 0 || workspace.overlaysOf(object.document.uri).length > 1) return;
    const missing = REQUIRED.filter(([names]) => !names.some((name) => isFilled(parameters, name)));
    if (missing.length === 0) return;
    const absent = missing.filter(([names]) => !names.some((name) => get(parameters, name) !== undefined));
    yield report(
      entry,
      `The driver answers "${missing[0]?.[1]}". Set ${missing.map(([names]) => names[0]).join(', ')}.`,
      {
        fix: unsafeFix(
          `Add ${absent.map(([names]) => names[0]).join(', ')}`,
          addEntries(parameters, Object.fromEntries(absent.map(([names]) => [names[0], '']))),
        ),
      },
    );
  },
});

/** True for a value, and for one that cannot be read. */
function isFilled(parameters: MapNode, name: string): boolean {
  const node = get(parameters, name);
  const scalar = asScalar(node);
  return node !== undefined && !(scalar && (scalar.value === null || scalar.text.trim() === ''));
}

export const examples: Examples = {
  bad: [
    {
      title: 'No tenant',
      yaml: `apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata:
  name: fleet
  namespace: shop
spec:
  provider: azure
  <|parameters|>:
    keyvaultName: fleet
    objects: "array: []"
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
    objects: "array: []"
    tenantId: ""
`,
    },
  ],
  good: [
    {
      title: 'All of them; another provider',
      yaml: `apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata:
  name: fleet
  namespace: shop
spec:
  provider: azure
  parameters:
    keyvaultName: \${VAULT}
    tenantID: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
    objects: |
      array:
        - |
          objectName: token
          objectType: secret
---
apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata:
  name: other
spec:
  provider: vault
  parameters:
    roleName: shop
`,
    },
    {
      title: 'An overlay fills them in',
      files: {
        'class.yaml': `apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata:
  name: fleet
  namespace: shop
spec:
  provider: azure
  parameters:
    keyvaultName: fleet
`,
        'kustomization.yaml': `resources: [class.yaml]
patches:
  - patch: |
      apiVersion: secrets-store.csi.x-k8s.io/v1
      kind: SecretProviderClass
      metadata:
        name: fleet
        namespace: shop
      spec:
        parameters:
          tenantId: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
          objects: "array: []"
`,
      },
    },
  ],
};
