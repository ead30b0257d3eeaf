import type { Position, Range } from './line-index.ts';

const LF = 10;
const CR = 13;

/**
 * A text that is edited in place and keeps its lines: an edit costs what it touches, not what the text is long. Lines end
 * with LF, CRLF or CR, also where an edit splits a CRLF or makes one.
 */
export class EditableText {
  #text: string;
  /** Where each line starts, in UTF-16 offsets. */
  #starts: number[] = [0];

  constructor(text: string) {
    this.#text = text;
    scanLines(text, 0, text.length, this.#starts);
  }

  get text(): string {
    return this.#text;
  }

  /** A position behind the end of its line is the end of the line, one behind the last line the end of the text. */
  offset({ line, character }: Position): number {
    const start = this.#starts[line];
    if (start === undefined) return line < 0 ? 0 : this.#text.length;
    let end = this.#starts[line + 1] ?? this.#text.length;
    if (line + 1 < this.#starts.length) {
      end--;
      if (end > start && this.#text.charCodeAt(end) === LF && this.#text.charCodeAt(end - 1) === CR) end--;
    }
    return Math.max(start, Math.min(start + character, end));
  }

  position(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.#text.length));
    const line = this.#lineAt(clamped);
    return { line, character: clamped - (this.#starts[line] as number) };
  }

  range({ start, end }: { readonly start: number; readonly end: number }): Range {
    return { start: this.position(start), end: this.position(end) };
  }

  /** Replaces the text between two offsets, which may come in either order. */
  replace(one: number, other: number, newText: string): void {
    const start = Math.max(0, Math.min(one, other));
    const end = Math.min(this.#text.length, Math.max(one, other));
    // The line before may end with a CR that becomes half of a CRLF.
    const first = Math.max(0, this.#lineAt(start) - 1);
    const last = this.#lineAt(end);
    const difference = newText.length - (end - start);
    const scanEnd = (this.#starts[last + 1] ?? this.#text.length) + difference;
    this.#text = this.#text.slice(0, start) + newText + this.#text.slice(end);
    const fresh: number[] = [];
    scanLines(this.#text, this.#starts[first] as number, scanEnd, fresh);
    // The end of the last line that was touched is found anew, and with it the start of the line after.
    const rest = this.#starts.slice(last + 2);
    if (difference !== 0) for (let i = 0; i < rest.length; i++) rest[i] = (rest[i] as number) + difference;
    this.#starts.length = first + 1;
    this.#starts = this.#starts.concat(fresh, rest);
  }

  #lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Adds the starts of the lines that begin after `from` and up to `to`. */
function scanLines(text: string, from: number, to: number, starts: number[]): void {
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i);
    if (c === LF || (c === CR && text.charCodeAt(i + 1) !== LF)) starts.push(i + 1);
  }
}
