/** Questions that several generators ask. */
import { type Cloud, type CloudId, cloudById, OPEN_CLOUDS } from '../../azure/clouds.ts';
import { devOpsHttpsUrl, parseDevOpsUrl } from '../../azure/devops.ts';
import {
  isAcrHost,
  isLoginLabel,
  isRepositoryPath,
  parseLoginServer,
  REPOSITORY_RULE,
} from '../../azure/registries.ts';
import { isTenant, TENANT_RULE } from '../../azure/tenants.ts';
import { isGuid, isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import type { Choice, GenerateContext, Step, Values } from './generator.ts';
import { branchProblem, durationProblem, namespaceProblem, objectNameProblem, semverRangeProblem } from './names.ts';
import { needsFlux } from './versions.ts';

type Overrides = Partial<Step>;

/** The rest of a sentence: `clause` without a capital and without a full stop. */
const because = (value: string, clause: string): string => `"${value}" cannot be: ${clause}.`;

/** Validation that lets variables such as `${CLIENT_ID}` through, whose value nobody knows yet. */
export const unlessTemplate =
  (problem: (value: string) => string | undefined) =>
  (value: string): string | undefined => {
    if (isTemplate(value)) return undefined;
    if (isPlaceholder(value)) return `"${value}" is a placeholder; write the value, or a variable such as \${NAME}.`;
    return problem(value);
  };

/** Validation by a test and the rule it stands for, with variables let through. */
export const rule = (test: (value: string) => boolean, clause: string): ((value: string) => string | undefined) =>
  unlessTemplate((value) => (test(value) ? undefined : because(value, clause)));

/** The same without variables: for what becomes part of other names. */
export const strictRule =
  (test: (value: string) => boolean, clause: string) =>
  (value: string): string | undefined =>
    test(value) ? undefined : because(value, clause);

export const nameStep = (what: string, fallback: string, overrides: Overrides = {}): Step => ({
  key: 'name',
  title: `Name of the ${what}`,
  prompt: `Which name shall the ${what} have?`,
  kind: 'text',
  default: fallback,
  example: fallback,
  validate: objectNameProblem,
  ...overrides,
});

export const namespaceStep = (fallback: string, overrides: Overrides = {}): Step => ({
  key: 'namespace',
  title: 'Namespace',
  prompt: 'In which namespace?',
  kind: 'text',
  suggestions: (_, { known }) => known.namespaces,
  default: fallback,
  example: fallback,
  validate: namespaceProblem,
  ...overrides,
});

export const intervalStep = (fallback: string): Step => ({
  key: 'interval',
  title: 'Interval',
  prompt: 'How often shall Flux look?',
  kind: 'text',
  suggestions: () => ['1m', '5m', '10m', '30m', '1h'],
  default: fallback,
  example: fallback,
  validate: durationProblem,
});

export const clientIdStep = (overrides: Overrides = {}): Step => ({
  key: 'clientId',
  title: 'Client id',
  prompt: 'Client (application) id of the managed identity or app registration',
  kind: 'text',
  suggestions: (_, { known }) => known.clientIds,
  example: '5d2f0a6c-7b1e-4c39-9a84-e0c6b7f41d23',
  validate: rule(isGuid, 'a client id is a GUID; neither the object id nor the ARM id of the identity'),
  ...overrides,
});

export const tenantIdStep = (overrides: Overrides = {}): Step => ({
  key: 'tenantId',
  title: 'Tenant id',
  prompt: 'Tenant of the identity: its GUID or a verified domain',
  kind: 'text',
  suggestions: (_, { known }) => known.tenantIds,
  example: 'c8a1e4b7-3f52-4d06-8b9d-27f06a5ce914',
  validate: (value, values) =>
    rule(isTenant, TENANT_RULE)(value) ??
    (value.toLowerCase() === values.clientId?.toLowerCase() && !isTemplate(value)
      ? 'This is the client id; the tenant has another.'
      : undefined),
  ...overrides,
});

export const subscriptionStep = (overrides: Overrides = {}): Step => ({
  key: 'subscription',
  title: 'Subscription',
  prompt: 'Id of the Azure subscription',
  kind: 'text',
  suggestions: (_, { known }) => known.subscriptions,
  example: '7e94b3d1-0c68-4fa2-b5d7-19e8a6c3f045',
  validate: rule(isGuid, 'a subscription id is a GUID'),
  ...overrides,
});

const CLOUD_CHOICES: readonly Choice[] = OPEN_CLOUDS.map((cloud) => ({
  value: cloud.id,
  title: cloud.title,
  detail: cloud.names.autorest,
}));

export const cloudStep = (overrides: Overrides = {}): Step => ({
  key: 'cloud',
  title: 'Cloud',
  prompt: 'In which Azure cloud?',
  kind: 'choice',
  choices: () => CLOUD_CHOICES,
  default: 'public',
  ...overrides,
});

/** The cloud chosen in a step with the choices of `cloudStep`. */
export const cloudOf = (values: Values, key = 'cloud'): Cloud => cloudById((values[key] || 'public') as CloudId);

/** The login server of a registry: a bare name means the public cloud. */
export const registryStep = (overrides: Overrides = {}): Step => ({
  key: 'registry',
  title: 'Registry',
  prompt: 'Login server of the Azure container registry',
  kind: 'text',
  suggestions: (_, { known }) => known.registries,
  example: 'contoso.azurecr.io',
  validate: unlessTemplate((value) => {
    if (value.includes('://')) return `Leave out the scheme: ${value.replace(/^.*:\/\//, '')}`;
    if (/[/:@]/.test(value)) return 'Only the host is asked for here, without repository, port and tag.';
    if (!value.includes('.')) return because(value, 'a login server is a host, such as contoso.azurecr.io');
    if (!isAcrHost(value))
      return because(value, 'Flux takes only hosts under azurecr.io, azurecr.cn, azurecr.us and azurecr.de for Azure');
    const server = parseLoginServer(value);
    return server && isLoginLabel(server.name)
      ? undefined
      : because(value, 'a registry name has 5 to 50 letters and digits');
  }),
  ...overrides,
});

export const repositoryStep = (example: string, overrides: Overrides = {}): Step => ({
  key: 'repository',
  title: 'Repository',
  prompt: 'Repository inside the registry, without tag',
  kind: 'text',
  example,
  validate: rule(isRepositoryPath, REPOSITORY_RULE),
  ...overrides,
});

/** An Azure DevOps repository; every form that can be pasted is taken, `devOpsUrl` makes the canonical one. */
export const devOpsStep = (overrides: Overrides = {}): Step => ({
  key: 'url',
  title: 'Repository',
  prompt: 'Clone URL of the Azure DevOps repository, as the portal shows it',
  kind: 'text',
  suggestions: (_, { known }) => known.repositories,
  example: 'https://dev.azure.com/contoso/platform/_git/fleet',
  validate: (value) =>
    parseDevOpsUrl(value) === undefined
      ? because(value, 'a clone URL has the form https://dev.azure.com/{organization}/{project}/_git/{repository}')
      : undefined,
  ...overrides,
});

/** The https URL with four parts and no user, which both GitRepository and Provider accept. */
export const devOpsUrl = (text: string): string => {
  const repository = parseDevOpsUrl(text);
  return repository === undefined ? text : devOpsHttpsUrl(repository);
};

export const serviceAccountStep = (fallback: string, overrides: Overrides = {}): Step => ({
  key: 'serviceAccount',
  title: 'ServiceAccount',
  prompt: 'Name of the ServiceAccount with the identity, in the same namespace',
  kind: 'text',
  suggestions: (values, { known }) =>
    known.serviceAccounts
      .filter((account) => account.startsWith(`${values.namespace}/`))
      .map((account) => account.slice(account.indexOf('/') + 1)),
  default: fallback,
  example: fallback,
  validate: objectNameProblem,
  ...overrides,
});

/** Where Flux takes its identity from; `objectSince` is the Flux minor from which objects may name a ServiceAccount. */
export const fluxAuthStep = (
  objectSince: string,
  more: readonly Choice[] | ((values: Values, context: GenerateContext) => readonly Choice[]),
  overrides: Overrides & { readonly controllerSince?: string } = {},
): Step => {
  const { controllerSince, ...rest } = overrides;
  return {
    key: 'auth',
    title: 'Authentication',
    prompt: 'How shall Flux authenticate?',
    kind: 'choice',
    choices: (values, context) => [
      {
        value: 'controller',
        title: 'Identity of the controller',
        detail: 'One identity for all objects of the controller',
        refused: controllerSince && needsFlux(context.fluxVersion, controllerSince, 'An identity for this integration'),
      },
      {
        value: 'serviceAccount',
        title: 'Identity of a ServiceAccount',
        detail: 'An identity for this object; needs the feature gate ObjectLevelWorkloadIdentity',
        refused: needsFlux(context.fluxVersion, objectSince, 'An identity for one object'),
      },
      ...(typeof more === 'function' ? more(values, context) : more),
    ],
    // The first that can be had: old releases know nothing but credentials for some integrations.
    default: (_, { fluxVersion }) =>
      controllerSince && needsFlux(fluxVersion, controllerSince, '') ? 'secret' : 'controller',
    ...rest,
  };
};

export const whenAuth =
  (...wanted: readonly string[]) =>
  (values: Values): boolean =>
    wanted.includes(values.auth ?? '');

export const rangeStep = (overrides: Overrides = {}): Step => ({
  key: 'range',
  title: 'Range',
  prompt: 'Semver range of versions',
  kind: 'text',
  default: '>=1.0.0',
  example: '>=1.0.0',
  validate: unlessTemplate(semverRangeProblem),
  ...overrides,
});

export const branchStep = (overrides: Overrides = {}): Step => ({
  key: 'branch',
  title: 'Branch',
  prompt: 'Which branch?',
  kind: 'text',
  default: 'main',
  example: 'main',
  validate: unlessTemplate(branchProblem),
  ...overrides,
});

/** The path of manifests inside a repository. */
export const pathStep = (fallback: string, validate: (value: string) => string | undefined): Step => ({
  key: 'path',
  title: 'Path',
  prompt: 'Folder inside the repository',
  kind: 'text',
  default: fallback,
  example: fallback,
  validate: unlessTemplate(validate),
});

/** The source of a Kustomization. */
export const sourceSteps = (when?: (values: Values) => boolean): Step[] => [
  {
    key: 'sourceKind',
    title: 'Kind of source',
    prompt: 'Where do the manifests come from?',
    kind: 'choice',
    ...(when && { when }),
    choices: () => [
      { value: 'GitRepository', title: 'GitRepository' },
      { value: 'OCIRepository', title: 'OCIRepository' },
      { value: 'Bucket', title: 'Bucket' },
    ],
    default: 'GitRepository',
  },
  {
    key: 'source',
    title: 'Source',
    prompt: 'Name of the source, in the same namespace',
    kind: 'text',
    ...(when && { when }),
    suggestions: (values, { known }) => (values.sourceKind === 'GitRepository' ? known.gitRepositories : []),
    default: 'flux-system',
    example: 'flux-system',
    validate: objectNameProblem,
  },
];

export const sendChainStep = (when: (values: Values) => boolean): Step => ({
  key: 'sendChain',
  title: 'Certificate chain',
  prompt: 'Send the chain of the certificate (subject name and issuer authentication)?',
  kind: 'flag',
  when,
  default: 'false',
});
