import type { Session } from '../../engine/session.ts';
import { argocdVersion, fluxVersion } from '../../engine/versions.ts';
import type { Version } from '../../model/context.ts';
import type { GenerateContext, Known } from './generator.ts';
import { knownIn } from './known.ts';

const cache = new WeakMap<Session, { readonly revision: number; readonly known: Known }>();

/** What generators are given in a workspace; the versions are those that hold for a file or folder at `uri`. */
export function generateContext(session: Session, uri: string): GenerateContext {
  const settings = session.settingsFor(uri);
  const { untracked } = session.workspace();
  return {
    fluxVersion: written(fluxVersion(settings, untracked)),
    argocdVersion: written(argocdVersion(settings, untracked)),
    get known() {
      const { revision } = session.index;
      const cached = cache.get(session);
      if (cached?.revision === revision) return cached.known;
      const known = knownIn(session);
      cache.set(session, { revision, known });
      return known;
    },
  };
}

const written = (version: Version): string => version.full ?? version.minor;
