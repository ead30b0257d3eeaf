import { list, object, string } from '../define.ts';
import type { Reference, Shape } from '../shape.ts';
import { metadataShape } from '../workload-identity/_keys.ts';

// Source: Azure/azure-service-operator@129173a1 v2/api, v2/pkg/genruntime, docs/hugo/content/guide.
const ANNOTATIONS = 'https://azure.github.io/azure-service-operator/guide/annotations/';
const GUID = '${1:00000000-0000-0000-0000-000000000000}';

/** What every object of the operator may have in its metadata. */
export const METADATA: Shape = metadataShape(
  {},
  {
    'serviceoperator.azure.com/reconcile-policy': string(
      'What the operator does with the resource in Azure. Letter case counts, and a value it does not know means `manage`.',
      {
        link: ANNOTATIONS,
        values: {
          manage: { doc: 'Makes, changes and deletes it together with this object. The default.' },
          skip: { doc: 'Reads it only: neither changes nor deletes it.' },
          'detach-on-delete': { doc: 'Makes and changes it, and leaves it in Azure when this object is deleted.' },
        },
        enum: ['manage', 'skip', 'detach-on-delete'],
      },
    ),
    'serviceoperator.azure.com/credential-from': string(
      'The Secret of this namespace with the credential for this resource. It goes before `aso-credential` of the namespace and the credential of the operator.',
      {
        link: 'https://azure.github.io/azure-service-operator/guide/authentication/credential-scope/',
        refersTo: { kind: 'Secret', group: '', role: 'aso-credential' },
      },
    ),
  },
);

export const azureName = (doc: string): Shape =>
  string(`The name in Azure, which cannot change later. \`metadata.name\` without it. ${doc}`);

/** `owner` of a kind whose owner is always of one kind. */
export const owner = (doc: string, refersTo: Reference, armId: string): Shape =>
  object(
    {
      name: string('The name of the object that makes the owner, in this namespace.', { refersTo }),
      armId: string('The id of the owner in Azure, instead of `name`. It crosses namespaces.', { snippet: armId }),
    },
    { doc },
  );

/** `{name, key}` of a ConfigMap that a value is read from. */
export const fromConfig = (doc: string): Shape =>
  object(
    {
      name: string(
        'The ConfigMap, in this namespace. An object of the operator may write it: see operatorSpec.configMaps.',
        {
          refersTo: { kind: 'ConfigMap', group: '' },
        },
      ),
      key: string('The key whose value is read.'),
    },
    { doc, required: ['name', 'key'] },
  );

/** `{name, key}` that a value is written to. */
const destination = (doc: string, into: 'ConfigMap' | 'Secret'): Shape =>
  object(
    {
      name: string(`The ${into}, in this namespace; the operator makes it.`),
      key: string('The key. No other value may go to the same one.'),
    },
    { doc, required: ['name', 'key'], open: true },
  );

/** `operatorSpec` with the values that a kind can write. */
export function operatorSpec(values: Readonly<Record<string, string>>): Shape {
  const into = (target: 'ConfigMap' | 'Secret') =>
    object(Object.fromEntries(Object.entries(values).map(([name, doc]) => [name, destination(doc, target)])), {
      doc: `Values that are written to ${target}s once the resource is there.`,
    });
  return object(
    {
      configMaps: into('ConfigMap'),
      secrets: into('Secret'),
      configMapExpressions: list({ type: 'any' }, 'ConfigMaps with values of CEL expressions over `self`.'),
      secretExpressions: list({ type: 'any' }, 'Secrets with values of CEL expressions over `self`.'),
    },
    { doc: 'What the operator does besides making the resource.', open: true },
  );
}

export const SUBSCRIPTION = `/subscriptions/${GUID}`;

/** An object with `spec` of these fields. */
export const objectOf = (spec: Readonly<Record<string, Shape>>, required: readonly string[]): Shape =>
  object(
    {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: METADATA,
      spec: object(spec, { required, open: true }),
    },
    { open: true },
  );
