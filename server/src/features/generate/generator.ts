/** What a generator is: questions in order, and the files that follow from the answers. */

/** Answers by the key of their step. Flags are `true` or `false`, several choices are joined by commas. */
export type Values = Readonly<Record<string, string>>;

/** Values seen in the workspace, offered before examples: no doubles, the most frequent first. */
export interface Known {
  readonly clientIds: readonly string[];
  readonly tenantIds: readonly string[];
  readonly subscriptions: readonly string[];
  /** Login servers such as `contoso.azurecr.io`. */
  readonly registries: readonly string[];
  /** Names of vaults, without the suffix. */
  readonly vaults: readonly string[];
  /** Key URLs with vault, key and perhaps version. */
  readonly keys: readonly string[];
  readonly storageAccounts: readonly string[];
  readonly namespaces: readonly string[];
  /** `namespace/name`. */
  readonly serviceAccounts: readonly string[];
  /** Https URLs of Azure DevOps repositories. */
  readonly repositories: readonly string[];
  /** ARM ids of AKS clusters. */
  readonly clusters: readonly string[];
  /** URLs of OIDC issuers. */
  readonly issuers: readonly string[];
  /** Names of Flux GitRepositories. */
  readonly gitRepositories: readonly string[];
}

export const NOTHING_KNOWN: Known = {
  clientIds: [],
  tenantIds: [],
  subscriptions: [],
  registries: [],
  vaults: [],
  keys: [],
  storageAccounts: [],
  namespaces: [],
  serviceAccounts: [],
  repositories: [],
  clusters: [],
  issuers: [],
  gitRepositories: [],
};

export interface GenerateContext {
  /** A minor (`2.9`), meaning its newest patch, or a whole version (`2.8.4`). */
  readonly fluxVersion: string;
  readonly argocdVersion: string;
  readonly known: Known;
}

export interface Choice {
  readonly value: string;
  readonly title: string;
  readonly detail?: string;
  /** Why it cannot be chosen here; absent when it can. */
  readonly refused?: string | undefined;
}

export interface Step {
  /** camelCase; the name of `--set key=value`. */
  readonly key: string;
  readonly title: string;
  /** A whole question or request, with what to look at when answering. */
  readonly prompt: string;
  /** `choices` allows several values, joined by commas. */
  readonly kind: 'text' | 'choice' | 'choices' | 'flag';
  /** Absent: always asked. Sees the answers of the steps before it, defaults filled in. */
  readonly when?: (values: Values, context: GenerateContext) => boolean;
  readonly choices?: (values: Values, context: GenerateContext) => readonly Choice[];
  /** Values to offer for a text; the user may write another. */
  readonly suggestions?: (values: Values, context: GenerateContext) => readonly string[];
  readonly default?: string | ((values: Values, context: GenerateContext) => string);
  /** A value that is right, for the docs, the tests and the placeholder of an input box. */
  readonly example?: string;
  /** The reason why a value cannot be, as a sentence; undefined when it can. Never asked for an empty value. */
  readonly validate?: (value: string, values: Values, context: GenerateContext) => string | undefined;
  /** True when nothing may be answered. */
  readonly optional?: boolean;
}

export interface GeneratedFile {
  /** Relative to the folder the user chose. */
  readonly path: string;
  /** VS Code's language id. */
  readonly language: 'yaml' | 'shellscript' | 'terraform' | 'bicep';
  readonly content: string;
  /** What to do with the file, in a sentence or two. */
  readonly note?: string;
}

export interface Generator {
  /** kebab-case; the name on the command line. */
  readonly name: string;
  readonly title: string;
  readonly detail: string;
  /** Why it cannot serve these versions; absent or undefined when it can. */
  readonly refused?: (context: GenerateContext) => string | undefined;
  readonly steps: readonly Step[];
  /** Takes values that passed `resolve`: every step that applies has one, empty for what was left out. */
  readonly render: (values: Values, context: GenerateContext) => readonly GeneratedFile[];
}

export const isOn = (values: Values, key: string): boolean => values[key] === 'true';

/** The items of a step of kind `choices`. */
export const chosen = (values: Values, key: string): string[] =>
  (values[key] ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** The value of a key, undefined when nothing was answered. */
export const given = (values: Values, key: string): string | undefined => values[key] || undefined;
