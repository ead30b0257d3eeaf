import { linearRegex } from '../text/linear-regex.ts';
import { isBundledPattern } from './structure.ts';

const MAX_CACHED = 500;
const cache = new Map<string, ((text: string) => boolean) | undefined>();

/**
 * Whether a text matches the pattern of a shape; `undefined` where the pattern cannot be compiled. The patterns of the
 * bundled structure are known to be harmless and run in JavaScript's engine (test/unit/facts/patterns.test.ts proves
 * it of each); all others are RE2 expressions from a file and run in linear time.
 */
export function matchesPattern(pattern: string, text: string): boolean | undefined {
  if (!cache.has(pattern)) {
    if (cache.size >= MAX_CACHED) cache.clear();
    cache.set(pattern, compile(pattern));
  }
  return cache.get(pattern)?.(text);
}

function compile(pattern: string): ((text: string) => boolean) | undefined {
  if (isBundledPattern(pattern)) {
    // RE2 and JavaScript agree on what these use, but for `.`: in JavaScript it also stops at \r, \u2028 and \u2029.
    const regex = new RegExp(pattern.replaceAll('.*', '[^\\n]*'), 'u');
    return (text) => regex.test(text);
  }
  const regex = linearRegex(pattern);
  return regex && ((text) => regex.test(text));
}
