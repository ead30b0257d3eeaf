import { TOKEN_EXCHANGE_AUDIENCE } from '../../../azure/applications.ts';
import { authorityUrl } from '../../../azure/clouds.ts';
import { chosen, type GeneratedFile, type Generator, given, isOn, type Step, type Values } from '../generator.ts';
import { addEnv, addVolume, controllersStep, installFile, installStep, type Patch } from '../install.ts';
import { CLIENT_ID, ENCRYPT_NOTE, secret, TENANT_ID, USE } from '../manifests.ts';
import { objectNameProblem } from '../names.ts';
import { clientIdStep, cloudOf, cloudStep, sendChainStep, tenantIdStep } from '../steps.ts';
import { needsFlux } from '../versions.ts';
import { block, commented, documents, type YamlMap } from '../yaml-text.ts';

const isPrivate = (values: Values): boolean => values.cloud === 'private';
const offAks = (values: Values): boolean => values.platform !== 'aks';

const httpsStep = (key: string, title: string, prompt: string, example: string): Step => ({
  key,
  title,
  prompt,
  kind: 'text',
  when: isPrivate,
  example,
  validate: (value) => (/^https:\/\/[^/\s]+(\/\S*)?$/.test(value) ? undefined : `"${value}" is no https URL.`),
});

const ENVIRONMENT = 'azure-environment';
const CERTIFICATE = 'azure-certificate';

export const fluxControllerIdentity: Generator = {
  name: 'flux-controller-identity',
  title: 'Identity of the Flux controllers',
  detail: 'Patches for AKS, other clusters, certificates and every cloud',
  steps: [
    installStep,
    {
      key: 'platform',
      title: 'Credential',
      prompt: 'Where does Flux run, and what proves who it is?',
      kind: 'choice',
      choices: () => [
        { value: 'aks', title: 'AKS with workload identity', detail: 'The webhook of the add-on does the rest' },
        { value: 'other', title: 'Another cluster, federated', detail: 'Its issuer is reachable by Entra' },
        {
          value: 'certificate',
          title: 'Any cluster, with a certificate',
          detail: 'Of an app registration, in a Secret',
        },
      ],
      default: 'aks',
    },
    cloudStep({
      when: offAks,
      choices: (_, { fluxVersion }) => [
        ...cloudStep().choices!({}, { fluxVersion, argocdVersion: '', known: undefined as never }),
        {
          value: 'private',
          title: 'A private cloud',
          detail: 'Azure Stack Hub and others, by an environment file',
          refused: needsFlux(fluxVersion, '2.7', 'An environment file'),
        },
      ],
    }),
    httpsStep('authority', 'Authority', 'Authority host of the private cloud', 'https://login.azure.contoso.example/'),
    httpsStep(
      'resourceManager',
      'Resource Manager',
      'Endpoint of Resource Manager in the private cloud',
      'https://management.azure.contoso.example/',
    ),
    httpsStep(
      'tokenAudience',
      'Token audience',
      'Audience of the tokens for Resource Manager',
      'https://management.azure.contoso.example/',
    ),
    {
      key: 'registrySuffix',
      title: 'Registry suffix',
      prompt: 'DNS suffix of container registries, if there are any',
      kind: 'text',
      when: isPrivate,
      optional: true,
      example: 'azurecr.contoso.example',
      validate: (value) =>
        /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(value) ? undefined : `"${value}" is no DNS suffix such as azurecr.example.`,
    },
    controllersStep(),
    clientIdStep(),
    tenantIdStep({ when: offAks }),
    tenantIdStep({
      key: 'otherTenantId',
      prompt: 'Tenant id, if it is not the tenant of the cluster',
      optional: true,
      when: (values) => !offAks(values),
    }),
    {
      key: 'secret',
      title: 'Secret',
      prompt: 'Name of the Secret with the certificate',
      kind: 'text',
      when: (values) => values.platform === 'certificate',
      default: CERTIFICATE,
      example: CERTIFICATE,
      validate: objectNameProblem,
    },
    sendChainStep((values) => values.platform === 'certificate'),
  ],
  render: (values, context) => {
    const controllers = chosen(values, 'controllers');
    const files: GeneratedFile[] = [];
    if (isPrivate(values)) files.push(environmentFile(values));
    if (values.platform === 'certificate') files.push(certificateFile(values));
    const patches = offAks(values) ? [deploymentPatch(values, controllers)] : aksPatches(values, controllers);
    return [
      installFile(
        values.install!,
        patches,
        controllers,
        context,
        files.map((file) => file.path),
        values.install === 'instance' && files.length > 0
          ? 'Take the patches over into the FluxInstance you have, and apply the other files to flux-system first.'
          : undefined,
      ),
      ...files,
    ];
  },
};

function aksPatches(values: Values, controllers: readonly string[]): Patch[] {
  return [
    {
      kind: 'ServiceAccount',
      names: controllers,
      patch: {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: {
          name: 'controller',
          annotations: { [CLIENT_ID]: values.clientId, [TENANT_ID]: given(values, 'otherTenantId') },
        },
      },
    },
    {
      kind: 'Deployment',
      names: controllers,
      patch: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'controller' },
        spec: {
          template: {
            metadata: { labels: commented('On the pods: elsewhere the webhook does not see it.', { [USE]: 'true' }) },
          },
        },
      },
    },
  ];
}

function deploymentPatch(values: Values, controllers: readonly string[]): Patch {
  const authority = isPrivate(values) ? values.authority! : authorityUrl(cloudOf(values));
  const operations: YamlMap[] = [
    addEnv('AZURE_CLIENT_ID', values.clientId!),
    addEnv('AZURE_TENANT_ID', values.tenantId!),
    addEnv('AZURE_AUTHORITY_HOST', authority),
  ];
  if (values.platform === 'other')
    operations.push(
      addEnv('AZURE_FEDERATED_TOKEN_FILE', '/var/run/azure-token/token'),
      ...addVolume('azure-token', '/var/run/azure-token', {
        projected: {
          sources: [
            { serviceAccountToken: { audience: TOKEN_EXCHANGE_AUDIENCE, expirationSeconds: 3600, path: 'token' } },
          ],
        },
      }),
    );
  else
    operations.push(
      addEnv('AZURE_CLIENT_CERTIFICATE_PATH', '/etc/azure-certificate/tls.pem'),
      ...(isOn(values, 'sendChain') ? [addEnv('AZURE_CLIENT_SEND_CERTIFICATE_CHAIN', 'true')] : []),
      ...addVolume('azure-certificate', '/etc/azure-certificate', { secret: { secretName: values.secret } }),
    );
  if (isPrivate(values))
    operations.push(
      addEnv('AZURE_ENVIRONMENT_FILEPATH', '/etc/azure-environment/azure.json'),
      ...addVolume(ENVIRONMENT, '/etc/azure-environment', { configMap: { name: ENVIRONMENT } }),
    );
  return { kind: 'Deployment', names: controllers, patch: operations };
}

function environmentFile(values: Values): GeneratedFile {
  const environment = {
    resourceManagerEndpoint: values.resourceManager,
    tokenAudience: values.tokenAudience,
    containerRegistryDNSSuffix: given(values, 'registrySuffix'),
  };
  return {
    path: 'azure-environment.yaml',
    language: 'yaml',
    content: documents({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: ENVIRONMENT, namespace: 'flux-system' },
      data: { 'azure.json': block(`${JSON.stringify(environment, undefined, 2)}\n`) },
    }),
  };
}

const certificateFile = (values: Values): GeneratedFile => ({
  path: 'azure-certificate-secret.yaml',
  language: 'yaml',
  content: documents(
    secret(
      { name: values.secret, namespace: 'flux-system' },
      { 'tls.pem': commented('Certificate and private key in one PEM.', '${AZURE_CLIENT_CERTIFICATE}') },
    ),
  ),
  note: ENCRYPT_NOTE,
});
