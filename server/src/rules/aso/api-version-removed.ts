import { replaceText } from '../../yaml/edits.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { asoObjects } from './_objects.ts';

/** Versions that were served and no longer are, with the release that dropped them. */
const REMOVED: Readonly<Record<string, string>> = {
  'containerservice.azure.com/v1api20230201': '2.18',
  'containerservice.azure.com/v1api20231001': '2.18',
  'containerservice.azure.com/v1api20240402preview': '2.19',
};

/** A version of each group that today's release serves. Source: Azure/azure-service-operator@129173a1 v2/api. */
const NEWEST: Readonly<Record<string, string>> = {
  'managedidentity.azure.com': 'v1api20230131',
  'authorization.azure.com': 'v1api20220401',
  'resources.azure.com': 'v1api20200601',
  'containerservice.azure.com': 'v1api20250801',
  'containerregistry.azure.com': 'v1api20230701',
  'eventhub.azure.com': 'v1api20240101',
  'keyvault.azure.com': 'v1api20230701',
  'storage.azure.com': 'v1api20230101',
  'kubernetesconfiguration.azure.com': 'v1api20241101',
};

export default defineRule({
  id: 'aso/api-version-removed',
  on: asoObjects,
  severity: 'error',
  partial: true,
  summary: 'Azure Service Operator no longer serves the apiVersion.',
  why: 'The operator drops old versions of its kinds: the beta versions with 2.0 and after, some of the cluster with 2.18 and 2.19. The API server knows no kind of such a version.',
  references: ['Azure/azure-service-operator@129173a1 docs/hugo/content/guide'],
  versions: 'ASO 2.18 and later; one version 2.19',
  *check(object) {
    const node = asScalar(get(object.root, 'apiVersion'));
    if (!node) return;
    const newest = NEWEST[object.group];
    const since = REMOVED[object.apiVersion];
    const old = newest !== undefined && /^v1(alpha1api|beta)/.test(object.version);
    if (!since && !old) return;
    const good = newest && `${object.group}/${newest}`;
    yield report(
      node,
      `${object.apiVersion} was removed ${since ? `in Azure Service Operator ${since}` : 'from Azure Service Operator'}: the API server answers "no matches for kind".${good ? ` Use ${good}.` : ''}`,
      { fix: good ? unsafeFix(`Write ${good}`, replaceText(node, good)) : undefined },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A version of the cluster',
      yaml: `apiVersion: <|containerservice.azure.com/v1api20231001|>
kind: ManagedCluster
metadata:
  name: fleet
  namespace: shop
spec:
  location: westeurope
  owner:
    name: fleet
`,
      fixed: `apiVersion: containerservice.azure.com/v1api20250801
kind: ManagedCluster
metadata:
  name: fleet
  namespace: shop
spec:
  location: westeurope
  owner:
    name: fleet
`,
    },
    {
      title: 'A beta version, in a patch',
      files: {
        'kustomization.yaml': `patches:
  - patch: |
      apiVersion: <|managedidentity.azure.com/v1beta20181130|>
      kind: UserAssignedIdentity
      metadata:
        name: orders
      spec:
        location: northeurope
`,
      },
    },
  ],
  good: [
    {
      title: 'Versions of today; a group of another product',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: shop
spec:
  location: westeurope
  owner:
    name: fleet
---
apiVersion: fleet.azure.com/v1beta1
kind: Something
metadata:
  name: other
`,
    },
  ],
};
