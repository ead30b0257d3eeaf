/**
 * What Go's `encoding/json` says of a text, found without a scanner of its own and without Go. `JSON.parse`, which accepts
 * the same language, is the judge: the offending character is the first at which no continuation of the text is valid
 * JSON any more, found by trying continuations; the wording follows from the characters that could have stood there
 * instead. Which wording belongs to which place, and how Go quotes a byte, was read in Go's source. The expectations of
 * test/golden/go-json.json were written by this and then compared with Go 1.19.8: message and offset of all 240 agree.
 */
export interface Expected {
  readonly message: string;
  readonly byteOffset: number;
  readonly start: number;
  readonly end: number;
}

const tails = [
  ...['', '"', 'n"', '0"', '00"', '000"', '0000"', '0'],
  ...['rue', 'ue', 'e', 'alse', 'lse', 'se', 'ull', 'll', 'l'],
];
const fillers = ['', ':0', '"":0', '0'];

const isValid = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Whether some text behind `prefix` makes it valid JSON. */
function isViable(prefix: string): boolean {
  const structure = prefix.replace(/"(?:[^"\\]|\\.)*(?:"|\\?$)/gs, '');
  const open: string[] = [];
  for (const c of structure) {
    if (c === '{' || c === '[') open.unshift(c === '{' ? '}' : ']');
    else if (c === '}' || c === ']') open.shift();
  }
  const close = open.join('');
  return tails.some((tail) => fillers.some((filler) => isValid(prefix + tail + filler + close)));
}

const probes = [...'{["-019tfnrulsea,:}].+b/x '];

function contextAt(prefix: string): string {
  const next = new Set(probes.filter((c) => isViable(prefix + c)));
  const has = (chars: string): boolean => [...chars].every((c) => next.has(c));
  if (has('x')) return 'in string literal';
  if (has('b/')) return 'in string escape code';
  if (has('ab09')) return 'in \\u hexadecimal character escape';
  if (has('{')) return 'looking for beginning of value';
  if (has('"')) return 'looking for beginning of object key string';
  if (has(':')) return 'after object key';
  if (has(',}')) return 'after object key:value pair';
  if (has(',]')) return 'after array element';
  if (has(' ')) return 'after top-level value';
  if (has('09')) {
    if (prefix.endsWith('.')) return 'after decimal point in numeric literal';
    return /[eE][-+]?$/.test(prefix) ? 'in exponent of numeric literal' : 'in numeric literal';
  }
  const start = /[a-z]+$/.exec(prefix)?.[0] ?? '';
  const literal = ['true', 'false', 'null'].find((word) => word.startsWith(start)) ?? '';
  return `in literal ${literal} (expecting '${[...next].join('')}')`;
}

const named: Readonly<Record<string, string>> = {
  "'": "\\'",
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
  '\x07': '\\a',
};

function quoted(char: string): string {
  const byte = Buffer.from(char, 'utf8')[0] as number;
  const shown = Buffer.from([byte]).toString('latin1');
  const control = byte < 32 || byte === 127 ? `\\x${Buffer.from([byte]).toString('hex')}` : shown;
  return `'${named[shown] ?? control}'`;
}

export function expectedOfGo(text: string): Expected | undefined {
  let viable = 0;
  let not = text.length + 1;
  while (not - viable > 1) {
    const middle = (viable + not) >> 1;
    if (isViable(text.slice(0, middle))) viable = middle;
    else not = middle;
  }
  const prefix = text.slice(0, viable);
  const bytes = Buffer.byteLength(prefix, 'utf8');
  if (viable === text.length) {
    if (isValid(text)) return undefined;
    const message = isViable(`${text} `)
      ? 'unexpected end of JSON input'
      : `invalid character ' ' ${contextAt(prefix)}`;
    return { message, byteOffset: bytes, start: viable, end: viable };
  }
  const char = String.fromCodePoint(text.codePointAt(viable) as number);
  const message = `invalid character ${quoted(char)} ${contextAt(prefix)}`;
  return { message, byteOffset: bytes + 1, start: viable, end: viable + char.length };
}

const documents = [
  '{"bearerToken": "x", "tlsClientConfig": {"insecure": false, "caData": "YWJj"}}',
  '{\n  "execProviderConfig": {\n    "command": "argocd-k8s-auth",\n    "args": ["azure"],\n    "env": {"AAD_LOGIN_METHOD": "workloadidentity"},\n    "apiVersion": "client.authentication.k8s.io/v1beta1"\n  }\n}\n',
  '[{"op": "replace", "path": "/spec/x~1y", "value": [1, -2.50, 3e+8, 0, true, null]}]',
  '  {"a": {"b": [[], {}, [{"c": "d\\n\\u00e9\\"\\\\"}]]}, "é€😀": "Grüße 😀", "n": -0.1E-2}',
  '[true, false, null, "", 0, -1, 12.75, 1e9, [ ], { }]',
  '"only a string"',
  '-12.5e3',
  ' true ',
];

const inserted = [
  ...[
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '\\',
    '/',
    '//',
    '#',
    '-',
    '+',
    '.',
    'e',
    '0',
    '1',
    't',
    'n',
    'f',
    'x',
    '\\u',
    '\\u12',
  ],
  ...['\n', '\t', '\r', ' ', '\x00', '\x07', '\x7f', '\u00a0', 'é', '“', '😀', '\ufeff', '\u2028', '`', '<', '|'],
];

/** The same texts at every run: documents with one to three random changes each. */
export function mutatedDocuments(count: number): string[] {
  let state = 20_240_601;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const result = new Set<string>();
  while (result.size < count) {
    let text = documents[random(documents.length)] as string;
    for (let changes = 1 + random(3); changes > 0; changes--) {
      const at = random(text.length + 1);
      const insertion = inserted[random(inserted.length)] as string;
      const kind = random(8);
      if (kind < 3) text = text.slice(0, at) + insertion + text.slice(at);
      else if (kind < 5) text = text.slice(0, at) + text.slice(at + 1 + random(3));
      else if (kind < 7) text = text.slice(0, at) + insertion + text.slice(at + 1);
      else text = text.slice(0, at);
    }
    result.add(text);
  }
  return [...result];
}
