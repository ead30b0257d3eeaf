/** Texts shorter than this are parsed as they are. */
const WORTH_IT = 6_000;
/** Blocks of fewer lines than this stay. */
const SMALL = 30;
const MANY = 60;
const NEAR = 12;

/**
 * A block YAML document without the large blocks that have nothing to do with an offset, so that it parses in no time:
 * of a key or item beside the way to the offset only the key stays. Lines on the way, and small blocks, stay as they are.
 */
export function condense(text: string, offset: number): string {
  if (text.length < WORTH_IT) return text;
  const lines = text.split('\n');
  let cursor = 0;
  for (let at = 0; cursor < lines.length - 1; cursor++) {
    at += (lines[cursor] as string).length + 1;
    if (at > offset) break;
  }
  const kept: string[] = [];
  keep(lines, 0, lines.length, cursor, kept, 0);
  return kept.join('\n');
}

function keep(lines: readonly string[], from: number, to: number, cursor: number, kept: string[], depth: number): void {
  const indent = leastIndent(lines, from, to);
  const starts = blockStarts(lines, from, to, indent);
  if (starts.length === 0 || depth > 50) {
    for (let i = from; i < to; i++) kept.push(lines[i] as string);
    return;
  }
  for (let i = from; i < (starts[0] as number); i++) kept.push(lines[i] as string);
  const here = starts.findLastIndex((start) => start <= cursor);
  for (const [i, start] of starts.entries()) {
    // Of very many, those at the top and those around the offset tell enough.
    if (starts.length > MANY && i > NEAR && Math.abs(i - here) > NEAR) continue;
    const end = starts[i + 1] ?? to;
    const head = lines[start] as string;
    if (start <= cursor && cursor < end) {
      kept.push(head);
      // An item goes on at the column behind its dash; what follows is read with it.
      if (end - start > SMALL) keep(lines, start + 1, end, cursor, kept, depth + 1);
      else for (let j = start + 1; j < end; j++) kept.push(lines[j] as string);
    } else if (end - start > SMALL) {
      kept.push(
        /^[ \t]*(?:-[ \t]+)*[^\s#:"'{[-][^:#"'{[]*:(?=\s|$)/.exec(head)?.[0] ??
          (/^[ \t]*-(?=\s)/.exec(head)?.[0] ? `${/^[ \t]*-/.exec(head)?.[0]} ` : head),
      );
    } else for (let j = start; j < end; j++) kept.push(lines[j] as string);
  }
}

const isBlank = (line: string): boolean => /^[ \t\r]*(?:#|$)/.test(line);

function leastIndent(lines: readonly string[], from: number, to: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = from; i < to; i++) {
    const line = lines[i] as string;
    if (isBlank(line) || /^(?:---|\.\.\.|%)/.test(line)) continue;
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    if (indent < least) least = indent;
  }
  return least;
}

/** The lines that start a block at a level. Items that stand at the column of their key belong to the key. */
function blockStarts(lines: readonly string[], from: number, to: number, indent: number): number[] {
  const starts: number[] = [];
  let keys = false;
  for (let i = from; i < to; i++) {
    const line = lines[i] as string;
    if (isBlank(line) || /^(?:---|\.\.\.|%)/.test(line)) continue;
    if ((/^ */.exec(line)?.[0].length ?? 0) !== indent) continue;
    const item = line[indent] === '-' && /\s|^$/.test(line[indent + 1] ?? '');
    if (item && keys) continue;
    if (!item) keys = true;
    starts.push(i);
  }
  return starts;
}
