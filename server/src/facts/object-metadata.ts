import type { Shape } from './shape.ts';

const STRING: Shape = { type: 'string' };
const STRINGS: Shape = { type: 'object', additional: STRING };

const OWNER_REFERENCE: Shape = {
  type: 'object',
  fields: {
    apiVersion: STRING,
    kind: STRING,
    name: STRING,
    uid: STRING,
    controller: { type: 'boolean' },
    blockOwnerDeletion: { type: 'boolean' },
  },
  required: ['apiVersion', 'kind', 'name', 'uid'],
};

/**
 * `metadata` of every Kubernetes object. A CRD says no more of it than `type: object`; the API server decodes it as
 * ObjectMeta (k8s.io/apimachinery pkg/apis/meta/v1/types.go).
 */
export const OBJECT_METADATA: Shape = {
  type: 'object',
  fields: {
    name: STRING,
    namespace: STRING,
    labels: STRINGS,
    annotations: STRINGS,
    generateName: STRING,
    finalizers: { type: 'array', items: STRING },
    ownerReferences: { type: 'array', items: OWNER_REFERENCE },
    creationTimestamp: STRING,
    deletionTimestamp: STRING,
    deletionGracePeriodSeconds: { type: 'integer' },
    generation: { type: 'integer' },
    managedFields: { type: 'any' },
    resourceVersion: STRING,
    selfLink: STRING,
    uid: STRING,
  },
};
