import { applicationById } from '../azure/applications.ts';
import { roleByGuid } from '../azure/roles.ts';
import { isGuid } from '../azure/text-kinds.ts';
import { isEncoded } from '../embed/locate.ts';
import type { Session } from '../engine/session.ts';
import type { Workspace } from '../model/context.ts';
import type { Span } from '../text/span.ts';
import type { Node, ScalarNode } from '../yaml/tree.ts';
import { identityOfClientId } from './identities.ts';
import { spanInFile, treesOf } from './locate.ts';

/** A word shown behind a value that says nothing to a person: the name behind a GUID. */
export interface InlayHint {
  /** Of the file, behind the value. */
  readonly offset: number;
  readonly label: string;
  readonly tooltip: string;
}

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}/i;

/** The names behind client ids and role definitions in a span of a file, as far as the workspace and Azure's lists know. */
export function inlayHints(session: Session, uri: string, within?: Span): InlayHint[] {
  const file = session.file(uri);
  if (!file) return [];
  const workspace = session.workspace();
  const hints: InlayHint[] = [];
  for (const document of file.documents) {
    if (within && (document.start > within.end || document.start + document.text.length < within.start)) continue;
    if (!GUID.test(document.text)) continue;
    for (const tree of treesOf(session.unitsOf(document))) {
      if (isEncoded(tree) || !GUID.test(tree.text)) continue;
      for (const node of scalars(tree.root)) {
        const name = nameBehind(node.text, workspace);
        if (!name) continue;
        const { end } = spanInFile({ document }, tree, node.span);
        if (within && (end < within.start || end > within.end)) continue;
        // A comment that says it already is enough.
        if (
          tree.text
            .slice(node.span.end, node.span.end + 120)
            .split('\n')[0]
            ?.includes(name.label)
        )
          continue;
        hints.push({ offset: end, ...name });
      }
    }
  }
  return hints.sort((a, b) => a.offset - b.offset);
}

function nameBehind(text: string, workspace: Workspace): { label: string; tooltip: string } | undefined {
  if (text.length > 200 || !GUID.test(text)) return undefined;
  if (/\/roleDefinitions\/[0-9a-f-]{36}$/i.test(text) || isGuid(text)) {
    const role = roleByGuid(text);
    if (role) return { label: role.name, tooltip: 'Built-in role of Azure' };
  }
  if (!isGuid(text)) return undefined;
  const application = applicationById(text);
  if (application) return { label: application.name, tooltip: 'Application of Microsoft' };
  const identity = identityOfClientId(text, workspace);
  return identity && { label: identity.name, tooltip: `Identity, from ${identity.from}` };
}

function* scalars(node: Node | undefined): Iterable<ScalarNode> {
  const stack: Node[] = node ? [node] : [];
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (next.kind === 'scalar') yield next;
    else if (next.kind === 'map') for (const e of next.entries) stack.push(e.value);
    else if (next.kind === 'seq') stack.push(...next.items);
  }
}
