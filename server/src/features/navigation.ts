import { isTemplate } from '../azure/text-kinds.ts';
import { editsInDocument, isEncoded } from '../embed/locate.ts';
import type { FileEdit } from '../engine/finding.ts';
import type { Session } from '../engine/session.ts';
import { inFile } from '../engine/session.ts';
import { documentOf } from '../model/source-file.ts';
import type { Span } from '../text/span.ts';
import { get, textAt } from '../yaml/navigate.ts';
import { linkAt } from './document-links.ts';
import {
  declaredByGenerators,
  type Location,
  type NamedThing,
  namedThingAt,
  nameOf,
  type Occurrence,
  occurrencesOf,
} from './occurrences.ts';

export type { Location } from './occurrences.ts';

const located = (occurrence: Occurrence): Location[] => {
  const at = inFile(occurrence.tree, occurrence.span);
  return at ? [at] : [];
};

/** Where the object is that a name at an offset stands for; for a path of a kustomization the file. */
export function definition(session: Session, uri: string, offset: number): Location[] {
  const named = namedThingAt(session, uri, offset);
  if (named) {
    const declared = named.objects.flatMap((o) => nameOf(o, 'declaration') ?? []);
    return [...declared, ...declaredByGenerators(named, session.workspace())].flatMap(located);
  }
  const link = linkAt(session, uri, offset);
  return link && session.file(link.target) ? [{ uri: link.target, span: { start: 0, end: 0 } }] : [];
}

/** Where the name of the object at an offset is written. */
export function references(session: Session, uri: string, offset: number, includeDeclaration: boolean): Location[] {
  const named = namedThingAt(session, uri, offset);
  if (!named) return [];
  return occurrencesOf(session, named)
    .filter((o) => includeDeclaration || o.role === 'reference')
    .flatMap(located)
    .sort((a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : a.span.start - b.span.start));
}

/** What a rename would replace, or why it cannot be. */
export type Rename<T> = { readonly ok: T } | { readonly refused: string };

/** Whether the name at an offset can be changed everywhere at once; `undefined` where there is no name. */
export function prepareRename(
  session: Session,
  uri: string,
  offset: number,
): Rename<{ readonly span: Span; readonly placeholder: string }> | undefined {
  const named = namedThingAt(session, uri, offset);
  if (!named) return undefined;
  const refused = refusal(session, named);
  if (refused) return { refused };
  const at = inFile(named.at.tree, named.at.span);
  return at ? { ok: { span: at.span, placeholder: named.name } } : undefined;
}

const NAME = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/** The edits that give the object at an offset another name, and all that refers to it in its namespaces. */
export function rename(
  session: Session,
  uri: string,
  offset: number,
  newName: string,
): Rename<readonly FileEdit[]> | undefined {
  const named = namedThingAt(session, uri, offset);
  if (!named) return undefined;
  if (!NAME.test(newName))
    return {
      refused: 'A name has lower-case letters, digits, "-" and ".", and starts and ends with a letter or digit.',
    };
  const refused = refusal(session, named);
  if (refused) return { refused };
  const edits = new Map<string, { span: Span; newText: string }[]>();
  for (const occurrence of occurrencesOf(session, named)) {
    const document = documentOf(occurrence.tree);
    const written = editsInDocument(occurrence.tree, [{ span: occurrence.span, newText: newName }]);
    if (!document || !written) return { refused: 'The name stands in a string that cannot be changed in its style.' };
    const list = edits.get(document.uri) ?? [];
    edits.set(document.uri, list);
    for (const edit of written)
      list.push({
        span: { start: edit.span.start + document.start, end: edit.span.end + document.start },
        newText: edit.newText,
      });
  }
  return { ok: [...edits].map(([file, list]) => ({ uri: file, edits: list })) };
}

/** Why a name must not be changed: the files do not tell all that depends on it. */
function refusal(session: Session, named: NamedThing): string | undefined {
  const workspace = session.workspace();
  if (isTemplate(named.name)) return 'The name is filled in later.';
  const generated = declaredByGenerators(named, workspace).length > 0;
  if (named.objects.length === 0 && !generated)
    return `${named.kind} ${named.name} is not in the workspace: what else refers to it is unknown.`;
  for (const object of named.objects) {
    const names = workspace.namesOf(object);
    if (!names.known || names.names.size > 1 || !names.names.has(named.name))
      return `A kustomization changes the name of ${named.kind} ${named.name} when it is built.`;
    if (
      !workspace.namespacesOf(object).known &&
      workspace.objects(named.group, named.kind).filter((o) => o.name === named.name).length > 1
    )
      return `There are several ${named.kind}s named ${named.name}, and the namespace of this one is unknown.`;
    for (const patch of workspace.patchesFor(object)) {
      const target = patch.target?.name;
      if (target !== undefined && target !== named.name)
        return `A patch selects ${named.kind} ${named.name} by the pattern ${target}.`;
    }
  }
  for (const occurrence of occurrencesOf(session, named)) {
    if (isEncoded(occurrence.tree)) return 'The name stands in base64.';
    if (occurrence.node?.synthetic) return 'The name is a step of a path.';
    const document = documentOf(occurrence.tree);
    if (document && get(document.tree.root, 'sops') && textAt(document.tree.root, 'sops', 'mac'))
      return 'The name stands in a file that SOPS has encrypted: its checksum would no longer hold.';
  }
  return undefined;
}
