import { atLeast } from '../../model/context.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { everythingOf, fluxControllers, isHere } from '../flux-controllers.ts';
import { argumentsIn, flagValue } from '../flux-install.ts';
import { addGateBeside, gateIn, isGateOnByInstance } from './_gates.ts';

/** The flags of each controller that need the gate. `--default-service-account` of the others is for impersonation. */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  'source-controller': ['default-service-account'],
  'notification-controller': ['default-service-account'],
  'image-reflector-controller': ['default-service-account'],
  'image-automation-controller': ['default-service-account'],
  'kustomize-controller': ['default-decryption-service-account', 'default-kubeconfig-service-account'],
  'helm-controller': ['default-kubeconfig-service-account'],
};

export default defineRule({
  id: 'flux/default-service-account-without-gate',
  on: fluxControllers,
  severity: 'error',
  partial: true,
  summary: 'A Flux controller gets a default ServiceAccount for cloud access without the feature gate for it.',
  why: 'Since Flux 2.7 a default ServiceAccount takes the controller’s own identity from objects that name none, so that tenants cannot use it. It works by object-level workload identity, and a controller that is started without the gate `ObjectLevelWorkloadIdentity` exits at once.',
  references: ['fluxcd/pkg@e2cfd1a2 auth/controller_options.go', 'main.go of each controller'],
  versions: 'Flux 2.7 and later',
  *check(controller, { workspace, flux }) {
    const flags = FLAGS[controller.name];
    if (!flags || !atLeast(flux, '2.7')) return;
    const own = controller.templates.flatMap(({ object }) => argumentsIn(object));
    const found = own.flatMap((argument) => {
      const flag = flags.find((name) => flagValue(argument.text, name));
      return flag !== undefined && isHere(controller, argument) ? [{ argument, flag }] : [];
    });
    if (found.length === 0) return;
    const all = everythingOf(controller, workspace).flatMap(({ object }) => argumentsIn(object));
    const gates = all.map(({ text }) => gateIn(text));
    if (gates.some((gate) => gate === true || gate === 'unknown') || isGateOnByInstance(workspace)) return;
    for (const { argument, flag } of found) {
      const edit = addGateBeside(argument, own);
      yield report(
        argument,
        `cannot set default service accounts when the feature gate ObjectLevelWorkloadIdentity is not enabled: ${controller.name} exits because of --${flag}. Add --feature-gates=ObjectLevelWorkloadIdentity=true.`,
        { fix: edit && unsafeFix('Enable the feature gate', edit) },
      );
    }
  },
});

const operation = (argument: string): string => `      - op: add
        path: /spec/template/spec/containers/0/args/-
        value: ${argument}
`;
const kustomization = (target: string, ...operations: string[]): string => `resources: [gotk-components.yaml]
patches:
  - target: { kind: Deployment, name: ${target} }
    patch: |
${operations.join('')}`;

export const examples: Examples = {
  bad: [
    {
      title: 'In an operation',
      files: {
        'kustomization.yaml': kustomization('source-controller', operation('<|--default-service-account=default|>')),
      },
      fixed: kustomization(
        'source-controller',
        operation('--default-service-account=default'),
        operation('--feature-gates=ObjectLevelWorkloadIdentity=true'),
      ),
    },
    {
      title: 'Another gate is there, in a FluxInstance',
      yaml: `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: { name: flux, namespace: flux-system }
spec:
  distribution: { version: 2.x, registry: ghcr.io/fluxcd }
  kustomize:
    patches:
      - target: { kind: Deployment, name: kustomize-controller }
        patch: |
          - op: add
            path: /spec/template/spec/containers/0/args/-
            value: --feature-gates=StrictPostBuildSubstitutions=false
          - op: add
            path: /spec/template/spec/containers/0/args/-
            value: <|--default-decryption-service-account=default|>
`,
      fixed: `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: { name: flux, namespace: flux-system }
spec:
  distribution: { version: 2.x, registry: ghcr.io/fluxcd }
  kustomize:
    patches:
      - target: { kind: Deployment, name: kustomize-controller }
        patch: |
          - op: add
            path: /spec/template/spec/containers/0/args/-
            value: --feature-gates=StrictPostBuildSubstitutions=false,ObjectLevelWorkloadIdentity=true
          - op: add
            path: /spec/template/spec/containers/0/args/-
            value: --default-decryption-service-account=default
`,
    },
    {
      title: 'In a Deployment, switched off',
      yaml: `apiVersion: apps/v1
kind: Deployment
metadata: { name: notification-controller, namespace: flux-system }
spec:
  template:
    spec:
      containers:
        - name: manager
          args:
            - <|"--default-service-account=default"|>
            - --feature-gates=ObjectLevelWorkloadIdentity=false
`,
      fixed: `apiVersion: apps/v1
kind: Deployment
metadata: { name: notification-controller, namespace: flux-system }
spec:
  template:
    spec:
      containers:
        - name: manager
          args:
            - "--default-service-account=default"
            - --feature-gates=ObjectLevelWorkloadIdentity=true
`,
    },
  ],
  good: [
    {
      title: 'With the gate from another patch; impersonation; an older Flux that does not know the flag',
      files: {
        'kustomization.yaml': `${kustomization(
          '(source|kustomize)-controller',
          operation('--default-service-account=default'),
        )}  - target: { kind: Deployment, labelSelector: app.kubernetes.io/part-of=flux }
    patch: |
${operation('--feature-gates=ObjectLevelWorkloadIdentity=true')}`,
        'other/kustomization.yaml': kustomization('helm-controller', operation('--default-service-account=default')),
      },
    },
    {
      title: 'The FluxInstance switches it on',
      yaml: `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: { name: flux, namespace: flux-system }
spec:
  distribution: { version: 2.x, registry: ghcr.io/fluxcd }
  cluster: { objectLevelWorkloadIdentity: true }
  kustomize:
    patches:
      - target: { kind: Deployment, name: source-controller }
        patch: |
          - op: add
            path: /spec/template/spec/containers/0/args/-
            value: --default-service-account=default
`,
    },
    {
      title: 'Before Flux 2.7',
      files: {
        'kustomization.yaml': kustomization('source-controller', operation('--default-service-account=default')),
      },
      settings: { fluxVersion: '2.6' },
    },
  ],
};
