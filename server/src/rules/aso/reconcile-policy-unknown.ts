import { isTemplate, nearest } from '../../azure/text-kinds.ts';
import { annotation } from '../../model/object.ts';
import { replaceText } from '../../yaml/edits.ts';
import { asScalar } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { anyObject } from '../views.ts';

const POLICIES = ['manage', 'skip', 'detach-on-delete'];

export default defineRule({
  id: 'aso/reconcile-policy-unknown',
  on: anyObject,
  severity: 'warning',
  partial: true,
  summary: 'The reconcile policy of Azure Service Operator is none it knows.',
  why: 'The operator takes any other value, another case included, for `manage`: it changes the resource in Azure, and deletes it together with the object.',
  references: ['Azure/azure-service-operator@129173a1 docs/hugo/content/guide/annotations.md'],
  *check(object) {
    const node = asScalar(annotation(object, 'serviceoperator.azure.com/reconcile-policy')?.value);
    if (typeof node?.value !== 'string' || isTemplate(node.text) || POLICIES.includes(node.text)) return;
    const meant = nearest(node.text.replaceAll('_', '-').trim(), POLICIES, 3);
    yield report(
      node,
      `"${node.text}" is none of ${POLICIES.join(', ')}, so that it means manage: deleting this object deletes the resource in Azure.`,
      { fix: meant ? unsafeFix(`Write ${meant}`, replaceText(node, meant)) : undefined },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A capital',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: shop
  annotations:
    serviceoperator.azure.com/reconcile-policy: <|Skip|>
`,
      fixed: `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: shop
  annotations:
    serviceoperator.azure.com/reconcile-policy: skip
`,
    },
    {
      title: 'In a patch',
      files: {
        'kustomization.yaml': `patches:
  - target: { group: managedidentity.azure.com, kind: UserAssignedIdentity }
    patch: |
      - op: add
        path: /metadata/annotations/serviceoperator.azure.com~1reconcile-policy
        value: <|detach|>
`,
      },
    },
  ],
  good: [
    {
      title: 'A policy',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: shop
  annotations:
    serviceoperator.azure.com/reconcile-policy: detach-on-delete
`,
    },
  ],
};
