import { defineFacts } from '../define.ts';

export default defineFacts({
  group: 'fluxcd.controlplane.io',
  kinds: ['ResourceSet'],
  version: 'v1',
  doc: 'Makes objects from a template and inputs. Templates are written `<< inputs.name >>`: what they stand for is not known here.',
  link: 'https://fluxoperator.dev/docs/crd/resourceset/',
  fields: {
    'spec.inputsFrom[].name': {
      doc: 'A ResourceSetInputProvider in the namespace of this object.',
      refersTo: { kind: 'ResourceSetInputProvider', group: 'fluxcd.controlplane.io' },
    },
    'spec.serviceAccountName': {
      doc: 'The account that applies the objects: Kubernetes permissions, never a cloud identity.',
      refersTo: { kind: 'ServiceAccount', group: '' },
    },
    'spec.dependsOn': { doc: 'Objects that have to exist, or be ready, first.' },
  },
});
