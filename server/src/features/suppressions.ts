import type { Session } from '../engine/session.ts';
import type { SourceFile } from '../model/source-file.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Node, Tree } from '../yaml/tree.ts';
import { placeAt } from './locate.ts';

export type SuppressionScope = 'next-line' | 'line' | 'file';

/** The edit that writes a comment against a rule where a finding starts; `undefined` where no comment can stand. */
export function suppressionEdit(
  session: Session,
  uri: string,
  offset: number,
  rule: string,
  scope: SuppressionScope,
): TextEdit | undefined {
  const place = placeAt(session, uri, offset);
  if (!place || /\.json$/i.test(uri)) return undefined;
  const { file } = place;
  const { line } = file.lines.position(offset);
  if (scope === 'file') return atTop(file, rule);
  if (!takesComments(place.tree, place.offset)) return undefined;
  if (scope === 'line') return atEnd(file, line, rule);
  const above = line > 0 ? extended(file, line - 1, 'next-line', rule) : undefined;
  if (above) return above;
  const start = file.lines.lineStart(line);
  // A marker of a document belongs to the line of what it opens.
  const indent = /^[ \t]*/.exec(file.text.slice(start))?.[0] ?? '';
  return insert(start, `${indent}# azure-gitops-disable-next-line ${rule}${eol(file)}`);
}

const insert = (at: number, newText: string): TextEdit => ({ span: { start: at, end: at }, newText });

const eol = (file: SourceFile): string => (file.text.includes('\r\n') ? '\r\n' : '\n');

/** Strings that hold JSON have no comments, nor has a scalar that goes over several lines, on all but its first. */
function takesComments(tree: Tree, offset: number): boolean {
  if (JSON_LANGUAGES.has(tree.host?.language ?? '')) return false;
  const inner = multilineScalarAt(tree.root, offset);
  if (inner && tree.text.slice(inner.span.start, offset).includes('\n')) return false;
  for (let host = tree.host; host; host = host.node.tree.host) {
    if (host.encoded || JSON_LANGUAGES.has(host.language)) return false;
    const { node } = host;
    const block = node.style === 'literal' || node.style === 'folded';
    if (!block && node.tree.text.slice(node.span.start, node.span.end).includes('\n')) return false;
    if (node.style === 'folded') return false;
  }
  return true;
}

const JSON_LANGUAGES = new Set(['argocd-cluster-config', 'docker-config']);

/** The scalar at an offset that is written on more than one line. */
function multilineScalarAt(node: Node | undefined, offset: number): Node | undefined {
  if (!node || offset < node.span.start || offset > node.span.end) return undefined;
  if (node.kind === 'scalar')
    return node.tree.text.slice(node.span.start, node.span.end).trimEnd().includes('\n') ? node : undefined;
  const children =
    node.kind === 'map' ? node.entries.flatMap((e) => [e.key, e.value]) : node.kind === 'seq' ? node.items : [];
  for (const child of children) {
    const found = multilineScalarAt(child, offset);
    if (found) return found;
  }
  return undefined;
}

function atTop(file: SourceFile, rule: string): TextEdit {
  const first = file.lines.lineCount > 0 ? extended(file, 0, 'file', rule) : undefined;
  if (first) return first;
  const start = file.text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return insert(start, `# azure-gitops-disable-file ${rule}${eol(file)}`);
}

function atEnd(file: SourceFile, line: number, rule: string): TextEdit {
  const known = extended(file, line, 'line', rule);
  if (known) return known;
  const text = lineText(file, line);
  return insert(file.lines.lineStart(line) + text.trimEnd().length, ` # azure-gitops-disable-line ${rule}`);
}

const lineText = (file: SourceFile, line: number): string =>
  file.text.slice(file.lines.lineStart(line), file.lines.lineStart(line + 1)).replace(/[\r\n]+$/, '');

/** The name of the rule added to a comment that suppresses others already. */
function extended(file: SourceFile, line: number, scope: SuppressionScope, rule: string): TextEdit | undefined {
  const text = lineText(file, line);
  const match = new RegExp(`#[ \\t]*azure-gitops-disable-${scope}[ \\t]+((?:(?!--)[^\\r\\n])*)`).exec(text);
  if (!match) return undefined;
  const end = file.lines.lineStart(line) + match.index + match[0].trimEnd().length;
  return insert(end, `, ${rule}`);
}
