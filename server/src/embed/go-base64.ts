const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const sextets = new Int8Array(256).fill(-1);
for (let i = 0; i < ALPHABET.length; i++) sextets[ALPHABET.charCodeAt(i)] = i;

export type GoBase64 =
  | { readonly bytes: Uint8Array }
  /** The number in Go's `illegal base64 data at input byte N`: an offset into the text's UTF-8. */
  | { readonly corruptAt: number };

/**
 * Decodes as Go's `base64.StdEncoding` does, which is what `encoding/json` reads a `[]byte` with: padded, line breaks
 * passed over, nothing else. Where it fails it counts as https://github.com/golang/go/blob/go1.19/src/encoding/base64/base64.go
 * does, which is at the wrong byte, at the start of a group that ends early, or behind what should have been the end.
 */
export function decodeGoBase64(text: string): GoBase64 {
  const source = new TextEncoder().encode(text);
  const bytes = new Uint8Array(Math.ceil((source.length * 3) / 4));
  const isBreak = (at: number): boolean => source[at] === 10 || source[at] === 13;
  const skipBreaks = (at: number): number => {
    let i = at;
    while (i < source.length && isBreak(i)) i++;
    return i;
  };
  let length = 0;
  let at = 0;
  for (;;) {
    const group: number[] = [];
    let padded = false;
    while (group.length < 4) {
      if (at === source.length) {
        if (group.length === 0) return { bytes: bytes.subarray(0, length) };
        return { corruptAt: at - group.length };
      }
      const byte = source[at] as number;
      at++;
      const sextet = sextets[byte] as number;
      if (sextet >= 0) group.push(sextet);
      else if (byte === 61 && group.length >= 2) {
        padded = true;
        break;
      } else if (byte !== 10 && byte !== 13) return { corruptAt: at - 1 };
    }
    if (padded && group.length === 2) {
      at = skipBreaks(at);
      if (at === source.length) return { corruptAt: source.length };
      if (source[at] !== 61) return { corruptAt: at - 1 };
      at++;
    }
    if (padded) at = skipBreaks(at);
    const bits = group.reduce((all, sextet, i) => all | (sextet << (18 - 6 * i)), 0);
    for (let i = 0; i < group.length - 1; i++) bytes[length++] = (bits >> (16 - 8 * i)) & 0xff;
    if (padded) return at < source.length ? { corruptAt: at } : { bytes: bytes.subarray(0, length) };
  }
}

/** Standard base64, padded, on one line. */
export function encodeBase64(bytes: Uint8Array): string {
  const chunks: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = bytes.subarray(i, i + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const char = (shift: number): string => ALPHABET[(bits >> shift) & 63] as string;
    chunks.push(char(18), char(12), b === undefined ? '=' : char(6), c === undefined ? '=' : char(0));
  }
  return chunks.join('');
}
