import { applyEdits } from '../text/edit.ts';
import type { TextMap } from '../yaml/tree.ts';
import { composeMaps } from './compose-maps.ts';
import { encodeBase64 } from './go-base64.ts';
import { normalizeEdits } from './normalize-edits.ts';
import { lastNotAfter } from './pieces.ts';

/**
 * The map of the text whose base64 is the text of `inner`. Blanks and line breaks between the characters are passed
 * over, as the padding is not: it has to be there. `undefined` where the text is not standard base64 or what it holds
 * is not UTF-8 text (a NUL tells binary data). A byte order mark is part of the text.
 *
 * `edit` encodes the whole anew, on one line.
 */
export function base64Map(inner: TextMap): TextMap | undefined {
  const layer = base64Layer(inner.text);
  return layer && composeMaps(inner, layer);
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const sextets = new Int8Array(128).fill(-1);
for (let i = 0; i < alphabet.length; i++) sextets[alphabet.charCodeAt(i)] = i;

function base64Layer(host: string): TextMap | undefined {
  const decoded = decodeBase64(host);
  if (!decoded || decoded.bytes.includes(0)) return undefined;
  const { bytes, positions, end } = decoded;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
  const byteStarts = utf8Offsets(text);
  const start = positions[0] ?? end;
  const clamp = (offset: number): number => Math.min(Math.max(Math.trunc(offset) || 0, 0), text.length);
  /** The character of the host with the first bit of a byte. */
  const charOf = (byte: number): number => positions[Math.floor((byte * 8) / 6)] as number;
  const toHost = (offset: number): number => {
    const at = clamp(offset);
    return at === text.length ? end : charOf(byteStarts[at] as number);
  };
  return {
    text,
    toHost,
    spanToHost(span) {
      const from = clamp(span.start);
      const to = clamp(span.end);
      if (to <= from) return { start: toHost(from), end: toHost(from) };
      const first = byteStarts[from] as number;
      // A span that ends between the halves of a surrogate pair takes in the pair.
      const behind = byteStarts[to] === byteStarts[to - 1] ? to + 1 : to;
      const last = (byteStarts[behind] as number) - 1;
      return { start: charOf(first), end: (positions[Math.floor((last * 8 + 7) / 6)] as number) + 1 };
    },
    fromHost(offset) {
      if (!(offset >= start && offset <= end)) return undefined;
      const char = lastNotAfter(positions, offset - 1) + 1;
      if (char >= positions.length) return text.length;
      // The byte that starts in the character; the last of four only goes on with one.
      const byte = Math.min((char >> 2) * 3 + Math.min(char & 3, 2), bytes.length - 1);
      const at = lastNotAfter(byteStarts, byte);
      return at > 0 && byteStarts[at - 1] === byteStarts[at] ? at - 1 : at;
    },
    edit(edits) {
      const normal = normalizeEdits(text, edits);
      if (normal.length === 0) return [];
      const result = applyEdits(text, normal);
      if (/[\0\p{Surrogate}]/u.test(result)) return undefined;
      // Of an empty text no line break stays behind.
      const span = result === '' ? { start: 0, end: host.length } : { start, end };
      return [{ span, newText: encodeBase64(new TextEncoder().encode(result)) }];
    },
  };
}

interface Decoded {
  readonly bytes: Uint8Array;
  /** The offset in the host of every character that carries bits. */
  readonly positions: Int32Array;
  /** The offset behind the last character, the padding included. */
  readonly end: number;
}

function decodeBase64(host: string): Decoded | undefined {
  const positions = new Int32Array(host.length);
  const bytes = new Uint8Array(Math.floor((host.length * 3) / 4));
  let count = 0;
  let length = 0;
  let padding = 0;
  let pending = 0;
  let end = 0;
  for (let i = 0; i < host.length; i++) {
    const c = host.charCodeAt(i);
    if (c === 32 || c === 9 || c === 10 || c === 13) continue;
    end = i + 1;
    if (c === 61) {
      padding++;
      continue;
    }
    const sextet = c < 128 ? (sextets[c] as number) : -1;
    if (sextet < 0 || padding > 0) return undefined;
    positions[count++] = i;
    pending = ((pending << 6) | sextet) & 0xffff;
    if ((count & 3) !== 1) bytes[length++] = (pending >> (2 * (3 - ((count - 1) & 3)))) & 0xff;
  }
  const rest = count & 3;
  if (rest === 1 || padding !== (rest === 0 ? 0 : 4 - rest)) return undefined;
  return { bytes: bytes.subarray(0, length), positions: positions.subarray(0, count), end };
}

/** The offset in UTF-8 of every UTF-16 offset of the text, its end included; the halves of a pair have the same. */
function utf8Offsets(text: string): Int32Array {
  const offsets = new Int32Array(text.length + 1);
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    offsets[i] = bytes;
    const code = text.codePointAt(i) as number;
    if (code > 0xffff) offsets[++i] = bytes;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  offsets[text.length] = bytes;
  return offsets;
}
