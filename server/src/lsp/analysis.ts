/**
 * All that knows YAML, rules and facts, behind one door: it is imported when the first document of ours is open, so that
 * a server that never sees one answers `initialize` and does nothing more.
 */
export { readSettings } from '../engine/configuration.ts';
export { Session } from '../engine/session.ts';
export { syntaxFindings } from '../engine/syntax.ts';
export { argocdVersion, fluxVersion } from '../engine/versions.ts';
