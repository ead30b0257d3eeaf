import { isTemplate } from '../../azure/text-kinds.ts';
import { exportsOf } from '../../model/views/aso.ts';
import type { ScalarNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, related, report } from '../define.ts';
import { asoObjects } from './_objects.ts';

export default defineRule({
  id: 'aso/duplicate-destination',
  on: asoObjects,
  severity: 'error',
  partial: true,
  summary: 'Two values of a resource are written to one key of a ConfigMap or Secret.',
  why: 'The webhook of the operator refuses the object: `cannot write more than one configmap value to destination`.',
  references: ['Azure/azure-service-operator@129173a1 v2/pkg/genruntime'],
  *check(object) {
    for (const into of ['configMaps', 'secrets'] as const) {
      const seen = new Map<string, ScalarNode>();
      for (const { name, key } of exportsOf(object, into)) {
        if (!name || !key || isTemplate(name.text + key.text)) continue;
        const destination = `${name.text} ${key.text}`;
        const first = seen.get(destination);
        const what = into === 'configMaps' ? 'ConfigMap' : 'Secret';
        if (first)
          yield report(
            key,
            `Another value goes to key "${key.text}" of ${what} "${name.text}" already: the operator refuses two ("cannot write more than one ${what.toLowerCase()} value to destination"). Give one another key.`,
            { related: [related(first, 'The first value')] },
          );
        else seen.set(destination, key);
      }
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'One key for two ids',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: shop
spec:
  location: westeurope
  owner:
    name: fleet
  operatorSpec:
    configMaps:
      clientId:
        name: orders-identity
        key: id
      principalId:
        name: orders-identity
        key: <|id|>
`,
    },
  ],
  good: [
    {
      title: 'A ConfigMap and a Secret of one name; two keys',
      yaml: `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: shop
spec:
  location: westeurope
  owner:
    name: fleet
  operatorSpec:
    configMaps:
      clientId:
        name: orders-identity
        key: clientId
      principalId:
        name: orders-identity
        key: principalId
    secrets:
      clientId:
        name: orders-identity
        key: clientId
`,
    },
  ],
};
