import type { PatchTarget } from '../object.ts';
import type { FileLinks } from './file-links.ts';
import { isKustomizationFileName } from './read.ts';

/** What other files make of a file, in plain data. A file may be several things; `role` is the one that says most. */
export interface FileRole {
  readonly role: 'kustomization' | 'patch' | 'input' | 'values' | 'configuration' | 'resource' | 'unknown';
  /** True where a kustomization applies the file as a patch: its objects are partial. */
  readonly patch: boolean;
  /** The targets it is applied to, where they are given. */
  readonly targets: readonly PatchTarget[];
  /** The kustomizations that apply it as a patch. Addresses here are canonical (see canonicalUri). */
  readonly patchOf: readonly string[];
  readonly resourceOf: readonly string[];
  /** The generators that put it into a Secret or ConfigMap. */
  readonly inputOf: readonly {
    readonly kustomization: string;
    readonly kind: 'Secret' | 'ConfigMap';
    readonly generator: string | undefined;
    /** `undefined` for a file of `KEY=value` lines. */
    readonly key: string | undefined;
  }[];
}

const NONE: FileRole = { role: 'unknown', patch: false, targets: [], patchOf: [], resourceOf: [], inputOf: [] };

export function roleOfFile(canonical: string, links: FileLinks, isCovered: (canonical: string) => boolean): FileRole {
  const patchUses = links.patchUses.get(canonical) ?? [];
  const inclusions = links.includedBy.get(canonical) ?? [];
  const inputs = links.inputUses.get(canonical) ?? [];
  const isKustomization = links.byUri.has(canonical) || isKustomizationFileName(canonical);
  const role = isKustomization
    ? 'kustomization'
    : patchUses.length > 0
      ? 'patch'
      : inputs.length > 0
        ? 'input'
        : links.valuesUses.has(canonical)
          ? 'values'
          : links.configurationUses.has(canonical)
            ? 'configuration'
            : inclusions.length > 0 || isCovered(canonical)
              ? 'resource'
              : 'unknown';
  if (role === 'unknown') return NONE;
  return {
    role,
    patch: role === 'patch',
    targets: patchUses.flatMap(({ entry }) => entry.target ?? []),
    patchOf: unique(patchUses.map(({ by }) => by.uri)),
    resourceOf: unique(inclusions.map(({ by }) => by.uri)),
    inputOf: inputs.map(({ by, generator, key }) => ({
      kustomization: by.uri,
      kind: generator.kind,
      generator: generator.name?.text,
      key,
    })),
  };
}

const unique = (values: readonly string[]): string[] => [...new Set(values)];
