import { defineFacts, list, object, string } from '../define.ts';
import type { Shape } from '../shape.ts';
import { metadataShape, POD_ANNOTATIONS, POD_LABELS } from '../workload-identity/_keys.ts';

/** Only what bears on identities; everything else of a pod is open. */
const ENVIRONMENT: Shape = list(
  object(
    {
      name: string(
        'The variable’s name. `AZURE_CLIENT_ID` and the other variables of workload identity win over what the webhook would set, where they are given here.',
        {
          values: {
            AZURE_CLIENT_ID: { doc: 'The client id of the identity. The webhook sets it.' },
            AZURE_TENANT_ID: { doc: 'The tenant of the identity. The webhook sets it.' },
            AZURE_FEDERATED_TOKEN_FILE: { doc: 'The file with the token to exchange. The webhook sets it.' },
            AZURE_AUTHORITY_HOST: { doc: 'The address of Entra ID. The webhook sets it.' },
            AZURE_CLIENT_SECRET: {
              doc: 'The secret of an application. With `AZURE_TENANT_ID` and `AZURE_CLIENT_ID` it goes before workload identity.',
            },
            AZURE_CLIENT_CERTIFICATE_PATH: {
              doc: 'A file with the certificate and key of an application, PEM or PKCS#12. With `AZURE_TENANT_ID` and `AZURE_CLIENT_ID` it goes before workload identity.',
            },
            AZURE_CLIENT_CERTIFICATE_PASSWORD: { doc: 'The password of `AZURE_CLIENT_CERTIFICATE_PATH`.' },
            AZURE_CLIENT_SEND_CERTIFICATE_CHAIN: {
              doc: 'Sends the whole chain, for applications that trust an issuer and a subject. `"1"` or `"true"`.',
            },
            AZURE_ENVIRONMENT_FILEPATH: {
              doc: 'Flux controllers, from Flux 2.7: a JSON file that describes a private cloud. It needs `resourceManagerEndpoint` and `tokenAudience`, and `containerRegistryDNSSuffix` for registries.',
            },
            AZURE_AUTH_METHOD: { doc: 'Not read by any controller of Flux 2.' },
            AZURE_ARM_TOKEN_RESOURCE: {
              doc: 'Argo CD’s repo-server: what the token for Azure Container Registry is asked for. `https://containerregistry.azure.net`.',
            },
          },
        },
      ),
      value: { type: 'string' },
    },
    { open: true },
  ),
);

const CONTAINERS: Shape = list(
  object({ name: { type: 'string' }, image: { type: 'string' }, env: ENVIRONMENT }, { open: true }),
);

const POD_SPEC: Shape = object(
  {
    serviceAccountName: string(
      'The account whose identity the pod gets. Without it `default`, which seldom has the annotations.',
      {
        refersTo: { kind: 'ServiceAccount', group: '' },
      },
    ),
    serviceAccount: string('The older name of `serviceAccountName`.', {
      refersTo: { kind: 'ServiceAccount', group: '' },
    }),
    containers: CONTAINERS,
    initContainers: CONTAINERS,
    imagePullSecrets: list(
      object({ name: string('A pull secret.', { refersTo: { kind: 'Secret', group: '', role: 'registry-pull' } }) }),
    ),
  },
  { open: true },
);

const POD: Shape = object({ metadata: metadataShape(POD_LABELS, POD_ANNOTATIONS), spec: POD_SPEC }, { open: true });
const HEAD = { apiVersion: { type: 'string' }, kind: { type: 'string' } } as const;
const METADATA: Shape = metadataShape({}, {});

const DOC =
  'Makes pods. The label and annotations of workload identity belong on the pod template, not on the object itself.';
const LINK = 'https://learn.microsoft.com/azure/aks/workload-identity-deploy-cluster';
const templated = (path: Shape): Shape => object({ ...HEAD, metadata: METADATA, spec: path }, { open: true });
const template = object({ template: POD }, { open: true });

export default [
  defineFacts({
    group: '',
    kinds: ['Pod'],
    version: 'v1',
    doc: 'A pod. With the label `azure.workload.identity/use` the webhook gives it the identity of its ServiceAccount.',
    link: LINK,
    fields: {},
    shape: object({ ...HEAD, ...POD.fields }, { open: true }),
  }),
  defineFacts({
    group: 'apps',
    kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'],
    version: 'v1',
    doc: DOC,
    link: LINK,
    fields: {},
    shape: templated(template),
  }),
  defineFacts({
    group: 'batch',
    kinds: ['Job'],
    version: 'v1',
    doc: DOC,
    link: LINK,
    fields: {},
    shape: templated(template),
  }),
  defineFacts({
    group: 'batch',
    kinds: ['CronJob'],
    version: 'v1',
    doc: DOC,
    link: LINK,
    fields: {},
    shape: templated(object({ jobTemplate: object({ spec: template }, { open: true }) }, { open: true })),
  }),
];
