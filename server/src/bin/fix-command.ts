import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { safeEdits } from '../engine/fixes.ts';
import { applyEdits } from '../text/edit.ts';
import { toPath } from './scan.ts';
import { type Io, openWorkspace, shownPath } from './workspace.ts';

/** A fix may uncover a finding with another one; real files need two rounds at most. */
const MAX_ROUNDS = 5;

/**
 * Runs `azure-gitops fix`: applies the safe fixes in place, or with --dry-run says which files would change. Exit codes:
 * 0 done, 1 something would change (--dry-run).
 */
export function fixCommand(argv: readonly string[], io: Io): number {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean', default: false } },
  });
  let changed = 0;
  for (const path of positionals.length > 0 ? positionals : ['.']) {
    const { session, uris } = openWorkspace(path, 'stdin.yaml', io);
    for (const uri of uris) {
      const before = session.file(uri)?.text ?? '';
      for (let round = 0; round < MAX_ROUNDS; round++) {
        const edits = safeEdits(session, uri);
        const text = session.file(uri)?.text;
        if (!edits || text === undefined) break;
        session.setFile(uri, applyEdits(text, edits.edits));
      }
      const after = session.file(uri)?.text ?? '';
      if (after === before) continue;
      changed++;
      if (path === '-') io.out(after);
      else {
        if (!values['dry-run']) writeFileSync(toPath(uri), after);
        io.out(`${values['dry-run'] ? 'would fix' : 'fixed'} ${shownPath(uri)}\n`);
      }
    }
    if (path === '-' && changed === 0) io.out(session.file(uris[0] ?? '')?.text ?? '');
  }
  if (changed === 0 && !positionals.includes('-')) io.out('Nothing to fix safely.\n');
  return values['dry-run'] && changed > 0 ? 1 : 0;
}
