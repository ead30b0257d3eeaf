import type { Span } from '../text/span.ts';
import type { TextMap } from '../yaml/tree.ts';

/** The reading half of a `TextMap`: a decoded text and where its characters are written in the host. */
export interface Pieces extends Pick<TextMap, 'text' | 'toHost' | 'spanToHost' | 'fromHost'> {
  /** The decoded span around `offset` of something the host writes as one whole: the escape of an astral character. */
  wholeAt(offset: number): Span | undefined;
}

export interface PieceBuilder {
  /** `length` characters of the host that stand for themselves. */
  copy(host: number, length: number): void;
  /** A span of the host that stands for `text`; an empty span for what the decoder adds of itself. */
  replace(hostStart: number, hostEnd: number, text: string): void;
  /** Host characters passed over by both stand for nothing: indentation, escaped line breaks. */
  finish(content: Content): Pieces;
}

/** The host span in which an offset has a decoded one; without an end it ends with the last piece. */
export interface Content {
  readonly start: number;
  readonly end?: number;
}

/** Collects the pieces of a decoded text in the order of the host. Offsets are UTF-16. */
export function pieceBuilder(source: string): PieceBuilder {
  const decoded: number[] = [];
  const host: number[] = [];
  const decodedLength: number[] = [];
  const hostLength: number[] = [];
  const chunks: string[] = [];
  let length = 0;
  let copyStart = 0;
  let copyLength = 0;

  const push = (hostStart: number, width: number, text: string): void => {
    decoded.push(length);
    host.push(hostStart);
    decodedLength.push(text.length);
    hostLength.push(width);
    chunks.push(text);
    length += text.length;
  };
  const flush = (): void => {
    if (copyLength > 0) push(copyStart, copyLength, source.slice(copyStart, copyStart + copyLength));
    copyLength = 0;
  };
  return {
    copy(start, width) {
      if (width <= 0) return;
      if (copyLength > 0 && copyStart + copyLength === start) {
        copyLength += width;
        return;
      }
      flush();
      copyStart = start;
      copyLength = width;
    },
    replace(start, end, text) {
      if (text === '') return;
      flush();
      push(start, end - start, text);
    },
    finish(content) {
      flush();
      const last = host.length - 1;
      const lastEnd = last < 0 ? content.start : (host[last] as number) + (hostLength[last] as number);
      const end = Math.max(content.end ?? lastEnd, lastEnd);
      const columns = { decoded, host, decodedLength, hostLength };
      return readPieces(chunks.join(''), { start: content.start, end }, source.length, columns);
    },
  };
}

interface Columns {
  readonly decoded: readonly number[];
  readonly host: readonly number[];
  readonly decodedLength: readonly number[];
  readonly hostLength: readonly number[];
}

function readPieces(text: string, content: Span, sourceLength: number, columns: Columns): Pieces {
  const { decoded, host, decodedLength, hostLength } = columns;
  const clamp = (offset: number): number => Math.min(Math.max(offset || 0, 0), text.length);

  /** Where the character at `offset` starts, or with `end` where the character before `offset` ends. */
  const place = (offset: number, end: boolean): number => {
    const i = lastNotAfter(decoded, end ? offset - 1 : offset);
    if (i < 0) return content.start;
    const start = host[i] as number;
    const width = hostLength[i] as number;
    const inside = offset - (decoded[i] as number);
    if (width === decodedLength[i]) return start + Math.min(inside, width);
    if (inside >= (decodedLength[i] as number)) return start + width;
    return end ? start + width : start;
  };

  return {
    text,
    toHost: (offset) => place(clamp(offset), false),
    spanToHost(span) {
      const from = clamp(span.start);
      const to = clamp(span.end);
      const start = place(from, false);
      if (to <= from) return { start, end: start };
      const end = place(to, true);
      if (end > start) return { start, end };
      // A line break the decoder adds where the file ends without one: show the character before it.
      return start > 0 ? { start: start - 1, end: start } : { start: 0, end: Math.min(1, sourceLength) };
    },
    fromHost(offset) {
      if (!(offset >= content.start && offset <= content.end)) return undefined;
      const i = lastNotAfter(host, offset);
      if (i < 0) return 0;
      const inside = offset - (host[i] as number);
      const width = hostLength[i] as number;
      const start = decoded[i] as number;
      if (width === 0) return start;
      if (inside >= width) return start + (decodedLength[i] as number);
      return width === decodedLength[i] ? start + inside : start;
    },
    wholeAt(offset) {
      const i = lastNotAfter(decoded, offset);
      if (i < 0 || hostLength[i] === decodedLength[i]) return undefined;
      const start = decoded[i] as number;
      const end = start + (decodedLength[i] as number);
      return start < offset && offset < end ? { start, end } : undefined;
    },
  };
}

/** The index of the last number that is not greater than `value`, -1 if there is none. */
export function lastNotAfter(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
