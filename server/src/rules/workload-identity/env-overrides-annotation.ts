import { isTemplate } from '../../azure/text-kinds.ts';
import type { RuleContext } from '../../model/context.ts';
import { annotation, type KubernetesObject } from '../../model/object.ts';
import { type EnvironmentVariable, podTemplateOf } from '../../model/views/pod-template.ts';
import { removeItem } from '../../yaml/edits.ts';
import { asScalar, text } from '../../yaml/navigate.ts';
import { defineRule, type Examples, type Report, related, report, unsafeFix } from '../define.ts';
import { fluxControllers, isHere } from '../flux-controllers.ts';
import { view } from '../views.ts';
import { CLIENT_ID, isLabelled, TENANT_ID } from './_keys.ts';

interface Pair {
  readonly variables: readonly EnvironmentVariable[];
  readonly accounts: readonly KubernetesObject[];
}

const ANNOTATIONS: Readonly<Record<string, string>> = { AZURE_CLIENT_ID: CLIENT_ID, AZURE_TENANT_ID: TENANT_ID };

/** Environment variables and the ServiceAccounts of the same pods. */
const pairs = view<Pair>(
  'pods with their ServiceAccounts, and patches of Flux controllers',
  function* (unit, context: RuleContext) {
    for (const controller of fluxControllers.select(unit, context))
      if (!controller.complete)
        yield {
          variables: controller.templates
            .flatMap((t) => t.containers.flatMap((c) => c.env))
            .filter((variable) => isHere(controller, variable.node)),
          accounts: controller.accounts,
        };
    const template = unit.object && !unit.object.partial ? podTemplateOf(unit.object) : undefined;
    const name = text(template?.serviceAccount);
    if (!template || !name || isTemplate(name) || !isLabelled(template)) return;
    const accounts = context.workspace.find('', 'ServiceAccount', name, template.object);
    if (accounts.state === 'found')
      yield {
        variables: template.containers.flatMap((c) => c.env),
        accounts: accounts.values.map((a) => context.workspace.patched(a)),
      };
  },
);

export default defineRule({
  id: 'workload-identity/env-overrides-annotation',
  on: pairs,
  severity: 'warning',
  partial: true,
  summary: 'An environment variable wins over the annotation of the ServiceAccount.',
  why: 'The webhook adds a variable only where the container does not set it. Two different ids mean that one of them is not used: it is the one in the annotation.',
  references: [
    'Azure/azure-workload-identity@v1.6.0 pkg/webhook/webhook.go addEnvironmentVariables',
    'https://github.com/fluxcd/source-controller/issues/1838',
  ],
  *check({ variables, accounts }) {
    for (const variable of variables) yield* compare(variable, accounts);
  },
});

function* compare(variable: EnvironmentVariable, accounts: readonly KubernetesObject[]): Iterable<Report> {
  const key = ANNOTATIONS[variable.nameText];
  const value = asScalar(variable.value);
  if (!key || !value || value.text === '' || isTemplate(value.text)) return;
  const others = accounts.flatMap((a) => annotation(a, key) ?? []);
  const literal = (e: (typeof others)[number]) => text(e.value) ?? '';
  if (others.length === 0 || others.length !== accounts.length) return;
  if (
    others.some(
      (e) => literal(e) === '' || isTemplate(literal(e)) || literal(e).toLowerCase() === value.text.toLowerCase(),
    )
  )
    return;
  const [other] = others;
  const account = accounts[0]?.name ?? accounts[0]?.target?.name;
  if (!other) return;
  yield report(
    value,
    `The explicit ${variable.nameText} wins over the annotation of ServiceAccount "${account}", which names another: the webhook adds a variable only where it is not set.`,
    {
      related: [related(other.value, 'The annotation')],
      fix:
        variable.node.synthetic || variable.node.parent?.synthetic
          ? undefined
          : unsafeFix(
              `Remove ${variable.nameText}`,
              variable.node.parent?.kind === 'seq' ? removeItem(variable.node) : undefined,
            ),
    },
  );
}

export const examples: Examples = {
  bad: [
    {
      title: 'A pod and its ServiceAccount',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  namespace: apps
  labels:
    azure.workload.identity/use: "true"
spec:
  serviceAccountName: worker
  containers:
    - name: worker
      image: worker:1
      env:
        - name: LOG
          value: debug
        - name: AZURE_CLIENT_ID
          value: <|0f8fad5b-d9cb-469f-a165-70867728950e|>
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  namespace: apps
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
      fixed: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  namespace: apps
  labels:
    azure.workload.identity/use: "true"
spec:
  serviceAccountName: worker
  containers:
    - name: worker
      image: worker:1
      env:
        - name: LOG
          value: debug
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  namespace: apps
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
    },
    {
      title: 'Two patches of one kustomization.yaml',
      files: {
        'kustomization.yaml': `resources: [gotk-components.yaml]
patches:
  - patch: |
      apiVersion: v1
      kind: ServiceAccount
      metadata:
        name: source-controller
        annotations:
          azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
  - target: { kind: Deployment, name: source-controller }
    patch: |
      - op: add
        path: /spec/template/spec/containers/0/env/-
        value: { name: AZURE_CLIENT_ID, value: <|0f8fad5b-d9cb-469f-a165-70867728950e|> }
`,
      },
    },
  ],
  good: [
    {
      title: 'The same id twice, in upper and lower case',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  namespace: apps
  labels:
    azure.workload.identity/use: "true"
spec:
  serviceAccountName: worker
  containers:
    - name: worker
      env: [{ name: AZURE_CLIENT_ID, value: 7C9E6679-7425-40DE-944B-E07FC1F90AE7 }]
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  namespace: apps
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
    },
  ],
};
