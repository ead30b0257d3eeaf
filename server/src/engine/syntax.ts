import { concernsUs } from '../model/prefilter.ts';
import type { SourceDocument } from '../model/source-file.ts';
import type { SyntaxProblem } from '../yaml/tree.ts';
import type { Finding } from './finding.ts';
import type { Session } from './session.ts';

export const INVALID_YAML = 'azure-gitops/invalid-yaml';

/**
 * Documents of ours that are no YAML: for the command line. In an editor the YAML extension says so already.
 * A template is none of ours before it is rendered.
 */
export function syntaxFindings(session: Session, uri: string): Finding[] {
  const file = session.file(uri);
  const severity = session.settingsFor(uri).rules?.[INVALID_YAML] ?? 'error';
  if (!file || severity === 'off') return [];
  const found = file.documents.flatMap((document): Finding[] => {
    const error = problemOf(document);
    if (!error) return [];
    const span = { start: error.span.start + document.start, end: error.span.end + document.start };
    return [
      {
        rule: INVALID_YAML,
        severity,
        message: `This document is not valid YAML, and nothing can be said of it: ${error.message.split('\n')[0]}`,
        span,
        related: [],
        fixes: [],
        tags: [],
        schema: false,
      },
    ];
  });
  return found.length > 0 && session.diagnostics(uri).resultId !== 'opaque' ? found : [];
}

const problems = new WeakMap<SourceDocument, SyntaxProblem | 'none'>();

/** The first thing wrong with a document of ours. Kept with the document: an edit looks into one. */
function problemOf(document: SourceDocument): SyntaxProblem | undefined {
  let problem = problems.get(document);
  if (!problem) {
    const isOurs = concernsUs(document.uri, document.text) && !/\{\{|\{%|<%/.test(document.text);
    problem = (isOurs ? document.tree.errors[0] : undefined) ?? 'none';
    problems.set(document, problem);
  }
  return problem === 'none' ? undefined : problem;
}
