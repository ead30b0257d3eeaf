import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { addVariables, environmentOf, fluxControllers, isHere } from '../flux-controllers.ts';
import { isLabelled } from './_keys.ts';

const NEEDED = ['AZURE_CLIENT_ID', 'AZURE_TENANT_ID', 'AZURE_AUTHORITY_HOST'];

export default defineRule({
  id: 'workload-identity/flux-env-incomplete',
  on: fluxControllers,
  severity: 'warning',
  summary: 'A Flux controller is given a token, but not all four variables that workload identity needs.',
  why: 'Flux takes workload identity only when `AZURE_CLIENT_ID`, `AZURE_TENANT_ID`, `AZURE_AUTHORITY_HOST` and `AZURE_FEDERATED_TOKEN_FILE` are all set. With one missing it does not fail: it silently takes the managed identity of the node.',
  references: ['fluxcd/pkg@e2cfd1a2 auth/azure/new_default_azure_credential.go'],
  versions: 'Flux 2.6 and later',
  partial: true,
  *check(controller) {
    const environment = environmentOf(controller);
    const token = environment.get('AZURE_FEDERATED_TOKEN_FILE');
    if (
      !token?.name ||
      !isHere(controller, token.name) ||
      controller.templates.some((t) => isLabelled(t) || t.containers.some((c) => get(c.node, 'envFrom')))
    )
      return;
    const missing = NEEDED.filter((name) => !environment.has(name));
    if (missing.length === 0) return;
    yield report(
      token.name,
      `Flux uses workload identity only when AZURE_CLIENT_ID, AZURE_TENANT_ID, AZURE_AUTHORITY_HOST and AZURE_FEDERATED_TOKEN_FILE are all set: without ${missing.join(' and ')} ${controller.name} silently falls back to the managed identity of the node.`,
      { fix: unsafeFix(`Add ${missing.join(' and ')}`, addVariables(token, missing)) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The authority host is missing',
      files: {
        'kustomization.yaml': `resources: [gotk-components.yaml]
patches:
  - target: { kind: Deployment, name: kustomize-controller }
    patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: kustomize-controller
      spec:
        template:
          spec:
            containers:
              - name: manager
                env:
                  - name: AZURE_CLIENT_ID
                    value: 7c9e6679-7425-40de-944b-e07fc1f90ae7
                  - name: AZURE_TENANT_ID
                    value: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
                  - name: <|AZURE_FEDERATED_TOKEN_FILE|>
                    value: /var/run/azure/token
`,
      },
      fixed: `resources: [gotk-components.yaml]
patches:
  - target: { kind: Deployment, name: kustomize-controller }
    patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: kustomize-controller
      spec:
        template:
          spec:
            containers:
              - name: manager
                env:
                  - name: AZURE_CLIENT_ID
                    value: 7c9e6679-7425-40de-944b-e07fc1f90ae7
                  - name: AZURE_TENANT_ID
                    value: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
                  - name: AZURE_FEDERATED_TOKEN_FILE
                    value: /var/run/azure/token
                  - name: AZURE_AUTHORITY_HOST
                    value: https://login.microsoftonline.com/
`,
    },
  ],
  good: [
    {
      title: 'Another patch adds what is missing',
      files: {
        'kustomization.yaml': `resources: [gotk-components.yaml]
patches:
  - target: { kind: Deployment, name: "(kustomize|source)-controller" }
    patch: |
      - op: add
        path: /spec/template/spec/containers/0/env/-
        value: { name: AZURE_AUTHORITY_HOST, value: "https://login.microsoftonline.com/" }
      - op: add
        path: /spec/template/spec/containers/0/env/-
        value: { name: AZURE_CLIENT_ID, value: 7c9e6679-7425-40de-944b-e07fc1f90ae7 }
  - target: { kind: Deployment, name: kustomize-controller }
    patch: |
      - op: add
        path: /spec/template/spec/containers/0/env/-
        value: { name: AZURE_TENANT_ID, value: 1b4e28ba-2fa1-41d2-883f-0016d3cca427 }
      - op: add
        path: /spec/template/spec/containers/0/env/-
        value: { name: AZURE_FEDERATED_TOKEN_FILE, value: /var/run/azure/token }
`,
      },
    },
  ],
};
