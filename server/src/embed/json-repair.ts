import { applyEdits, type TextEdit } from '../text/edit.ts';
import { checkGoJson } from './go-json.ts';

/** What a repair does, as a person would ask for it. */
export type RepairKind = 'comment' | 'comma' | 'escape' | 'quotes' | 'word' | 'missing-comma';

export interface JsonRepair extends TextEdit {
  readonly kind: RepairKind;
}

/**
 * The edits that make JSON of a text that people meant as JSON: comments and commas too many go, quotes and commas too
 * few come, line breaks and backslashes in strings are escaped. `undefined` where the result is no JSON still. `masked`
 * is the text with its templates masked, of the same length.
 */
export function repairJson(text: string, masked: string): JsonRepair[] | undefined {
  const edits = new Repairer(text, masked).run();
  return edits.length > 0 && !checkGoJson(applyEdits(masked, edits)) ? edits : undefined;
}

const WORDS: Readonly<Record<string, string>> = {
  True: 'true',
  False: 'false',
  None: 'null',
  TRUE: 'true',
  FALSE: 'false',
  NULL: 'null',
  Null: 'null',
  undefined: 'null',
};

const isBlank = (char: string | undefined): boolean => char === ' ' || char === '\t';
const isBreak = (char: string | undefined): boolean => char === '\n' || char === '\r';

class Repairer {
  readonly #edits: JsonRepair[] = [];
  #at = 0;
  /** Where the last value ended, if a comma has to stand before the next. */
  #valueEnd: number | undefined;

  constructor(
    readonly text: string,
    readonly masked: string,
  ) {}

  run(): JsonRepair[] {
    while (this.#at < this.masked.length) this.#step(this.masked[this.#at] as string);
    return this.#edits;
  }

  #step(char: string): void {
    if (/\s/.test(char)) this.#at++;
    else if (this.#commentEnd(this.#at) !== undefined) this.#comment();
    else if (char === ',') this.#comma();
    else if (char === ':' || char === '{' || char === '[') {
      if (char !== ':') this.#startValue();
      this.#valueEnd = undefined;
      this.#at++;
    } else if (char === '}' || char === ']') this.#endValue(this.#at + 1);
    else {
      this.#startValue();
      if (char === '"') this.#string();
      else if (char === "'") this.#singleQuoted();
      else this.#word();
    }
  }

  #edit(kind: RepairKind, start: number, end: number, newText: string): void {
    this.#edits.push({ kind, span: { start, end }, newText });
  }

  #startValue(): void {
    if (this.#valueEnd !== undefined) this.#edit('missing-comma', this.#valueEnd, this.#valueEnd, ',');
  }

  #endValue(at: number): void {
    this.#valueEnd = at;
    this.#at = at;
  }

  /** Where the comment that starts here ends, its line break left out; `undefined` where none starts. */
  #commentEnd(at: number): number | undefined {
    const start = this.masked.slice(at, at + 2);
    if (start === '/*') {
      const end = this.masked.indexOf('*/', at + 2);
      return end < 0 ? undefined : end + 2;
    }
    if (start !== '//' && start[0] !== '#') return undefined;
    let end = at;
    while (end < this.masked.length && !isBreak(this.masked[end])) end++;
    return end;
  }

  /** A comment goes with the blanks before it, and with its line where it has one for itself. */
  #comment(): void {
    const { masked } = this;
    const end = this.#commentEnd(this.#at) as number;
    let start = this.#at;
    while (isBlank(masked[start - 1])) start--;
    let after = end;
    while (isBlank(masked[after])) after++;
    const isLine = (start === 0 || isBreak(masked[start - 1])) && (after === masked.length || isBreak(masked[after]));
    if (isLine && masked[after] === '\r') after++;
    this.#edit('comment', start, isLine ? Math.min(after + 1, masked.length) : end, '');
    this.#at = end;
  }

  #comma(): void {
    const comma = this.#at;
    let next = comma + 1;
    for (;;) {
      while (/\s/.test(this.masked[next] ?? '')) next++;
      const comment = this.#commentEnd(next);
      if (comment === undefined) break;
      next = comment;
    }
    const isTooMany = this.#valueEnd === undefined || '}],'.includes(this.masked[next] ?? '}');
    if (isTooMany) this.#edit('comma', comma, comma + 1, '');
    else this.#valueEnd = undefined;
    this.#at = comma + 1;
  }

  #string(): void {
    let i = this.#at + 1;
    for (; i < this.masked.length && this.masked[i] !== '"'; i++) {
      const char = this.masked[i] as string;
      if (char === '\\') {
        const isKnown = /^(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(this.masked.slice(i + 1, i + 6));
        if (isKnown) i++;
        else this.#edit('escape', i, i + 1, '\\\\');
      } else if (char < ' ') this.#edit('escape', i, i + 1, JSON.stringify(char).slice(1, -1));
    }
    this.#endValue(i + 1);
  }

  #singleQuoted(): void {
    const match = /^'((?:[^'\\\r\n]|\\.)*)'/.exec(this.masked.slice(this.#at));
    const end = this.#at + (match?.[0].length ?? 1);
    if (match) {
      const inner = this.text
        .slice(this.#at + 1, end - 1)
        .replace(/\\'/g, "'")
        .replace(/(?<!\\)"/g, '\\"');
      this.#edit('quotes', this.#at, end, `"${inner}"`);
    }
    this.#endValue(end);
  }

  #word(): void {
    const match = /^[^\s,:{}[\]"'#]+/.exec(this.masked.slice(this.#at));
    const word = match?.[0] ?? this.masked.slice(this.#at, this.#at + 1);
    const end = this.#at + word.length;
    const known = WORDS[word];
    const isKey = /^\s*:/.test(this.masked.slice(end));
    if (isKey && /^[\w$.-]+$/.test(word)) this.#edit('quotes', this.#at, end, JSON.stringify(word));
    else if (known) this.#edit('word', this.#at, end, known);
    this.#endValue(end);
  }
}
