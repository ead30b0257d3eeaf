import type { FileEdit, Finding, Fix } from '../engine/finding.ts';
import { safeEdits } from '../engine/fixes.ts';
import type { Session } from '../engine/session.ts';
import type { Span } from '../text/span.ts';
import { type SuppressionScope, suppressionEdit } from './suppressions.ts';

/** Something a person can do about a finding, or about a whole file. */
export interface CodeAction {
  readonly title: string;
  readonly kind: 'fix' | 'fix-all' | 'suppress' | 'explain';
  /** What it is about; none for a whole file. */
  readonly finding: Finding | undefined;
  /** True for the one to take where nothing else is said. */
  readonly preferred: boolean;
  readonly edits: readonly FileEdit[];
  /** A file to create with it. */
  readonly create: Fix['create'];
  /** A command for a person to run in a terminal; it is never run for them. */
  readonly command: string | undefined;
  /** The rule whose page to show. */
  readonly explain: string | undefined;
}

const NOTHING = {
  finding: undefined,
  preferred: false,
  edits: [],
  create: undefined,
  command: undefined,
  explain: undefined,
} as const;

/** What can be done about the findings that touch a span of a file. */
export function codeActions(session: Session, uri: string, span: Span): CodeAction[] {
  const { findings } = session.diagnostics(uri);
  const here = findings.filter((f) => f.span.start <= span.end && span.start <= f.span.end);
  const actions: CodeAction[] = [];
  for (const finding of here)
    for (const [index, fix] of finding.fixes.entries())
      actions.push({
        ...NOTHING,
        title: fix.title,
        kind: 'fix',
        finding,
        preferred: fix.safe && index === 0,
        edits: fix.edits,
        create: fix.create,
        command: fix.command,
      });
  for (const rule of new Set(here.map((f) => f.rule))) {
    if (findings.filter((f) => f.rule === rule && f.fixes.some((x) => x.safe)).length < 2) continue;
    const edit = safeEdits(session, uri, (f) => f.rule === rule);
    if (edit) actions.push({ ...NOTHING, title: `Fix all ${rule} in this file`, kind: 'fix-all', edits: [edit] });
  }
  const explained = new Set<string>();
  for (const finding of here) {
    actions.push(...suppressions(session, uri, finding));
    if (explained.has(finding.rule)) continue;
    explained.add(finding.rule);
    actions.push({ ...NOTHING, title: `Explain ${finding.rule}`, kind: 'explain', finding, explain: finding.rule });
  }
  return actions;
}

const SCOPES: readonly (readonly [SuppressionScope, string])[] = [
  ['next-line', 'here, in a comment above'],
  ['line', 'here, in a comment behind'],
  ['file', 'in this file'],
];

function suppressions(session: Session, uri: string, finding: Finding): CodeAction[] {
  // What is said of the comments themselves, and of the settings, is not suppressed by more comments.
  if (finding.rule.startsWith('azure-gitops/')) return [];
  return SCOPES.flatMap(([scope, where]): CodeAction[] => {
    const edit = suppressionEdit(session, uri, finding.span.start, finding.rule, scope);
    return edit
      ? [
          {
            ...NOTHING,
            title: `Disable ${finding.rule} ${where}`,
            kind: 'suppress',
            finding,
            edits: [{ uri, edits: [edit] }],
          },
        ]
      : [];
  });
}

/** All safe fixes of a file that do not overlap; none where there is nothing to fix. */
export function fixAll(session: Session, uri: string): readonly FileEdit[] {
  const edit = safeEdits(session, uri);
  return edit ? [edit] : [];
}
