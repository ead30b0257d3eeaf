import type { Session } from '../engine/session.ts';
import { inFile } from '../engine/session.ts';
import { type Referrer, referencesTo } from '../facts/references.ts';
import { isKind, type KubernetesObject } from '../model/object.ts';
import { identityUsers } from '../model/views/object-level-identity.ts';
import { podTemplateOf } from '../model/views/pod-template.ts';
import type { Span } from '../text/span.ts';
import { clientIdOf } from './identities.ts';
import { type Location, nameOf, occurrenceOf } from './occurrences.ts';

/** A line above an object that says who depends on it. */
export interface CodeLens {
  /** Where it stands: the object's name, in offsets of the file. */
  readonly span: Span;
  readonly title: string;
  /** What it counts; none where nobody depends on the object. */
  readonly locations: readonly Location[];
}

const SOURCES = ['GitRepository', 'OCIRepository', 'HelmRepository', 'HelmChart', 'Bucket', 'ExternalArtifact'];

/** Who uses the sources and identities of a file; a source that nobody uses gets none, an identity is said to be unused. */
export function codeLenses(session: Session, uri: string): CodeLens[] {
  const workspace = session.workspace();
  return (session.file(uri)?.documents ?? []).flatMap((document) =>
    session.unitsOf(document).flatMap(({ object }): CodeLens[] => {
      if (!object || object.partial) return [];
      const at = nameOf(object, 'declaration');
      const span = at && inFile(at.tree, at.span)?.span;
      if (!span) return [];
      if (isKind(object, 'source.toolkit.fluxcd.io', ...SOURCES)) {
        const users = referencesTo(object, workspace).filter((r) => !r.object.partial && !isListener(r.object));
        return users.length === 0
          ? []
          : [{ span, title: `used by ${counted(users.map((r) => r.object.kind))}`, locations: places(users) }];
      }
      if (!isKind(object, '', 'ServiceAccount') || clientIdOf(object) === undefined) return [];
      const identities = identityUsers(object, workspace);
      const pods = referencesTo(object, workspace).filter(
        (r) => !r.object.partial && podTemplateOf(r.object) !== undefined,
      );
      const parts = [
        identities.length > 0 ? `${identities.length} Flux object${identities.length > 1 ? 's' : ''}` : '',
        pods.length > 0 ? counted(pods.map((r) => r.object.kind)) : '',
      ].filter(Boolean);
      // No finding: what a Helm chart or another repository brings may well use it, and no file here would say so.
      if (parts.length === 0)
        return [{ span, title: 'no pod or Flux object in this workspace uses this identity', locations: [] }];
      return [
        {
          span,
          title: `identity of ${parts.join(' and ')}`,
          locations: [
            ...identities.flatMap((i) => {
              const occurrence = occurrenceOf(i.account, 'reference');
              return inFile(occurrence.tree, occurrence.span) ?? [];
            }),
            ...places(pods),
          ],
        },
      ];
    }),
  );
}

/** Alerts and Receivers watch a source; they do not use it. */
const isListener = (object: KubernetesObject): boolean => object.group === 'notification.toolkit.fluxcd.io';

const places = (users: readonly Referrer[]): Location[] =>
  users.flatMap(({ found }) => {
    const occurrence = occurrenceOf(found.node, 'reference');
    return inFile(occurrence.tree, occurrence.span) ?? [];
  });

/** `2 Kustomizations, 1 HelmRelease`. */
function counted(kinds: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .map(([kind, n]) => `${n} ${kind.endsWith('y') && n > 1 ? `${kind.slice(0, -1)}ies` : n > 1 ? `${kind}s` : kind}`)
    .join(', ');
}
