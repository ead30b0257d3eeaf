import { isConnectionString } from '../azure/event-hubs.ts';
import { isTemplate } from '../azure/text-kinds.ts';
import { code } from '../facts/describe.ts';
import { atLeast, type Lookup, type RuleContext } from '../model/context.ts';
import type { KubernetesObject } from '../model/object.ts';
import { byText } from '../model/object-index.ts';
import { FLUX_CONTROLLERS, type PodTemplate, podTemplateOf } from '../model/views/pod-template.ts';
import { type DataItem, dataOf } from '../model/views/secret-data.ts';
import { concerns } from '../rules/flux-controllers.ts';
import { asScalar, get, items, text, textAt } from '../yaml/navigate.ts';
import { clientIdOf, identityOfAccount, identityOfClientId, tenantIdOf } from './identities.ts';

/**
 * How one Flux object will log in to Azure, as far as the files tell, in sentences. The order in which credentials are
 * tried is that of the controllers: fluxcd/pkg auth/azure and the files named in facts/flux.
 */
export function authenticationOf(object: KubernetesObject, context: RuleContext): string[] {
  const way = WAYS[`${object.group}/${object.kind}`];
  return object.partial || !way ? [] : way(context.workspace.patched(object), context);
}

type Way = (object: KubernetesObject, context: RuleContext) => string[];

const SOURCE = 'source.toolkit.fluxcd.io';
const provider = (object: KubernetesObject): string | undefined => textAt(object.root, 'spec', 'provider');

const WAYS: Readonly<Record<string, Way>> = {
  [`${SOURCE}/OCIRepository`](object, context) {
    if (provider(object) !== 'azure') return [];
    const secret = secretName(object);
    return [
      ...(secret
        ? [`The pull secret ${code(secret)} goes first: Entra ID is asked only where it has nothing for the registry.`]
        : []),
      ...objectOrController(object, ['spec', 'serviceAccountName'], 'source-controller', context, {
        pullSecretsFirst: true,
      }),
    ];
  },
  [`${SOURCE}/HelmRepository`](object, context) {
    if (provider(object) !== 'azure') return [];
    if (textAt(object.root, 'spec', 'type') !== 'oci') return ['`provider` is not read, as `type` is not `oci`.'];
    const secret = secretName(object);
    if (secret)
      return [`With the credentials in Secret ${code(secret)}: beside a \`secretRef\` the provider is not used.`];
    return [...controller('source-controller', context), 'A HelmRepository has no identity of its own.'];
  },
  [`${SOURCE}/GitRepository`](object, context) {
    if (provider(object) !== 'azure') return [];
    const secret = secretName(object);
    return [
      ...objectOrController(object, ['spec', 'serviceAccountName'], 'source-controller', context),
      ...(secret
        ? [`Of Secret ${code(secret)} only certificates are used: the token replaces user name and password.`]
        : []),
    ];
  },
  [`${SOURCE}/Bucket`](object, context) {
    if (provider(object) !== 'azure') return [];
    const name = secretName(object);
    if (name) {
      const found = context.workspace.find('', 'Secret', name, object);
      const how = found.state === 'found' && found.values[0] ? bucketWay(dataOf(found.values[0])) : undefined;
      return [
        `With ${how ?? 'the keys'} of Secret ${code(name)}.${found.state === 'found' ? '' : ' The Secret is not in the workspace.'}`,
        'Workload identity is not tried, as there is a `secretRef`.',
      ];
    }
    return objectOrController(object, ['spec', 'serviceAccountName'], 'source-controller', context);
  },
  'image.toolkit.fluxcd.io/ImageRepository'(object, context) {
    if (provider(object) !== 'azure') return [];
    const secret = secretName(object);
    return [
      ...objectOrController(object, ['spec', 'serviceAccountName'], 'image-reflector-controller', context),
      ...(secret ? [`The pull secret ${code(secret)} is not read, as there is a provider.`] : []),
    ];
  },
  'kustomize.toolkit.fluxcd.io/Kustomization'(object, context) {
    if (textAt(object.root, 'spec', 'decryption', 'provider') !== 'sops') return [];
    const name = textAt(object.root, 'spec', 'decryption', 'secretRef', 'name');
    const found = name ? context.workspace.find('', 'Secret', name, object) : undefined;
    const key = found?.state === 'found' && found.values.some((s) => dataOf(s).has('sops.azure-kv'));
    if (key)
      return [
        `For Key Vault: with \`sops.azure-kv\` of Secret ${code(name as string)}, which goes before any identity.`,
      ];
    const unseen =
      name && found?.state !== 'found'
        ? [`Secret ${code(name)} is not in the workspace; a \`sops.azure-kv\` in it would go first.`]
        : [];
    return [
      ...objectOrController(object, ['spec', 'decryption', 'serviceAccountName'], 'kustomize-controller', context).map(
        (l, i) => (i === 0 ? `For Key Vault: ${lower(l)}` : l),
      ),
      ...unseen,
    ];
  },
  'notification.toolkit.fluxcd.io/Provider'(object, context) {
    const type = textAt(object.root, 'spec', 'type');
    if (type !== 'azuredevops' && type !== 'azureeventhub') return [];
    const name = secretName(object);
    const found = name ? context.workspace.find('', 'Secret', name, object) : undefined;
    const data: ReadonlyMap<string, DataItem> =
      found?.state === 'found' && found.values[0] ? dataOf(found.values[0]) : new Map();
    if (name && found?.state !== 'found')
      return [
        `With what is in Secret ${code(name)}, which is not in the workspace.`,
        ...(type === 'azuredevops' ? ['Without a `token` in it, workload identity is used (Flux 2.7).'] : []),
      ];
    if (type === 'azuredevops') {
      if (data.has('token'))
        return [
          `With the personal access token in Secret ${code(name as string)}; \`serviceAccountName\` is not used.`,
        ];
      if (!atLeast(context.flux, '2.7'))
        return ['With a personal access token, which is missing: before Flux 2.7 there is no other way.'];
    } else {
      const address = data.get('address')?.text ?? textAt(object.root, 'spec', 'address') ?? '';
      if (isConnectionString(address)) return ['With the shared access signature of the connection string.'];
      if (data.has('token')) return [`With the JWT in Secret ${code(name as string)}, which lives an hour.`];
    }
    return objectOrController(object, ['spec', 'serviceAccountName'], 'notification-controller', context);
  },
  'image.toolkit.fluxcd.io/ImageUpdateAutomation'(object, context) {
    const name = textAt(object.root, 'spec', 'sourceRef', 'name');
    const namespace = textAt(object.root, 'spec', 'sourceRef', 'namespace');
    const found = name
      ? context.workspace.find(SOURCE, 'GitRepository', name, namespace ? { namespace } : object)
      : undefined;
    const source = found?.state === 'found' ? found.values[0] : undefined;
    if (!source || provider(source) !== 'azure') return [];
    const account = textAt(source.root, 'spec', 'serviceAccountName');
    return account
      ? [
          `As GitRepository ${code(name as string)} does, with ServiceAccount ${code(account)} of this object’s own namespace.`,
        ]
      : controller('image-automation-controller', context);
  },
  'fluxcd.controlplane.io/FluxInstance'(object, context) {
    if (textAt(object.root, 'spec', 'sync', 'provider') !== 'azure') return [];
    return controller('source-controller', context);
  },
  '/ConfigMap'(object, context) {
    const data = dataOf(object);
    if (data.get('provider')?.text !== 'azure' || !(data.has('cluster') || data.has('address'))) return [];
    return objectOrController(object, ['data', 'serviceAccountName'], undefined, context);
  },
  'fluxcd.controlplane.io/ResourceSetInputProvider'(object, context) {
    const type = textAt(object.root, 'spec', 'type') ?? '';
    if (!/^(AzureDevOps|ACR)/.test(type)) return [];
    const secret = secretName(object);
    if (secret && type.startsWith('AzureDevOps')) return [`With user name and password of Secret ${code(secret)}.`];
    return objectOrController(object, ['spec', 'serviceAccountName'], 'flux-operator', context);
  },
};

const lower = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);

const secretName = (object: KubernetesObject): string | undefined => textAt(object.root, 'spec', 'secretRef', 'name');

/** Which of a Bucket's credentials the controller takes: fluxcd/source-controller internal/bucket/azure/blob.go. */
function bucketWay(data: ReadonlyMap<string, DataItem>): string | undefined {
  const has = (key: string) => data.has(key) && data.get(key)?.text !== '';
  if (has('tenantId') && has('clientId') && has('clientSecret')) return 'the client secret';
  if (has('tenantId') && has('clientId') && has('clientCertificate')) return 'the certificate';
  if (has('clientId')) return 'a managed identity of the node, by `clientId`,';
  if (has('accountKey')) return 'the account key';
  return has('sasKey') ? 'the shared access signature' : undefined;
}

function objectOrController(
  object: KubernetesObject,
  path: readonly string[],
  controllerName: string | undefined,
  context: RuleContext,
  options: { readonly pullSecretsFirst?: boolean } = {},
): string[] {
  const account = asScalar(get(object.root, ...path));
  const name = text(account);
  if (!account || !name) {
    if (
      context.workspace
        .objects('fluxcd.controlplane.io', 'FluxInstance')
        .some((i) => asScalar(get(i.root, 'spec', 'cluster', 'multitenantWorkloadIdentity'))?.value === true)
    )
      return ['With the tenant’s default ServiceAccount, as the FluxInstance asks for multi-tenant workload identity.'];
    return controllerName
      ? controller(controllerName, context)
      : ['With the identity of the controller that reads this ConfigMap.'];
  }
  if (isTemplate(name)) return ['With an identity of its own, by a ServiceAccount whose name is filled in later.'];
  return [
    ...objectLevel(name, context.workspace.find('', 'ServiceAccount', name, object), context, options),
    ...gate(controllerName, context),
  ];
}

function objectLevel(
  name: string,
  found: Lookup<KubernetesObject>,
  context: RuleContext,
  { pullSecretsFirst }: { readonly pullSecretsFirst?: boolean },
): string[] {
  if (found.state !== 'found')
    return [`With an identity of its own, by ServiceAccount ${code(name)}, which is not in the workspace.`];
  const accounts = found.values.map((a) => context.workspace.patched(a));
  const account = accounts[0] as KubernetesObject;
  const client = clientIdOf(account);
  const missing = [
    client === undefined ? 'client-id' : '',
    tenantIdOf(account) === undefined ? 'tenant-id' : '',
  ].filter(Boolean);
  const pull =
    pullSecretsFirst && items(get(account.root, 'imagePullSecrets')).length > 0
      ? ['Its image pull secrets go first: Entra ID is asked only where they have nothing for the registry.']
      : [];
  if (missing.length > 0)
    return [
      `ServiceAccount ${code(name)} lacks the annotation${missing.length > 1 ? 's' : ''} ${missing.map((m) => code(`azure.workload.identity/${m}`)).join(' and ')}, without which it cannot log in.`,
      ...pull,
    ];
  const identity =
    identityOfAccount(account, context.workspace) ??
    (client ? identityOfClientId(client, context.workspace) : undefined);
  return [
    `With an identity of its own: ${identity ? `**${identity.name}**, ` : ''}client id ${code(client ?? '')}, by ServiceAccount ${code(name)}${accounts.length > 1 ? ` (one of ${accounts.length} of this name)` : ''}.`,
    ...pull,
  ];
}

/** Whether the feature gate that identities of objects need is seen to be on. */
function gate(controllerName: string | undefined, { workspace }: RuleContext): string[] {
  const instances = workspace.objects('fluxcd.controlplane.io', 'FluxInstance');
  if (instances.some((i) => asScalar(get(i.root, 'spec', 'cluster', 'objectLevelWorkloadIdentity'))?.value === true))
    return [];
  const templates = deployments(controllerName, workspace);
  const on = templates.some((t) => /ObjectLevelWorkloadIdentity=true/.test(argumentsOf(t)));
  return on
    ? []
    : ['The controller needs the feature gate `ObjectLevelWorkloadIdentity`, which no file here switches on.'];
}

const argumentsOf = (template: PodTemplate): string =>
  template.containers.flatMap((c) => items(get(c.node, 'args')).map((a) => text(a) ?? '')).join(' ');

/** The pod templates of a controller, or of all: Deployments with their patches, and patches of what is not here. */
function deployments(name: string | undefined, workspace: RuleContext['workspace']): PodTemplate[] {
  return (name === undefined ? FLUX_CONTROLLERS : [name])
    .flatMap((n) => named('apps', 'Deployment', n, workspace))
    .flatMap((d) => podTemplateOf(d) ?? []);
}

function named(group: string, kind: string, name: string, workspace: RuleContext['workspace']): KubernetesObject[] {
  return [
    ...workspace.having(group, kind, byText('metadata', 'name'), name).map((o) => workspace.patched(o)),
    ...workspace.patches(group, kind).filter((p) => concerns(p, name)),
  ];
}

/** The identity of a controller, from its Deployment, its ServiceAccount and the patches of both. */
function controller(name: string, { workspace }: RuleContext): string[] {
  const templates = deployments(name, workspace);
  const env = new Map(
    templates.flatMap((t) => t.containers.flatMap((c) => c.env)).map((e) => [e.nameText, text(e.value)] as const),
  );
  if (env.has('AZURE_CLIENT_SECRET') || env.has('AZURE_CLIENT_CERTIFICATE_PATH'))
    return [
      `With the ${env.has('AZURE_CLIENT_SECRET') ? 'client secret' : 'certificate'} in the environment of ${name}.`,
    ];
  const accounts = named('', 'ServiceAccount', name, workspace);
  const client = env.get('AZURE_CLIENT_ID') ?? accounts.map(clientIdOf).find((c) => c !== undefined);
  const labelled = templates.some((t) => text(t.label('azure.workload.identity/use')?.value) === 'true');
  const byHand = env.has('AZURE_FEDERATED_TOKEN_FILE');
  const identity = client ? identityOfClientId(client, workspace) : undefined;
  const who = client ? `${identity ? `**${identity.name}**, ` : ''}client id ${code(client)}` : undefined;
  if ((labelled || byHand) && who) return [`With workload identity of ${name}: ${who}.`];
  if (labelled)
    return [
      `With the identity of ${name}: its pods have the label of workload identity, but no file here gives its ServiceAccount a client id.`,
    ];
  if (who)
    return [
      `${name} has a client id (${who}), but no file here gives its pods the label \`azure.workload.identity/use\`: without it the identity of the node is used.`,
    ];
  return [
    `With the identity of ${name}. No file here gives it one: then it is that of the node, on AKS the kubelet’s.`,
  ];
}
