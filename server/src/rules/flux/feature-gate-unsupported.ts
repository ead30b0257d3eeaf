import { atLeast } from '../../model/context.ts';
import { replaceText, type TreeEdit } from '../../yaml/edits.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import type { ScalarNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { fluxControllers, isHere } from '../flux-controllers.ts';
import { argumentsIn } from '../flux-install.ts';
import { gateIn } from './_gates.ts';

export default defineRule({
  id: 'flux/feature-gate-unsupported',
  on: fluxControllers,
  severity: 'error',
  partial: true,
  summary: 'A Flux controller is given a feature gate that its version does not know.',
  why: 'The gate `ObjectLevelWorkloadIdentity` came with Flux 2.6, and in helm-controller with 2.7. A controller that does not know a gate does not ignore it: it exits with `unable to load feature gates`.',
  references: [
    'fluxcd/pkg@e2cfd1a2 runtime/features/features.go:61',
    'fluxcd/helm-controller@v1.3.0 main.go:144',
    'fluxcd/helm-controller@v1.4.0 internal/features',
  ],
  versions: 'before Flux 2.7',
  *check(controller, { flux }) {
    if (!flux.known || atLeast(flux, controller.name === 'helm-controller' ? '2.7' : '2.6')) return;
    if (controller.name === 'source-watcher') return;
    for (const { object } of controller.templates)
      for (const argument of argumentsIn(object)) {
        if (gateIn(argument.text) === undefined || gateIn(argument.text) === 'unknown') continue;
        if (!isHere(controller, argument)) continue;
        const helm = atLeast(flux, '2.6');
        const edit = helm && !controller.complete ? withoutHelm(argument) : undefined;
        yield report(
          argument,
          `feature-gate 'ObjectLevelWorkloadIdentity' not supported: ${helm ? 'helm-controller' : 'the controller'} of Flux ${flux.minor} exits with "unable to load feature gates". It knows the gate from Flux ${helm ? '2.7' : '2.6'} on.`,
          { fix: edit && unsafeFix('Leave helm-controller out of the target', edit) },
        );
      }
  },
});

/** Takes helm-controller out of the alternatives of the target's name. */
function withoutHelm(argument: ScalarNode): TreeEdit | undefined {
  const name = asScalar(get(argument.tree.host?.node.parent, 'target', 'name'));
  if (!name || typeof name.value !== 'string') return undefined;
  const text = name.text.replace(/\|helm(-controller)?(?=[|)]|$)|(?<=^|[|(])helm(-controller)?\|/, '');
  return text === name.text || !text.includes('-controller') ? undefined : replaceText(name, text);
}

const kustomization = (target: string, argument: string): string => `resources: [gotk-components.yaml]
patches:
  - target:
      kind: Deployment
      name: ${target}
    patch: |
      - op: add
        path: /spec/template/spec/containers/0/args/-
        value: ${argument}
`;

export const examples: Examples = {
  bad: [
    {
      title: 'helm-controller of Flux 2.6 among others',
      files: {
        'kustomization.yaml': kustomization(
          '"(source-controller|kustomize-controller|helm-controller)"',
          '<|--feature-gates=ObjectLevelWorkloadIdentity=true|>',
        ),
      },
      settings: { fluxVersion: '2.6' },
      fixed: kustomization(
        '"(source-controller|kustomize-controller)"',
        '--feature-gates=ObjectLevelWorkloadIdentity=true',
      ),
      message: "feature-gate 'ObjectLevelWorkloadIdentity' not supported: helm-controller of Flux 2.6",
    },
    {
      title: 'Any controller of Flux 2.5',
      files: {
        'kustomization.yaml': kustomization('.*', '<|--feature-gates=ObjectLevelWorkloadIdentity=false|>'),
      },
      settings: { fluxVersion: '2.5' },
    },
  ],
  good: [
    {
      title: 'Controllers of Flux 2.6 that know it',
      files: {
        'kustomization.yaml': kustomization(
          '(source|kustomize)-controller',
          '--feature-gates=ObjectLevelWorkloadIdentity=true',
        ),
      },
      settings: { fluxVersion: '2.6' },
    },
    {
      title: 'Another gate, and a version that is not known',
      files: {
        'kustomization.yaml': kustomization('helm-controller', '--feature-gates=OOMWatch=true'),
        'other/kustomization.yaml': kustomization(
          'helm-controller',
          '--feature-gates=ObjectLevelWorkloadIdentity=true',
        ),
      },
    },
  ],
};
