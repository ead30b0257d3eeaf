import { authorityUrl } from '../../../azure/clouds.ts';
import { type Generator, isOn, type Values } from '../generator.ts';
import { secret } from '../manifests.ts';
import { clientIdStep, cloudOf, cloudStep, nameStep, namespaceStep, sendChainStep, tenantIdStep } from '../steps.ts';
import { block, commented, documents, toYaml, type YamlMap } from '../yaml-text.ts';

const isManaged = (values: Values): boolean => values.credential === 'managedIdentity';

export const sopsDecryptionSecret: Generator = {
  name: 'sops-decryption-secret',
  title: 'Secret for SOPS decryption',
  detail: 'sops.azure-kv in each of its forms; workload identity needs no Secret at all',
  steps: [
    nameStep('Secret', 'sops-azure'),
    namespaceStep('flux-system'),
    {
      key: 'credential',
      title: 'Credential',
      prompt: 'What does Flux decrypt with?',
      kind: 'choice',
      choices: () => [
        { value: 'clientSecret', title: 'A service principal with a secret' },
        { value: 'certificate', title: 'A service principal with a certificate' },
        { value: 'azOutput', title: 'A service principal, as az prints it', detail: 'appId, tenant, password' },
        {
          value: 'managedIdentity',
          title: 'A managed identity of the nodes',
          detail: 'By its client id, through IMDS',
        },
      ],
      default: 'clientSecret',
    },
    cloudStep({ when: (values) => !isManaged(values) }),
    clientIdStep(),
    tenantIdStep({ when: (values) => !isManaged(values) }),
    sendChainStep((values) => values.credential === 'certificate'),
  ],
  render: (values) => [
    {
      path: `${values.name}-secret.yaml`,
      language: 'yaml',
      content: documents(
        secret(
          { name: values.name, namespace: values.namespace },
          { 'sops.azure-kv': block(toYaml(credential(values))) },
          undefined,
          isManaged(values)
            ? 'No workload identity: for that leave the Secret out.'
            : 'Fill in, and create by hand or encrypt with another key: it cannot open itself.',
        ),
      ),
      note: isManaged(values)
        ? undefined
        : 'Create the Secret in the cluster by hand, or encrypt it with a key that Flux has already, such as age.',
    },
  ],
};

function credential(values: Values): YamlMap {
  const { clientId, tenantId } = values;
  if (isManaged(values)) return { clientId };
  const cloud = cloudOf(values);
  const authorityHost = cloud.id === 'public' ? undefined : authorityUrl(cloud);
  switch (values.credential) {
    case 'certificate':
      return {
        tenantId,
        clientId,
        clientCertificate: commented('Certificate and private key in one PEM.', '${AZURE_CLIENT_CERTIFICATE}'),
        clientCertificateSendChain: isOn(values, 'sendChain')
          ? commented('A boolean here; in the Secret of a Bucket it is a string.', true)
          : undefined,
        authorityHost,
      };
    case 'azOutput':
      return { appId: clientId, tenant: tenantId, password: '${AZURE_CLIENT_SECRET}', authorityHost };
    default:
      return { tenantId, clientId, clientSecret: '${AZURE_CLIENT_SECRET}', authorityHost };
  }
}
