/** Snippets in LSP syntax: `$1`, `${1:default}`, `${1|a,b|}`. They do not nest here, and there are no variables. */

const PLACEHOLDER = /\\([\\$}|,])|\$(\d+)|\$\{(\d+)(?::((?:[^}\\]|\\.)*)|\|((?:[^|\\]|\\.)*)\|)?\}/g;

const unescaped = (text: string): string => text.replace(/\\([\\$}|,])/g, '$1');

/** The text of a snippet with the defaults of its placeholders, the first of its choices, for clients without snippets. */
export const plainText = (snippet: string): string =>
  snippet.replace(
    PLACEHOLDER,
    (_, escaped?: string, _tab?: string, _named?: string, text?: string, choices?: string) => {
      if (escaped !== undefined) return escaped;
      if (choices !== undefined) return unescaped(choices.split(/(?<!\\),/)[0] ?? '');
      return unescaped(text ?? '');
    },
  );

/** Text as a snippet that inserts just it. */
export const escapeSnippet = (text: string): string => text.replace(/[\\$}]/g, '\\$&');

/** True where a snippet has something to fill in. */
export const hasPlaceholder = (snippet: string): boolean => /(?<!\\)\$[{\d]/.test(snippet);

/** The same snippet with its placeholders numbered from `first` on. */
export function renumber(snippet: string, first: number): { readonly text: string; readonly next: number } {
  const numbers = new Map<string, number>();
  let next = first;
  const numberOf = (old: string): number => {
    const known = numbers.get(old);
    if (known !== undefined) return known;
    numbers.set(old, next);
    return next++;
  };
  const text = snippet.replace(/(\\.)|\$(\d+)|\$\{(\d+)/g, (all, escaped, plain, named) =>
    escaped !== undefined ? all : plain !== undefined ? `$${numberOf(plain)}` : `\${${numberOf(named)}`,
  );
  return { text, next };
}
