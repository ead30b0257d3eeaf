import { boolean, defineFacts, object, string } from '../define.ts';
import type { Shape } from '../shape.ts';

const METADATA: Shape = object(
  {
    name: { type: 'string' },
    namespace: { type: 'string' },
    labels: object(
      {
        'argocd.argoproj.io/secret-type': string(
          'What the Secret is for Argo CD, which looks at Secrets of its own namespace alone. Without the label, or with another value, it is never seen, and nothing says so.',
          {
            enum: ['cluster', 'repository', 'repo-creds', 'repository-write', 'repo-write-creds', 'scm-creds'],
            values: {
              cluster: { doc: 'A cluster to deploy to: `name`, `server` and `config`.' },
              repository: { doc: 'A repository.' },
              'repo-creds': { doc: 'Credentials for all repositories below a URL.' },
              'repository-write': { doc: 'A repository that the hydrator pushes to.' },
              'repo-write-creds': { doc: 'Credentials to push with, for all repositories below a URL.' },
              'scm-creds': { doc: 'Credentials that ApplicationSets may read in strict mode.' },
            },
            link: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/',
          },
        ),
      },
      { additional: { type: 'string' } },
    ),
    annotations: object({}, { additional: { type: 'string' } }),
  },
  { open: true },
);

export default [
  defineFacts({
    group: '',
    kinds: ['Secret'],
    version: 'v1',
    doc: 'Confidential data. In Git it belongs encrypted: with SOPS and a key of Key Vault, for example.',
    fields: {},
    shape: object(
      {
        apiVersion: { type: 'string' },
        kind: { type: 'string' },
        metadata: METADATA,
        type: string('What the Secret is; Kubernetes checks that the keys of the type are there.', {
          suggestions: [
            { value: 'Opaque', doc: 'Anything. The default.' },
            { value: 'kubernetes.io/dockerconfigjson', doc: 'A pull secret, with the key `.dockerconfigjson`.' },
            { value: 'kubernetes.io/tls', doc: 'A certificate, with `tls.crt` and `tls.key`.' },
          ],
        }),
        stringData: object(
          {},
          {
            additional: { type: 'string', fact: { doc: 'A value as plain text.', secret: true } },
            doc: 'Values as plain text; they win over `data`. All are strings: `true` and numbers want quotes.',
          },
        ),
        data: object(
          {},
          {
            additional: { type: 'string', fact: { doc: 'A value in base64.', secret: true } },
            doc: 'Values in base64.',
          },
        ),
        immutable: boolean('Whether the data may change.'),
      },
      { open: true },
    ),
  }),
  defineFacts({
    group: '',
    kinds: ['ConfigMap'],
    version: 'v1',
    doc: 'Data that is not confidential.',
    fields: {},
    shape: object(
      {
        apiVersion: { type: 'string' },
        kind: { type: 'string' },
        metadata: object(
          {
            name: { type: 'string' },
            namespace: { type: 'string' },
            labels: { type: 'object', additional: { type: 'string' } },
            annotations: { type: 'object', additional: { type: 'string' } },
          },
          { open: true },
        ),
        data: object({}, { additional: { type: 'string' }, doc: 'Values as plain text. All are strings.' }),
        binaryData: object(
          {},
          { additional: { type: 'string' }, doc: 'Values in base64. Not read by Flux for `kubeConfig`.' },
        ),
        immutable: boolean('Whether the data may change.'),
      },
      { open: true },
    ),
    snippets: [
      {
        label: 'ConfigMap of a remote AKS cluster',
        doc: 'For `kubeConfig.configMapRef` of a Kustomization or HelmRelease, with workload identity.',
        body: `apiVersion: v1
kind: ConfigMap
metadata:
  name: \${1:cluster}
  namespace: \${2:flux-system}
data:
  provider: azure
  cluster: /subscriptions/\${3:00000000-0000-0000-0000-000000000000}/resourceGroups/\${4:resource-group}/providers/Microsoft.ContainerService/managedClusters/\${5:cluster}
  serviceAccountName: \${6:cluster-deployer}
`,
      },
    ],
  }),
];
