import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { checkGoJson } from '../../../server/src/embed/go-json.ts';
import { type Expected, expectedOfGo, mutatedDocuments } from './go-json-oracle.ts';

const golden = 'test/golden/go-json.json';

interface GoldenCase {
  readonly text: string;
  readonly expected: Expected | null;
}

const found = (text: string): Expected | undefined => {
  const error = checkGoJson(text);
  return error && { message: error.message, byteOffset: error.byteOffset, ...error.span };
};

/** `@` stands before the offending character, or where the text ends too early. */
function check(marked: string, message: string): void {
  const start = marked.indexOf('@');
  const text = marked.replace('@', '');
  const width = start === text.length ? 0 : (text.codePointAt(start) as number) > 0xffff ? 2 : 1;
  const byteOffset = Buffer.byteLength(text.slice(0, start)) + (width > 0 ? 1 : 0);
  assert.deepEqual(found(text), { message, byteOffset, start, end: start + width }, text);
}

describe("Go's JSON errors", () => {
  it('accepts JSON', () => {
    for (const text of [
      '{}',
      ' [ ] ',
      '0',
      '-0',
      '1.5e+3',
      '"\\u00e9\\/\x7f\u2028"',
      'null\n',
      '{"a":{"b":[1,"x"]}}',
      '"\ud800"',
    ]) {
      assert.equal(checkGoJson(text), undefined, text);
    }
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        assert.equal(checkGoJson(JSON.stringify(value, undefined, indent)), undefined);
      }),
    );
  });

  it('words the mistakes people make', () => {
    check('{@# comment\n}', "invalid character '#' looking for beginning of object key string");
    check('{\n  @// comment\n}', "invalid character '/' looking for beginning of object key string");
    check('{"a": 1,\n@}', "invalid character '}' looking for beginning of object key string");
    check("{@'a': 1}", "invalid character '\\'' looking for beginning of object key string");
    check('[1, @]', "invalid character ']' looking for beginning of value");
    check('{"a": @\'b\'}', "invalid character '\\'' looking for beginning of value");
    check('@bearerToken: x', "invalid character 'b' looking for beginning of value");
    check('{"a": @}', "invalid character '}' looking for beginning of value");
    check('{"a" @"b"}', "invalid character '\"' after object key");
    check('{"a": "b" @"c": 1}', "invalid character '\"' after object key:value pair");
    check('[1 @2]', "invalid character '2' after array element");
    check('{}@]', "invalid character ']' after top-level value");
    check('{} @{}', "invalid character '{' after top-level value");
    check('0@1', "invalid character '1' after top-level value");
    check('{"a": 1@]', "invalid character ']' after object key:value pair");
  });

  it('words mistakes inside strings and numbers', () => {
    check('"a@\nb"', "invalid character '\\n' in string literal");
    check('"a@\x01b"', "invalid character '\\x01' in string literal");
    check('"\\@x"', "invalid character 'x' in string escape code");
    check('"\\u12@g4"', "invalid character 'g' in \\u hexadecimal character escape");
    check('-@x', "invalid character 'x' in numeric literal");
    check('[1.@]', "invalid character ']' after decimal point in numeric literal");
    check('[1e@,2]', "invalid character ',' in exponent of numeric literal");
    check('[1e+@}', "invalid character '}' in exponent of numeric literal");
    check('t@Rue', "invalid character 'R' in literal true (expecting 'r')");
    check('fals@x', "invalid character 'x' in literal false (expecting 'e')");
    check('nu@ ll', "invalid character ' ' in literal null (expecting 'l')");
    check('@True', "invalid character 'T' looking for beginning of value");
  });

  it('names characters as Go quotes their first byte', () => {
    check('@\\', "invalid character '\\\\' looking for beginning of value");
    check('@\ufeff{}', "invalid character 'ï' looking for beginning of value");
    check('@“a”', "invalid character 'â' looking for beginning of value");
    check('{"é": @😀}', "invalid character 'ð' looking for beginning of value");
    check('@\x7f', "invalid character '\\x7f' looking for beginning of value");
    check('@\u00a0', "invalid character 'Â' looking for beginning of value");
  });

  it('meets the end as Go does', () => {
    for (const text of ['@', ' @', '{@', '{"a@', '{"a"@', '{"a":1@', '[1,@', '"\\u0041@']) {
      check(text, 'unexpected end of JSON input');
    }
    check('tru@', "invalid character ' ' in literal true (expecting 'e')");
    check('-@', "invalid character ' ' in numeric literal");
    check('"\\@', "invalid character ' ' in string escape code");
    check('{"a": 1.@', "invalid character ' ' after decimal point in numeric literal");
  });

  it('stops at a depth of 10000', () => {
    const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    assert.equal(checkGoJson(deep(10_000)), undefined);
    check(`${'['.repeat(10_000)}@[${']'.repeat(10_001)}`, "invalid character '[' exceeded max depth");
    assert.equal(checkGoJson('{"a":'.repeat(10_001))?.message, "invalid character '{' exceeded max depth");
  });

  it('agrees with the golden file', () => {
    const documents = mutatedDocuments(240);
    if (process.env.UPDATE_GOLDEN) {
      const cases = documents.map((text): GoldenCase => ({ text, expected: expectedOfGo(text) ?? null }));
      writeFileSync(golden, `[\n${cases.map((c) => `  ${JSON.stringify(c)}`).join(',\n')}\n]\n`);
    }
    const cases: GoldenCase[] = JSON.parse(readFileSync(golden, 'utf8'));
    assert.deepEqual(
      cases.map((c) => c.text),
      documents,
    );
    for (const { text, expected } of cases) assert.deepEqual(found(text) ?? null, expected, JSON.stringify(text));
    const wordings = new Set(cases.map((c) => c.expected?.message.replace(/'.*?' (?!\()/, '').replace(/\(.*/, '')));
    assert.ok(wordings.size > 14, [...wordings].join('\n'));
  });

  it('agrees with the other way to find an error', () => {
    const part = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"',
        '"a"',
        '"b":',
        ' ',
        '\n',
        '1',
        '0',
        '-',
        '.',
        'e',
        '+',
        'true',
        'nul',
        'fa',
      ],
      ...['\\', '\\n', '\\u00', '4', 'é', "'", '#'],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        assert.deepEqual(found(text), expectedOfGo(text), JSON.stringify(text));
      }),
      { numRuns: 100 },
    );
  });

  it('takes any text in linear time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const error = checkGoJson(text);
        assert.equal(error === undefined, isJson(text));
      }),
    );
    checkGoJson(`[${'"x\\u0041", 1.5e3, '.repeat(100_000)}null]`);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
