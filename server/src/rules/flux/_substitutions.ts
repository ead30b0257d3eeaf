import type { Workspace } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { annotation, label } from '../../model/object.ts';
import type { Span } from '../../text/span.ts';
import { asScalar, entries, follow, get, items, text, textAt } from '../../yaml/navigate.ts';
import type { Node, Tree } from '../../yaml/tree.ts';
import { view } from '../views.ts';

/** Names that Flux takes for variables (fluxcd/pkg kustomize/kustomize_varsub.go). */
export const VARIABLE_NAME = /^[_a-zA-Z][_a-zA-Z0-9]*$/;

/** An object in which Flux replaces variables after the build, whoever builds it. */
export interface Substituted {
  readonly object: KubernetesObject;
  /** All the Flux Kustomizations that build it. At least one, and all of them have variables. */
  readonly kustomizations: readonly KubernetesObject[];
}

const SWITCH = 'kustomize.toolkit.fluxcd.io/substitute';

/** Objects, whole or in patches, that are built by Flux Kustomizations with variables. */
export const substituted = view<Substituted>(
  'objects built by a Kustomization with postBuild',
  function* ({ object, owner, document }, { workspace }) {
    // What stands in a string is the string's: found with the object that holds it.
    if (!object || owner || !document.text.includes('${')) return;
    const off = [annotation(object, SWITCH), label(object, SWITCH)];
    if (off.some((entry) => entry && text(entry.value) === 'disabled')) return;
    const kustomizations = workspace.fluxKustomizationsOf(document.uri);
    if (kustomizations.length > 0 && kustomizations.every(hasVariables)) yield { object, kustomizations };
  },
  (_, type) => type !== undefined,
);

/** Flux replaces nothing where there is no variable at all, unless it is told to. */
function hasVariables({ root }: KubernetesObject): boolean {
  const postBuild = get(root, 'spec', 'postBuild');
  return (
    entries(get(postBuild, 'substitute')).length > 0 ||
    items(get(postBuild, 'substituteFrom')).length > 0 ||
    textAt(postBuild, 'substituteStrategy') === 'Always'
  );
}

/** One `${…}` in a value. */
export interface Expression {
  readonly name: string;
  /** What stands between the name and the closing brace. */
  readonly rest: string;
  readonly source: string;
  readonly tree: Tree;
  readonly span: Span;
}

const EXPRESSION = /(\$?)\$\{([_a-zA-Z][_a-zA-Z0-9]*)([^}]*)\}/g;

/** The expressions in the values of an object, as they are written; `$${` is an escape. */
export function* expressionsIn(node: Node | undefined, depth = 0): Iterable<Expression> {
  const current = follow(node);
  if (!current || depth > 60) return;
  if (current.kind === 'scalar') {
    // An alias is looked at where its anchor stands.
    if (node?.kind === 'alias' || !current.text.includes('${')) return;
    const { tree, span } = current;
    for (const match of tree.text.slice(span.start, span.end).matchAll(EXPRESSION)) {
      if (match[1] !== '') continue;
      const start = span.start + match.index;
      yield {
        name: match[2] as string,
        rest: match[3] as string,
        source: match[0],
        tree,
        span: { start, end: start + match[0].length },
      };
    }
  } else if (current.kind === 'seq') {
    if (node?.kind !== 'alias') for (const item of current.items) yield* expressionsIn(item, depth + 1);
  } else if (current.kind === 'map' && node?.kind !== 'alias')
    for (const entry of current.entries) yield* expressionsIn(entry.value, depth + 1);
}

/**
 * The names of the variables of a Kustomization, with what the patches of others add: a Kustomization often gives those
 * it deploys their variables. `undefined` where some of them may be out of sight.
 */
export function variablesOf(kustomization: KubernetesObject, workspace: Workspace): ReadonlySet<string> | undefined {
  if (!workspace.isComplete(kustomization)) return undefined;
  const names = new Set<string>();
  for (const { root } of workspace.variants(kustomization)) {
    const postBuild = get(root, 'spec', 'postBuild');
    for (const entry of entries(get(postBuild, 'substitute'))) names.add(entry.key.text);
    for (const item of items(get(postBuild, 'substituteFrom'))) {
      const keys = keysFrom(item, kustomization, workspace);
      if (!keys) return undefined;
      for (const key of keys) names.add(key);
    }
  }
  return names;
}

/** The keys of a ConfigMap or Secret that variables are taken from; `undefined` where they are not known. */
function keysFrom(item: Node, kustomization: KubernetesObject, workspace: Workspace): string[] | undefined {
  const kind = textAt(item, 'kind');
  const name = textAt(item, 'name');
  if (name === undefined || (kind !== 'ConfigMap' && kind !== 'Secret')) return undefined;
  if (asScalar(get(item, 'optional'))?.value === true) return undefined;
  const found = workspace.find('', kind, name, kustomization);
  if (found.state !== 'found' || !found.values.every((source) => workspace.isComplete(source))) return undefined;
  return found.values.flatMap((source) => {
    const { root } = workspace.patched(source);
    return ['data', 'stringData'].flatMap((field) => entries(get(root, field)).map((entry) => entry.key.text));
  });
}
