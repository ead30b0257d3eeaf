/**
 * Regular expressions that come from a file: RE2 syntax, as the Go programs that read the same files have it, matched
 * in time linear in the text. No such expression ever reaches the backtracking engine of JavaScript.
 * This is the only module that knows the engine (docs/decisions/0003-re2js.md).
 */
export interface LinearRegex {
  readonly source: string;
  /** Whether the expression matches somewhere in the text. */
  test(text: string): boolean;
  /** Whether the expression matches the text as a whole. */
  testWhole(text: string): boolean;
}

/** Longer expressions are not looked at: the program compiled from one may be a thousand times its size. */
const MAX_SOURCE = 4_096;
const MAX_CACHED = 500;

let engine: typeof import('./re2.ts').RE2JS | undefined;
const cache = new Map<string, LinearRegex | string>();

/** The compiled expression; `undefined` where it is no RE2 expression, or too large. Never throws. */
export function linearRegex(source: string): LinearRegex | undefined {
  const compiled = compile(source);
  return typeof compiled === 'string' ? undefined : compiled;
}

/** What is wrong with an expression, in the words of RE2; `undefined` where nothing is. */
export function regexProblem(source: string): string | undefined {
  const compiled = compile(source);
  return typeof compiled === 'string' ? compiled : undefined;
}

function compile(source: string): LinearRegex | string {
  const known = cache.get(source);
  if (known !== undefined) return known;
  const result = build(source);
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(source, result);
  return result;
}

function build(source: string): LinearRegex | string {
  if (source.length > MAX_SOURCE) return 'expression too long';
  try {
    // `require` and not `import`: a bundle then runs the module on this call, not when the server starts.
    engine ??= (require('./re2.ts') as typeof import('./re2.ts')).RE2JS;
    const pattern = engine.compile(source);
    return { source, test: (text) => pattern.test(text), testWhole: (text) => pattern.testExact(text) };
  } catch (error) {
    return String((error as Error).message ?? error);
  }
}
