import type { TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { parseTree } from '../yaml/parse.ts';
import { splitDocuments } from '../yaml/split.ts';
import type { MapNode, ScalarNode, TextMap, Tree } from '../yaml/tree.ts';
import { base64Map } from './base64-map.ts';
import { readJson } from './json-text.ts';
import { decodedLanguage, type EmbeddedLanguage, embedSites } from './registry.ts';
import { scalarMap } from './scalar-map.ts';

/** A document found inside a string. Its tree knows the way back (`tree.host`). */
export interface EmbeddedDocument {
  readonly language: EmbeddedLanguage;
  readonly node: ScalarNode;
  readonly tree: Tree;
}

const cache = new WeakMap<MapNode, EmbeddedDocument[]>();
/** More text than this is never decoded out of one string. */
const MAX_DECODED = 1_000_000;

/** The map of a scalar's text; base64 is decoded where asked for. `undefined` where the text is no base64 of UTF-8. */
export function textMapOf(node: ScalarNode, base64: boolean): TextMap | undefined {
  if (node.synthetic || node.text.length > MAX_DECODED) return undefined;
  const map = scalarMap(node.tree.text, node.span, node.style);
  return base64 ? base64Map(map) : map;
}

/** The documents inside the strings of an object, by the registry. Cached with the object's node. */
export function embeddedDocuments(
  root: MapNode,
  type: { readonly group: string; readonly kind: string },
): EmbeddedDocument[] {
  const known = cache.get(root);
  if (known) return known;
  const found: EmbeddedDocument[] = [];
  for (const site of embedSites(root, type)) {
    const map = textMapOf(site.node, site.base64);
    if (!map) continue;
    let { language } = site;
    if (language === 'text') {
      const decoded = decodedLanguage(map.text);
      if (!decoded) continue;
      language = decoded;
    }
    // Only patches come several to a string.
    const chunks = language === 'kustomize-patch' ? splitDocuments(map.text) : [{ start: 0, end: map.text.length }];
    for (const chunk of chunks) {
      const part = chunk.start === 0 && chunk.end === map.text.length ? map : sliceMap(map, chunk);
      found.push({
        language,
        node: site.node,
        tree: parseTree(
          part.text,
          { node: site.node, map: part, language, encoded: site.base64 },
          language === 'argocd-cluster-config' ? yamlOfJson(part.text) : part.text,
        ),
      });
    }
  }
  cache.set(root, found);
  return found;
}

/** JSON is YAML, apart from templates without quotes and from tabs. */
function yamlOfJson(text: string): string {
  const json = readJson(text);
  return json.state === 'unknown' ? text : json.masked;
}

/** The map of a part of a decoded text. */
function sliceMap(map: TextMap, part: Span): TextMap {
  const shift = (s: Span): Span => ({ start: s.start + part.start, end: s.end + part.start });
  return {
    text: map.text.slice(part.start, part.end),
    toHost: (offset) => map.toHost(offset + part.start),
    spanToHost: (s) => map.spanToHost(shift(s)),
    fromHost(offset) {
      const inner = map.fromHost(offset);
      return inner === undefined || inner < part.start || inner > part.end ? undefined : inner - part.start;
    },
    edit: (edits: readonly TextEdit[]) => map.edit(edits.map((e) => ({ span: shift(e.span), newText: e.newText }))),
  };
}
