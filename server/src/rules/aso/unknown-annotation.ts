import { nearestName } from '../../facts/nearest-name.ts';
import { annotationsOf } from '../../model/object.ts';
import { renameKey } from '../../yaml/edits.ts';
import { entries } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { anyObject } from '../views.ts';

const PREFIX = 'serviceoperator.azure.com/';
const KNOWN = [
  'reconcile-policy',
  'credential-from',
  'resource-id',
  'poller-resume-token',
  'poller-resume-id',
  'latest-reconciled-generation',
  'owner-uid',
  'disable-preexisting-resource-check',
];

export default defineRule({
  id: 'aso/unknown-annotation',
  on: anyObject,
  severity: 'warning',
  partial: true,
  summary: 'Azure Service Operator has no such annotation.',
  why: 'Annotations are compared letter by letter. A misspelt one has no effect, and nothing says so: a resource meant to be kept is deleted, or made with the wrong credential.',
  references: ['Azure/azure-service-operator@129173a1 docs/hugo/content/guide/annotations.md'],
  *check(object) {
    for (const entry of entries(annotationsOf(object))) {
      const key = entry.key.text;
      if (!key.startsWith(PREFIX) || KNOWN.includes(key.slice(PREFIX.length))) continue;
      const near = nearestName(key.slice(PREFIX.length), KNOWN);
      yield report(
        entry,
        `Azure Service Operator reads no annotation "${key}"${near ? `; did you mean "${PREFIX}${near}"?` : '.'}`,
        {
          fix:
            near && !entry.key.synthetic
              ? unsafeFix(`Rename to ${PREFIX}${near}`, renameKey(entry, PREFIX + near))
              : undefined,
        },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'An underscore',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: shop
  annotations:
    <|serviceoperator.azure.com/reconcile_policy|>: skip
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
  ],
  good: [
    {
      title: 'Known annotations, and those of others',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: shop
  annotations:
    serviceoperator.azure.com/credential-from: team
    example.com/reconcile_policy: skip
`,
    },
  ],
};
