import type { Session } from '../../engine/session.ts';
import { textAt } from '../../yaml/navigate.ts';
import type { Proposal } from './item.ts';
import type { TypedText } from './target.ts';

/** What goes on with a word that ends at the cursor, wherever it stands. */
export interface WordCompletion {
  readonly proposals: readonly Proposal[];
  /** How many characters before the cursor are replaced. */
  readonly typed: number;
}

/** What can be completed in a comment: suppressions with the ids of rules, markers of Flux's image automation. */
export function commentCompletion(session: Session, { text, offset }: TypedText): WordCompletion | undefined {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const comment = /(?:^|\s)#[ \t]*(.*)$/.exec(line)?.[1];
  if (comment === undefined) return undefined;
  const suppression = /^azure-gitops-disable-(?:next-line|line|file)[ \t]+(?:(?!--).)*?([^\s,]*)$/.exec(comment);
  if (suppression)
    return {
      typed: (suppression[1] as string).length,
      proposals: session.rules.map((rule) => ({
        label: rule.id,
        kind: 'value',
        documentation: () => rule.summary,
        value: rule.id,
        order: rule.id,
      })),
    };
  const marker = /^\{\s*"\$imagepolicy"\s*:\s*"([^"]*)$/.exec(comment);
  if (marker) {
    const policies = session
      .workspace()
      .objects('image.toolkit.fluxcd.io', 'ImagePolicy')
      .filter((p) => p.name !== undefined && p.namespace !== undefined);
    const close = /^"/.test(text.slice(offset)) ? '' : '"}';
    return {
      typed: (marker[1] as string).length,
      proposals: policies.flatMap((p) =>
        ['', ':tag', ':name', ':digest'].map((part): Proposal => {
          const repository = textAt(p.root, 'spec', 'imageRepositoryRef', 'name');
          return {
            label: `${p.namespace}:${p.name}${part}`,
            kind: 'name',
            documentation: () =>
              `Written by Flux: the ${part === '' ? 'image with its tag' : part.slice(1)} that the ImagePolicy chooses${repository ? ` of ImageRepository ${repository}` : ''}.`,
            value: `${p.namespace}:${p.name}${part}${close.replace('}', '\\}')}`,
            order: `${p.namespace}:${p.name}${part.length}`,
          };
        }),
      ),
    };
  }
  const word = /^([\w-]+)$/.exec(comment)?.[1];
  if (word === undefined || !'azure-gitops-disable-next-line'.startsWith(word)) return undefined;
  return {
    typed: word.length,
    proposals: (
      [
        ['azure-gitops-disable-next-line', 'Suppresses findings of the rules named on the next line.'],
        ['azure-gitops-disable-line', 'Suppresses findings of the rules named on this line.'],
        ['azure-gitops-disable-file', 'Suppresses findings of the rules named in the whole file.'],
      ] as const
    ).map(([label, doc], i) => ({
      label,
      kind: 'value',
      documentation: () => doc,
      value: `${label} $1`,
      order: `${i}`,
      retrigger: true,
    })),
  };
}
