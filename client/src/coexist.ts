/**
 * What we leave to others, above all to the YAML extension of Red Hat. Pure: the arguments are plain data, so that the
 * policy is tested without an editor. Its language server puts `yaml-schema: <title>` into the source of whatever it
 * reports because of a schema, on the range of the value: an overlap can be seen.
 */

export type SchemaChecks = 'auto' | 'on' | 'off';

export interface PlainRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

export interface PlainDiagnostic {
  readonly range: PlainRange;
  readonly source?: string;
  /** Ours carry `{ schema: true }` here where they say no more than a schema does. */
  readonly data?: unknown;
}

/** The findings to show, of `ours`, beside what every other extension shows for the same file. */
export function visibleDiagnostics<T extends PlainDiagnostic>(
  ours: readonly T[],
  others: readonly PlainDiagnostic[],
  mode: SchemaChecks,
): readonly T[] {
  if (mode === 'on') return ours;
  if (mode === 'off') return ours.filter((diagnostic) => !isSchemaClass(diagnostic));
  const taken = new Set(others.filter(isForeignSchemaFinding).map(({ range }) => key(range)));
  if (taken.size === 0) return ours;
  return ours.filter((diagnostic) => !(isSchemaClass(diagnostic) && taken.has(key(diagnostic.range))));
}

export const isSchemaClass = ({ data }: PlainDiagnostic): boolean => flag(data, 'schema');

export const isForeignSchemaFinding = ({ source }: PlainDiagnostic): boolean =>
  source?.startsWith('yaml-schema: ') === true;

export interface Neighbourhood {
  /** Whether redhat.vscode-yaml is installed and active. */
  readonly yamlExtension: boolean;
  /** Whether the Kubernetes extension, which gives schemas to manifests, is installed. */
  readonly kubernetesExtension: boolean;
  /** The user's `yaml.schemas`. */
  readonly schemas: Readonly<Record<string, unknown>>;
}

/** Whether the YAML extension certainly has a schema for a document of this text: then it offers the bare values. */
export function hasForeignSchema(text: string, around: Neighbourhood): boolean {
  if (!around.yamlExtension) return false;
  if (around.kubernetesExtension) return true;
  if (Object.keys(around.schemas).some((name) => name === 'kubernetes' || /^https?:/.test(name))) return true;
  return /^\s*#\s*yaml-language-server\s*:\s*\$schema=\S/m.test(text);
}

/** The completion items to offer: without bare values (`data.bare`) where the YAML extension offers them already. */
export function visibleItems<T extends object>(items: T[], foreignSchema: boolean, mode: SchemaChecks): T[] {
  if (mode === 'on') return items;
  return mode === 'off' || foreignSchema ? items.filter((item) => !flag('data' in item && item.data, 'bare')) : items;
}

const flag = (data: unknown, name: string): boolean =>
  typeof data === 'object' && data !== null && (data as Record<string, unknown>)[name] === true;

const key = ({ start, end }: PlainRange): string => `${start.line}:${start.character}-${end.line}:${end.character}`;
