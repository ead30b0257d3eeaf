import { joinPath } from '../../text/uri.ts';
import type { GeneratedObject, Possible } from '../context.ts';
import { type Build, buildsOfIdentity } from './builds.ts';
import type { ChainFinder } from './chains.ts';
import type { FileLinks } from './file-links.ts';
import type { Generator } from './generator.ts';
import type { Documents } from './patch-content.ts';
import type { KustomizationFile } from './read.ts';
import type { Identity } from './selector.ts';

/** A Secret or ConfigMap that a generator makes. */
export interface GeneratedByKustomize extends GeneratedObject {
  readonly generator: Generator;
  readonly kustomization: KustomizationFile;
  readonly builds: readonly Build[];
}

/** Generators whose name cannot be read are left out. */
export function generatedObjects(
  kind: 'Secret' | 'ConfigMap',
  links: FileLinks,
  chains: ChainFinder,
  documents: Documents,
): GeneratedByKustomize[] {
  return links.kustomizations.flatMap((kustomization) =>
    kustomization.configMapsAndSecrets.flatMap((generator) => {
      const name = generator.name?.text;
      if (generator.kind !== kind || name === undefined) return [];
      const builds = buildsOfIdentity(identity(generator, name), chains.ofKustomization(kustomization), documents);
      const type = generator.type?.text;
      return [
        {
          kind,
          name,
          generator,
          node: generator.node,
          kustomization,
          document: kustomization.document,
          builds,
          names: possible(builds.map((build) => build.name)),
          namespaces: possible(builds.map((build) => build.namespace)),
          hashed: generator.hashed,
          keys: keysOf(generator, kustomization.folder, links),
          open: !generator.complete || generator.envs.length > 0 || generator.behavior === 'merge',
          ...(type === undefined ? {} : { type }),
        },
      ];
    }),
  );
}

function identity(generator: Generator, name: string): Identity {
  const none = { values: new Map<string, string>(), complete: true };
  const namespace = generator.namespace ? generator.namespace.text : '';
  return {
    apiVersion: 'v1',
    group: '',
    version: 'v1',
    kind: generator.kind,
    names: [name],
    namespaces: [namespace],
    labels: none,
    annotations: none,
  };
}

function keysOf(generator: Generator, folder: string, links: FileLinks): GeneratedObject['keys'] {
  const literals = generator.literals.map(({ key, node }) => ({ key, text: literalText(node.text) }));
  const files = generator.files.map(({ key, path }) => {
    const uri = joinPath(folder, path);
    return { key, uri: links.uris.get(uri) ?? uri };
  });
  return [...literals, ...files];
}

/** What stands behind `key=`, without one pair of quotes around it (kustomize, api/kv/kv.go). */
function literalText(literal: string): string {
  const value = literal.slice(literal.indexOf('=') + 1);
  const quote = value[0];
  return value.length > 1 && (quote === '"' || quote === "'") && value.endsWith(quote) ? value.slice(1, -1) : value;
}

/** The names that all builds give; unknown where one of them is, or where there is no build. */
export function possible(values: readonly (string | undefined)[]): Possible {
  const names = new Set<string>();
  for (const value of values) {
    if (value === undefined) return { known: false };
    names.add(value);
  }
  return names.size > 0 ? { known: true, names } : { known: false };
}
