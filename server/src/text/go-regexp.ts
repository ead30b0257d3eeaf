import { linearRegex } from './linear-regex.ts';

/** A regular expression as Go's regexp package reads it (RE2), in an engine whose time is linear in the text. */
export interface GoRegexp {
  /** True where it matches anywhere in the text, as `regexp.MatchString` does. */
  search(text: string): boolean;
  /** True where it matches the whole text. */
  full(text: string): boolean;
}

const MAX_PATTERN = 1_000;

/** Compiles a pattern; `undefined` where Go's engine refuses it (look-around, back-references …). Never throws. */
export function goRegexp(pattern: string): GoRegexp | undefined {
  // Nothing is said of a pattern that no person wrote: it matches nothing here and is not called invalid either.
  if (pattern.length > MAX_PATTERN) return { search: () => false, full: () => false };
  const regex = linearRegex(pattern);
  return regex && { search: regex.test, full: regex.testWhole };
}
