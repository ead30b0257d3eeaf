import { cloudByName } from '../../azure/clouds.ts';
import { isPlaceholder, isTemplate, nearest } from '../../azure/text-kinds.ts';
import { nearestName } from '../../facts/nearest-name.ts';
import { replaceText } from '../../yaml/edits.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';

const AUTH_TYPES = ['ServicePrincipal', 'ManagedIdentity', 'WorkloadIdentity'];
const ENVIRONMENTS = ['PublicCloud', 'USGovernmentCloud', 'ChinaCloud', 'GermanCloud', 'AzureStackCloud'];

export default defineRule({
  id: 'external/eso-value-unknown',
  on: kinds(
    'external-secrets.io/SecretStore',
    'external-secrets.io/ClusterSecretStore',
    'generators.external-secrets.io/ACRAccessToken',
  ),
  severity: 'error',
  partial: true,
  schema: true,
  summary: 'A way to log in, or a cloud, that External Secrets does not know.',
  why: 'Both fields are enums of the CRD, and the clouds have names of their own there: not those of the Azure CLI or the webhook.',
  references: ['external-secrets/external-secrets@v2.9.0 apis/externalsecrets/v1/secretstore_azurekv_types.go'],
  *check(object) {
    const root =
      object.kind === 'ACRAccessToken' ? get(object.root, 'spec') : get(object.root, 'spec', 'provider', 'azurekv');
    const fields = [
      ...(object.kind === 'ACRAccessToken' ? [] : [['authType', AUTH_TYPES] as const]),
      ['environmentType', ENVIRONMENTS] as const,
    ];
    for (const [field, known] of fields) {
      const node = asScalar(get(root, field));
      if (typeof node?.value !== 'string' || isTemplate(node.text) || isPlaceholder(node.text)) continue;
      if (known.includes(node.text)) continue;
      const cloud = field === 'environmentType' ? cloudByName(node.text)?.names.externalSecrets : undefined;
      const meant = cloud ?? nearestName(node.text, known) ?? nearest(node.text.replace(/^Azure/i, ''), known, 5);
      yield report(node, `${field} "${node.text}" is unknown to External Secrets, which knows ${known.join(', ')}.`, {
        fix: meant ? unsafeFix(`Write ${meant}`, replaceText(node, meant)) : undefined,
      });
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A cloud by its name in the Azure CLI',
      yaml: `apiVersion: external-secrets.io/v1
kind: SecretStore
metadata:
  name: fleet
  namespace: shop
spec:
  provider:
    azurekv:
      authType: WorkloadIdentity
      vaultUrl: https://fleet.vault.usgovcloudapi.net
      environmentType: <|AzureUSGovernment|>
`,
      fixed: `apiVersion: external-secrets.io/v1
kind: SecretStore
metadata:
  name: fleet
  namespace: shop
spec:
  provider:
    azurekv:
      authType: WorkloadIdentity
      vaultUrl: https://fleet.vault.usgovcloudapi.net
      environmentType: USGovernmentCloud
`,
    },
    {
      title: 'A way to log in without its capital, in a patch',
      files: {
        'kustomization.yaml': `patches:
  - patch: |
      apiVersion: external-secrets.io/v1
      kind: ClusterSecretStore
      metadata:
        name: fleet
      spec:
        provider:
          azurekv:
            authType: <|workloadIdentity|>
`,
      },
      fixed: `patches:
  - patch: |
      apiVersion: external-secrets.io/v1
      kind: ClusterSecretStore
      metadata:
        name: fleet
      spec:
        provider:
          azurekv:
            authType: WorkloadIdentity
`,
    },
  ],
  good: [
    {
      title: 'Known values',
      yaml: `apiVersion: external-secrets.io/v1
kind: SecretStore
metadata:
  name: fleet
  namespace: shop
spec:
  provider:
    azurekv:
      authType: ManagedIdentity
      environmentType: ChinaCloud
---
apiVersion: generators.external-secrets.io/v1alpha1
kind: ACRAccessToken
metadata:
  name: contoso
spec:
  registry: contoso.azurecr.io
  environmentType: PublicCloud
`,
    },
  ],
};
