/**
 * Where the tag or digest of an image or registry URL starts, its `:` or `@` included; `undefined` where it has none.
 * The colon before the port of a host is none.
 */
export function tagAt(text: string): number | undefined {
  const scheme = text.indexOf('://');
  const slash = text.lastIndexOf('/');
  // A host alone: what follows its colon is a port.
  if (scheme >= 0 && slash === scheme + 2) return undefined;
  const at = text.slice(slash + 1).search(/[:@]/);
  return at < 0 ? undefined : slash + 1 + at;
}

/** The text without the characters at its end that are this one. */
export function removeTrailing(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end--;
  return text.slice(0, end);
}
