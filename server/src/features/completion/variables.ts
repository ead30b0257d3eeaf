import type { Session } from '../../engine/session.ts';
import { code } from '../../facts/describe.ts';
import type { Workspace } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { dataOf } from '../../model/views/secret-data.ts';
import { entries, get, items, text, textAt } from '../../yaml/navigate.ts';
import type { WordCompletion } from './comments.ts';
import type { Proposal } from './item.ts';
import type { TypedText } from './target.ts';

/** Behind `${`: the variables that the Flux Kustomizations which build the file substitute. */
export function variableCompletion(
  session: Session,
  { text: source, offset, place }: TypedText,
): WordCompletion | undefined {
  const line = source.slice(source.lastIndexOf('\n', offset - 1) + 1, offset);
  const typed = /(?<!\$)\$\{([A-Za-z_]\w*)?$/.exec(line);
  if (!typed) return undefined;
  const workspace = session.workspace();
  const builders = workspace.fluxKustomizationsOf(place.document.uri);
  if (builders.length === 0) return undefined;
  const close = source[offset] === '}' ? '' : '\\}';
  const proposals = new Map<string, Proposal>();
  for (const builder of builders)
    for (const [name, from] of variablesOf(builder, workspace))
      if (!proposals.has(name))
        proposals.set(name, {
          label: name,
          kind: 'name',
          detail: from,
          documentation: () => `Replaced by Flux when Kustomization ${code(builder.name ?? '')} is applied.`,
          value: `${name}${close}`,
          order: name,
        });
  return { typed: (typed[1] ?? '').length, proposals: [...proposals.values()] };
}

/** The variables of a Kustomization, and where each comes from. Of Secrets the keys alone are looked at. */
function* variablesOf(
  kustomization: KubernetesObject,
  workspace: Workspace,
): Iterable<readonly [name: string, from: string]> {
  const build = get(kustomization.root, 'spec', 'postBuild');
  for (const entry of entries(get(build, 'substitute'))) yield [entry.key.text, 'substitute'];
  for (const source of items(get(build, 'substituteFrom'))) {
    const kind = textAt(source, 'kind');
    const name = text(get(source, 'name'));
    if (!name || (kind !== 'ConfigMap' && kind !== 'Secret')) continue;
    const found = workspace.find('', kind, name, kustomization);
    if (found.state === 'found')
      for (const object of found.values) for (const key of dataOf(object).keys()) yield [key, `${kind} ${name}`];
    else
      for (const made of workspace.generated(kind).filter((g) => g.name === name))
        for (const { key } of made.keys) yield [key, `${kind} ${name}`];
  }
}
