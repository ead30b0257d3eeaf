import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { environmentOf, fluxControllers, isHere, removeVariable } from '../flux-controllers.ts';

export default defineRule({
  id: 'flux/auth-method-env-ignored',
  on: fluxControllers,
  severity: 'info',
  partial: true,
  summary: '`AZURE_AUTH_METHOD` is set on a Flux controller.',
  why: 'The variable was for the beta of decryption with Key Vault. No controller has read it since kustomize-controller v1: the credential is found from the other variables, a workload identity or the managed identity of the node.',
  references: ['fluxcd/kustomize-controller@v1.9.4 (nowhere but in docs/spec/v1beta2)'],
  *check(controller) {
    const variable = environmentOf(controller).get('AZURE_AUTH_METHOD');
    if (!variable?.name || !isHere(controller, variable.name)) return;
    const removal = removeVariable(variable);
    yield report(
      variable.name,
      'AZURE_AUTH_METHOD is not read by any controller of Flux 2. Remove it, and give the controller a workload identity.',
      { fix: removal && safeFix('Remove AZURE_AUTH_METHOD', removal), tags: ['unnecessary'] },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'In a strategic merge',
      files: {
        'kustomization.yaml': `resources: [gotk-components.yaml]
patches:
  - patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: kustomize-controller, namespace: flux-system }
      spec:
        template:
          spec:
            containers:
              - name: manager
                env:
                  - name: <|AZURE_AUTH_METHOD|>
                    value: msi
                  - name: AZURE_CLIENT_ID
                    value: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
      },
      fixed: `resources: [gotk-components.yaml]
patches:
  - patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: kustomize-controller, namespace: flux-system }
      spec:
        template:
          spec:
            containers:
              - name: manager
                env:
                  - name: AZURE_CLIENT_ID
                    value: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
    },
    {
      title: 'In operations on several controllers',
      files: {
        'kustomization.yaml': `resources: [gotk-components.yaml]
patches:
  - target: { kind: Deployment, name: (kustomize|source)-controller }
    patch: |
      - op: add
        path: /spec/template/spec/containers/0/env/-
        value:
          name: <|AZURE_AUTH_METHOD|>
          value: msi
      - op: add
        path: /spec/template/spec/containers/0/env/-
        value: { name: AZURE_CLIENT_ID, value: 7c9e6679-7425-40de-944b-e07fc1f90ae7 }
`,
      },
      fixed: `resources: [gotk-components.yaml]
patches:
  - target: { kind: Deployment, name: (kustomize|source)-controller }
    patch: |
      - op: add
        path: /spec/template/spec/containers/0/env/-
        value: { name: AZURE_CLIENT_ID, value: 7c9e6679-7425-40de-944b-e07fc1f90ae7 }
`,
    },
  ],
  good: [
    {
      title: 'On something else',
      yaml: `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  template:
    spec:
      containers:
        - name: shop
          env: [{ name: AZURE_AUTH_METHOD, value: msi }]
`,
    },
  ],
};
