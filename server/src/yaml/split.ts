import type { Span } from '../text/span.ts';

const MARKER = /(?:^|[\r\n])(---|\.\.\.)(?=[ \t\r\n]|$)/g;

/**
 * The YAML documents of a file, as spans that cover it without gaps (a BOM excepted).
 *
 * A line that starts with `---` (and then white space or nothing) is a document boundary wherever it stands, even inside
 * a block or quoted scalar (YAML 1.2.2, rule 206 `c-forbidden`), so that an unterminated quote cannot swallow the
 * documents after it. Directives (`%YAML`) belong to the document that follows; `...` ends a document.
 */
export function splitDocuments(text: string): Span[] {
  const begin = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const spans: Span[] = [];
  let start = begin;
  /** Where the part began that may hold nothing but directives and comments of the next document. */
  let prologue = begin;
  let hasContent = false;
  MARKER.lastIndex = begin;
  for (let match = nextMarker(text, begin); match; match = MARKER.exec(text)) {
    const marker = match[1] as string;
    const at = match.index + match[0].length - marker.length;
    if (marker === '---') {
      const own = text.slice(prologue, at);
      const isPrologue = onlyDirectives(own);
      if (isPrologue === 'directives' || (isPrologue === 'blank' && !hasContent)) {
        // The document starts with its directives, or the file with comments that belong to its first document.
        hasContent = true;
        prologue = text.length;
        continue;
      }
      spans.push({ start, end: at });
      start = at;
      hasContent = true;
      prologue = text.length;
    } else {
      const end = endOfLine(text, at);
      spans.push({ start, end });
      start = end;
      prologue = end;
      hasContent = false;
    }
    MARKER.lastIndex = at + 3;
  }
  if (start < text.length || spans.length === 0) spans.push({ start, end: text.length });
  return spans;
}

/** The first marker may stand right behind a BOM, where `^` does not match. */
function nextMarker(text: string, begin: number): RegExpExecArray | null {
  if (begin === 1 && /^(---|\.\.\.)(?=[ \t\r\n]|$)/.test(text.slice(1, 5))) {
    MARKER.lastIndex = 4;
    return Object.assign(['---', text.slice(1, 4)], { index: 1, input: text }) as unknown as RegExpExecArray;
  }
  return MARKER.exec(text);
}

function onlyDirectives(text: string): 'blank' | 'directives' | 'content' {
  let result: 'blank' | 'directives' = 'blank';
  for (const line of text.split(/[\r\n]+/)) {
    if (line.startsWith('%')) result = 'directives';
    else if (!/^[ \t]*(#|$)/.test(line)) return 'content';
  }
  return result;
}

function endOfLine(text: string, from: number): number {
  let i = from;
  while (i < text.length && text[i] !== '\n' && text[i] !== '\r') i++;
  if (text[i] === '\r' && text[i + 1] === '\n') return i + 2;
  return Math.min(i + 1, text.length);
}
