import type { Session } from '../engine/session.ts';
import { inFile } from '../engine/session.ts';
import { asScalar, get } from '../yaml/navigate.ts';
import type { Location } from './occurrences.ts';

/** An object of the workspace. */
export interface WorkspaceSymbol extends Location {
  readonly name: string;
  readonly kind: string;
  readonly group: string;
  /** The namespace as it is written. */
  readonly container: string | undefined;
}

const MAX_SYMBOLS = 400;

/** The objects whose `kind/name` has the letters of the query in its order; all of them for an empty query. */
export function workspaceSymbols(session: Session, query: string): WorkspaceSymbol[] {
  const found: { symbol: WorkspaceSymbol; rank: number }[] = [];
  const wanted = query.toLowerCase().replace(/\s+/g, '');
  for (const uri of session.uris())
    for (const document of session.file(uri)?.documents ?? [])
      for (const { object } of session.unitsOf(document)) {
        if (!object?.name || object.partial || object.group === 'kustomize.config.k8s.io') continue;
        const rank = match(`${object.kind}/${object.name}`.toLowerCase(), wanted);
        const node = rank === undefined ? undefined : (asScalar(get(object.root, 'metadata', 'name')) ?? object.root);
        const at = node && inFile(node.tree, node.span);
        if (at && rank !== undefined)
          found.push({
            rank,
            symbol: { ...at, name: object.name, kind: object.kind, group: object.group, container: object.namespace },
          });
      }
  return found
    .sort((a, b) => a.rank - b.rank || (a.symbol.name < b.symbol.name ? -1 : a.symbol.name > b.symbol.name ? 1 : 0))
    .slice(0, MAX_SYMBOLS)
    .map((f) => f.symbol);
}

/** 0 where the text holds the query as it is, 1 where it holds its letters in order. */
function match(text: string, query: string): number | undefined {
  if (text.includes(query)) return 0;
  let at = 0;
  for (const letter of query) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return undefined;
  }
  return 1;
}
