import { isTemplate } from '../../azure/text-kinds.ts';
import { annotation } from '../../model/object.ts';
import { replaceText } from '../../yaml/edits.ts';
import { asScalar } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { anyObject } from '../views.ts';

export default defineRule({
  id: 'aso/credential-from-slash',
  on: anyObject,
  severity: 'error',
  partial: true,
  summary: 'The credential of a resource is named with a namespace.',
  why: 'The Secret with the credential is one of the namespace of the object. A name with a slash is refused.',
  references: ['Azure/azure-service-operator@129173a1 docs/hugo/content/guide/annotations.md'],
  *check(object) {
    const node = asScalar(annotation(object, 'serviceoperator.azure.com/credential-from')?.value);
    if (typeof node?.value !== 'string' || !node.text.includes('/') || isTemplate(node.text)) return;
    const name = node.text.slice(node.text.lastIndexOf('/') + 1);
    yield report(
      node,
      'credential-from names a Secret of this namespace: "cannot contain \'/\'. Secret must be in same namespace as resource." Copy the Secret here and write its name alone.',
      { fix: name ? unsafeFix(`Write ${name}`, replaceText(node, name)) : undefined },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A Secret of another namespace',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: shop
  annotations:
    serviceoperator.azure.com/credential-from: <|infra/credential|>
`,
      fixed: `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: shop
  annotations:
    serviceoperator.azure.com/credential-from: credential
`,
    },
  ],
  good: [
    {
      title: 'A name',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: shop
  annotations:
    serviceoperator.azure.com/credential-from: credential
`,
    },
  ],
};
