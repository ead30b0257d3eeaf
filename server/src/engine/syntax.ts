import { concernsUs } from '../model/prefilter.ts';
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
  if (!file || severity === 'off' || session.diagnostics(uri).resultId === 'opaque') return [];
  return file.documents.flatMap((document): Finding[] => {
    if (!concernsUs(uri, document.text) || /\{\{|\{%|<%/.test(document.text)) return [];
    const error = document.tree.errors[0];
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
}
