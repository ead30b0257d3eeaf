import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { toData } from '../../../server/src/yaml/data.ts';
import { get, text } from '../../../server/src/yaml/navigate.ts';
import { parseTree } from '../../../server/src/yaml/parse.ts';
import { splitDocuments } from '../../../server/src/yaml/split.ts';

const pieces = (source: string) => splitDocuments(source).map((s) => source.slice(s.start, s.end));

test('a document starts at ---, and its directives go with it', () => {
  assert.deepEqual(pieces('a: 1\n---\nb: 2\n'), ['a: 1\n', '---\nb: 2\n']);
  assert.deepEqual(pieces('# c\n---\na: 1\n'), ['# c\n---\na: 1\n']);
  assert.deepEqual(pieces('%YAML 1.2\n---\na: 1\n...\n%TAG ! tag:x,2000:\n---\nb: 2\n'), [
    '%YAML 1.2\n---\na: 1\n...\n',
    '%TAG ! tag:x,2000:\n---\nb: 2\n',
  ]);
  assert.deepEqual(pieces('\ufeff---\na: 1\r\n---\r\nb: 2'), ['---\na: 1\r\n', '---\r\nb: 2']);
  assert.deepEqual(pieces('a: |\n  ---\n  b\n--- # c\nd: 1'), ['a: |\n  ---\n  b\n', '--- # c\nd: 1']);
  assert.deepEqual(pieces(''), ['']);
});

test('an unterminated quote does not swallow the next document', () => {
  const trees = pieces('a: "x\nb: 1\n---\nkind: Secret\n').map((p) => parseTree(p));
  assert.equal(trees.length, 2);
  assert.equal(text(get(trees[1]?.root, 'kind')), 'Secret');
  assert.equal(trees[1]?.errors.length, 0);
});

test('splitting and parsing one by one equals parsing the whole file', () => {
  const value = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.string(), { maxLength: 3 }),
  );
  const document = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), value, { maxKeys: 4, minKeys: 1 });
  fc.assert(
    fc.property(
      fc.array(document, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      (documents, eol, json) => {
        const source = documents
          .map(
            (d) =>
              `---${eol}${
                json
                  ? JSON.stringify(d)
                  : Object.entries(d)
                      .map(([k, v]) => `${k}: ${JSON.stringify(v)}`)
                      .join(eol)
              }${eol}`,
          )
          .join('');
        const whole = (parseAllDocuments(source) as { toJS(): unknown }[]).map((d) => d.toJS());
        assert.deepEqual(
          pieces(source).map((p) => toData(parseTree(p).root)),
          whole,
        );
      },
    ),
  );
});

test('any text is split without gaps and parsed without a throw', () => {
  const fragment = fc.constantFrom(
    '---',
    '...',
    '\n',
    '\r\n',
    '%YAML 1.2',
    'a: ',
    '- ',
    '"',
    "'",
    '|',
    '>',
    '&a ',
    '*a',
    '{',
    '}',
    '[',
    ']',
    '\t',
    '<<: *a',
    '# c',
    '!!x ',
    '? ',
    ': ',
    '\ufeff',
    '<<<<<<< HEAD',
    'x',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(fragment, { maxLength: 40 }).map((f) => f.join('')),
      ),
      (source) => {
        const spans = splitDocuments(source);
        const joined = spans.map((s) => source.slice(s.start, s.end)).join('');
        assert.equal(joined, source.charCodeAt(0) === 0xfeff ? source.slice(1) : source);
        for (const s of spans) parseTree(source.slice(s.start, s.end));
      },
    ),
    { numRuns: 500 },
  );
});
