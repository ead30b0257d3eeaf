import { annotation } from '../../model/object.ts';
import { type EnvironmentVariable, podTemplateOf } from '../../model/views/pod-template.ts';
import { removeItem } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { environmentOf, fluxControllers, isHere } from '../flux-controllers.ts';
import { view } from '../views.ts';
import { CLIENT_ID, isLabelled } from './_keys.ts';

const SECRETS = ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH'];

/** Variables that complete a static credential in pods that are also given a federated token. */
const shadows = view<EnvironmentVariable>('pods with workload identity', function* (unit, context) {
  const seen = new Set<unknown>();
  const emit = function* (
    environment: ReadonlyMap<string, EnvironmentVariable>,
    isOwn: (variable: EnvironmentVariable) => boolean = () => true,
  ) {
    // It narrows the chain of newer SDKs to the credential it names.
    if (environment.has('AZURE_TOKEN_CREDENTIALS')) return;
    for (const name of SECRETS) {
      const variable = environment.get(name);
      if (variable && !seen.has(variable.node) && isOwn(variable)) {
        seen.add(variable.node);
        yield variable;
      }
    }
  };
  for (const controller of fluxControllers.select(unit, context)) {
    const environment = environmentOf(controller);
    if (!environment.has('AZURE_TENANT_ID') || !environment.has('AZURE_CLIENT_ID')) continue;
    if (
      controller.templates.some(isLabelled) ||
      environment.has('AZURE_FEDERATED_TOKEN_FILE') ||
      controller.accounts.some((a) => annotation(a, CLIENT_ID))
    )
      yield* emit(environment, (variable) => isHere(controller, variable.node));
  }
  const template = unit.object && podTemplateOf(unit.object);
  if (template && isLabelled(template))
    for (const container of template.containers) yield* emit(new Map(container.env.map((e) => [e.nameText, e])));
});

export default defineRule({
  id: 'workload-identity/client-secret-shadows',
  on: shadows,
  severity: 'warning',
  partial: true,
  summary: 'A client secret or certificate goes before the federated token.',
  why: 'The default chain of the Azure SDKs, and Flux, try the credential from the environment first. With a secret or certificate path, and the tenant and client id that the webhook injects, it is complete: the federated token is never used.',
  references: [
    'fluxcd/pkg@e2cfd1a2 auth/azure/new_default_azure_credential.go',
    'Azure/azure-sdk-for-go@05ed0cec sdk/azidentity environment_credential.go',
  ],
  *check(variable) {
    if (!variable.name) return;
    const own = variable.node.parent?.kind === 'seq' && !variable.node.synthetic && !variable.node.parent.synthetic;
    yield report(
      variable.name,
      `EnvironmentCredential is tried before workload identity: ${variable.nameText} wins, and the federated token is not used.`,
      {
        fix: own ? unsafeFix(`Remove ${variable.nameText}`, removeItem(variable.node)) : undefined,
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A secret beside the label',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  labels:
    azure.workload.identity/use: "true"
spec:
  containers:
    - name: worker
      env:
        - name: LOG
          value: debug
        - name: <|AZURE_CLIENT_SECRET|>
          valueFrom:
            secretKeyRef: { name: worker, key: secret }
`,
      fixed: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  labels:
    azure.workload.identity/use: "true"
spec:
  containers:
    - name: worker
      env:
        - name: LOG
          value: debug
`,
    },
    {
      title: 'Patches of a Flux controller, read together',
      files: {
        'kustomization.yaml': `resources: [gotk-components.yaml]
patches:
  - target: { kind: Deployment, name: source-controller }
    patch: |
      - op: add
        path: /spec/template/spec/containers/0/env/-
        value: { name: AZURE_TENANT_ID, value: 1b4e28ba-2fa1-41d2-883f-0016d3cca427 }
      - op: add
        path: /spec/template/spec/containers/0/env/-
        value: { name: AZURE_CLIENT_ID, value: 7c9e6679-7425-40de-944b-e07fc1f90ae7 }
      - op: add
        path: /spec/template/spec/containers/0/env/-
        value: { name: <|AZURE_CLIENT_CERTIFICATE_PATH|>, value: /certs/cert.pem }
  - target: { kind: Deployment, name: source-controller }
    patch: |
      - op: add
        path: /spec/template/metadata/labels/azure.workload.identity~1use
        value: "true"
`,
      },
    },
  ],
  good: [
    {
      title: 'A secret without workload identity',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
spec:
  containers:
    - name: worker
      env: [{ name: AZURE_CLIENT_SECRET, valueFrom: { secretKeyRef: { name: worker, key: secret } } }]
`,
    },
  ],
};
