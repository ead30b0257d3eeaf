import { RE2JS } from 're2js';

/** A regular expression as Go's regexp package reads it (RE2), in an engine whose time is linear in the text. */
export interface GoRegexp {
  /** True where it matches anywhere in the text, as `regexp.MatchString` does. */
  search(text: string): boolean;
  /** True where it matches the whole text. */
  full(text: string): boolean;
}

const MAX_PATTERN = 1_000;
const MAX_CACHED = 500;
const cache = new Map<string, GoRegexp | undefined>();

/** Compiles a pattern; `undefined` where Go's engine refuses it (look-around, back-references …). Never throws. */
export function goRegexp(pattern: string): GoRegexp | undefined {
  if (cache.has(pattern)) return cache.get(pattern);
  if (cache.size >= MAX_CACHED) cache.clear();
  const compiled = compile(pattern);
  cache.set(pattern, compiled);
  return compiled;
}

function compile(pattern: string): GoRegexp | undefined {
  // Nothing is said of a pattern that no person wrote: it matches nothing here and is not called invalid either.
  if (pattern.length > MAX_PATTERN) return { search: () => false, full: () => false };
  try {
    const expression = RE2JS.compile(pattern);
    return { search: (text) => expression.matcher(text).find(), full: (text) => expression.matches(text) };
  } catch {
    return undefined;
  }
}
