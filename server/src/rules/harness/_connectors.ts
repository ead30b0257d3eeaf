import { isTemplate } from '../../azure/text-kinds.ts';
import { asMap, asScalar, entry, get, textAt } from '../../yaml/navigate.ts';
import type { Entry, MapNode, Node, ScalarNode } from '../../yaml/tree.ts';
import { onlyLanguages, view } from '../views.ts';

// Source: harness-core@1dcec145c5 (public fork) 954-connector-beans, 980-commons.
export interface Connector {
  readonly entry: Entry;
  readonly root: MapNode;
  readonly type: string | undefined;
  readonly spec: MapNode | undefined;
  readonly credential: MapNode | undefined;
  readonly credentialType: string | undefined;
  /** `spec.credential.spec.auth`. */
  readonly auth: MapNode | undefined;
}

/** YAML documents with a connector of Harness. JSON bodies of its REST interface look otherwise and are left out. */
export const connectors = view<Connector>(
  'connectors of Harness',
  function* ({ language, owner, root: node, tree }) {
    if (language !== 'yaml' || owner || tree.host || /^\s*\{/.test(tree.text)) return;
    const found = entry(node, 'connector');
    const root = asMap(found?.value);
    if (!found || !root || !['name', 'identifier', 'type', 'spec'].some((key) => entry(root, key))) return;
    const spec = asMap(get(root, 'spec'));
    if (entry(spec, 'type')) return;
    const credential = asMap(get(spec, 'credential'));
    yield {
      entry: found,
      root,
      type: textAt(root, 'type'),
      spec,
      credential,
      credentialType: textAt(credential, 'type'),
      auth: asMap(get(credential, 'spec', 'auth')),
    };
  },
  onlyLanguages('yaml'),
);

/** A string that is written out; `undefined` for templates and expressions of Harness. */
export function literal(node: Node | undefined): ScalarNode | undefined {
  const scalar = asScalar(node);
  return typeof scalar?.value === 'string' && !isTemplate(scalar.text) ? scalar : undefined;
}

/** True for nothing, `null`, an empty string or an empty list. */
export function isEmpty(node: Node | undefined): boolean {
  if (node === undefined) return true;
  const scalar = asScalar(node);
  if (scalar) return scalar.value === null || scalar.text === '';
  return node.kind === 'seq' ? node.items.length === 0 : node.kind === 'map' && node.entries.length === 0;
}
