import { chosen, type Generator } from '../generator.ts';
import { controllersStep, fluxInstance, installFile, installStep } from '../install.ts';
import { needsFlux } from '../versions.ts';
import { commented, documents } from '../yaml-text.ts';

const GATE = '--feature-gates=ObjectLevelWorkloadIdentity=true';

export const fluxObjectLevelGate: Generator = {
  name: 'flux-object-level-gate',
  title: 'Feature gate for identities of objects',
  detail: 'Lets Flux objects name a ServiceAccount for Azure (ObjectLevelWorkloadIdentity)',
  refused: ({ fluxVersion }) => needsFlux(fluxVersion, '2.6', 'The feature gate ObjectLevelWorkloadIdentity'),
  steps: [
    installStep,
    controllersStep(
      (controller, { fluxVersion }) =>
        controller === 'helm-controller'
          ? needsFlux(fluxVersion, '2.7', 'The feature gate in helm-controller')
          : undefined,
      { when: (values) => values.install === 'kustomization' },
    ),
  ],
  render: (values, context) => {
    if (values.install === 'instance')
      return [
        {
          path: 'flux-instance.yaml',
          language: 'yaml',
          content: documents(
            fluxInstance(context, [], {
              cluster: {
                objectLevelWorkloadIdentity: commented('Sets the feature gate on every controller.', true),
              },
            }),
          ),
          note: 'Take spec.cluster over into the FluxInstance you have.',
        },
      ];
    const controllers = chosen(values, 'controllers');
    const patch = [{ op: 'add', path: '/spec/template/spec/containers/0/args/-', value: GATE }];
    return [installFile('kustomization', [{ kind: 'Deployment', names: controllers, patch }], controllers, context)];
  },
};
