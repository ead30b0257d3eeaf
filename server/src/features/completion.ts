import type { Session } from '../engine/session.ts';
import { commentCompletion } from './completion/comments.ts';
import { generatorProposals } from './completion/generators.ts';
import { itemOf, place } from './completion/insertion.ts';
import type { CompletionItem, CompletionList, Proposal } from './completion/item.ts';
import { keyProposals } from './completion/keys.ts';
import { knownValueProposals } from './completion/known-values.ts';
import { nameProposals } from './completion/names.ts';
import { headProposals, objectProposals, typeProposals } from './completion/objects.ts';
import { type Target, targetAt, typedTextAt } from './completion/target.ts';
import { valueProposals } from './completion/values.ts';
import { variableCompletion } from './completion/variables.ts';

export type { CompletionItem, CompletionList, ItemKind } from './completion/item.ts';

/**
 * What can stand at an offset (UTF-16) of a file: keys, values, names of objects in the workspace, whole objects. Works
 * on text that is being typed: the line at the cursor is repaired before it is read. Never throws on any text.
 */
export function complete(session: Session, uri: string, offset: number): CompletionList {
  const typed = typedTextAt(session, uri, offset);
  if (!typed) return { items: [] };
  const word = commentCompletion(session, typed) ?? variableCompletion(session, typed);
  if (word) {
    const replace = { start: typed.offset - word.typed, end: typed.offset };
    return { items: word.proposals.flatMap((p) => place(typed, p, replace, p.value, 0, []) ?? []) };
  }
  const target = targetAt(session, typed);
  if (!target) return { items: [] };
  const items: CompletionItem[] = [];
  const seen = new Set<string>();
  for (const proposal of proposalsFor(target)) {
    const id = `${proposal.label} ${proposal.detail ?? ''} ${proposal.kind === 'snippet' ? 's' : ''}`;
    if (seen.has(id)) continue;
    seen.add(id);
    const item = itemOf(target, proposal);
    if (item) items.push(item);
  }
  return { items };
}

function proposalsFor(target: Target): Proposal[] {
  if (target.kind === 'key') return [...keyProposals(target), ...objectProposals(target), ...headProposals(target)];
  return [
    ...typeProposals(target),
    ...nameProposals(target),
    ...generatorProposals(target),
    ...knownValueProposals(target),
    ...valueProposals(target),
  ];
}
