import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import {
  addVariables,
  environmentIn,
  environmentOf,
  everythingOf,
  fluxControllers,
  isHere,
} from '../flux-controllers.ts';
import { isLabelled } from '../workload-identity/_keys.ts';

/** The variables that make a credential of the environment, each set with the one to show. */
const CREDENTIALS = [
  ['AZURE_CLIENT_SECRET'],
  ['AZURE_CLIENT_CERTIFICATE_PATH'],
  ['AZURE_USERNAME', 'AZURE_PASSWORD'],
] as const;

export default defineRule({
  id: 'flux/credential-env-incomplete',
  on: fluxControllers,
  severity: 'warning',
  partial: true,
  summary: 'A Flux controller gets a credential, but not the tenant and application it is for.',
  why: 'A secret, certificate or password from the environment is used only together with `AZURE_TENANT_ID` and `AZURE_CLIENT_ID`. With one of the two missing the controller skips it without a word and takes the next way to sign in: workload identity, or the managed identity of the node.',
  references: [
    'Azure/azure-sdk-for-go@05ed0cec sdk/azidentity/environment_credential.go',
    'fluxcd/website@6da0f383 content/en/flux/integrations/azure.md',
  ],
  *check(controller, { workspace }) {
    const own = environmentOf(controller);
    const credential = CREDENTIALS.find((names) => names.every((name) => own.has(name)));
    const shown = credential && own.get(credential[0]);
    if (!shown?.name || !isHere(controller, shown.name)) return;
    const templates = everythingOf(controller, workspace);
    // The webhook puts both into labelled pods; what envFrom brings is unknown.
    if (templates.some((t) => isLabelled(t) || t.containers.some((c) => get(c.node, 'envFrom')))) return;
    const all = environmentIn(templates);
    const missing = ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID'].filter((name) => !all.has(name));
    if (missing.length === 0) return;
    yield report(
      shown.name,
      `${shown.nameText} counts only with AZURE_TENANT_ID and AZURE_CLIENT_ID: without ${missing.join(' and ')} ${controller.name} skips it silently and signs in some other way.`,
      { fix: unsafeFix(`Add ${missing.join(' and ')}`, addVariables(shown, missing)) },
    );
  },
});

const patch = (variables: string): string => `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [gotk-components.yaml]
patches:
  - patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: source-controller
        namespace: flux-system
      spec:
        template:
          spec:
            containers:
              - name: manager
                env:
${variables}`;

export const examples: Examples = {
  bad: [
    {
      title: 'A certificate without a tenant',
      files: {
        'kustomization.yaml': patch(`                  - name: AZURE_CLIENT_ID
                    value: 7c9e6679-7425-40de-944b-e07fc1f90ae7
                  - name: <|AZURE_CLIENT_CERTIFICATE_PATH|>
                    value: /var/run/certificate/tls.pem
`),
      },
      fixed: patch(`                  - name: AZURE_CLIENT_ID
                    value: 7c9e6679-7425-40de-944b-e07fc1f90ae7
                  - name: AZURE_CLIENT_CERTIFICATE_PATH
                    value: /var/run/certificate/tls.pem
                  - name: AZURE_TENANT_ID
                    value: ""
`),
    },
    {
      title: 'A secret, in a patch with a file of its own',
      files: {
        'kustomization.yaml': `resources: [gotk-components.yaml]
patches:
  - path: secret.yaml
    target: { kind: Deployment, name: kustomize-controller }
`,
        'secret.yaml': `- op: add
  path: /spec/template/spec/containers/0/env/-
  value:
    name: <|AZURE_CLIENT_SECRET|>
    valueFrom: { secretKeyRef: { name: azure, key: secret } }
`,
      },
      message: 'without AZURE_TENANT_ID and AZURE_CLIENT_ID kustomize-controller skips it',
    },
  ],
  good: [
    {
      title: 'All three, from two patches and the installed Deployment',
      files: {
        'kustomization.yaml': patch(`                  - { name: AZURE_CLIENT_SECRET, value: "\${SECRET}" }
                  - { name: AZURE_TENANT_ID, value: contoso.com }
`),
        'gotk-components.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: source-controller, namespace: flux-system }
spec:
  template:
    spec:
      containers:
        - name: manager
          env: [{ name: AZURE_CLIENT_ID, value: 7c9e6679-7425-40de-944b-e07fc1f90ae7 }]
`,
      },
    },
    {
      title: 'The webhook puts in the rest',
      files: {
        'kustomization.yaml': `${patch(`                  - { name: AZURE_CLIENT_SECRET, value: "\${SECRET}" }
`)}  - target: { kind: Deployment, labelSelector: app.kubernetes.io/part-of=flux }
    patch: |
      - op: add
        path: /spec/template/metadata/labels/azure.workload.identity~1use
        value: "true"
`,
      },
    },
    {
      title: 'A Deployment of somebody else',
      yaml: `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  template:
    spec:
      containers:
        - name: shop
          env: [{ name: AZURE_CLIENT_SECRET, value: "\${SECRET}" }]
`,
    },
  ],
};
