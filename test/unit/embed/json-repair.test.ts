import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { repairJson } from '../../../server/src/embed/json-repair.ts';
import { readJson } from '../../../server/src/embed/json-text.ts';
import { applyEdits } from '../../../server/src/text/edit.ts';

function repaired(text: string): { kinds: string; text: string } | undefined {
  const json = readJson(text);
  assert.equal(json.state, 'invalid', text);
  const edits = json.state === 'invalid' ? repairJson(text, json.masked) : undefined;
  return edits && { kinds: [...new Set(edits.map((e) => e.kind))].join(' '), text: applyEdits(text, edits) };
}

describe('the repair of JSON', () => {
  it('takes comments out, with their line where they have one', () => {
    assert.deepEqual(repaired('{\n  # why\n  "a": 1, // b\n  "b": /* c */ 2\n}\n'), {
      kinds: 'comment',
      text: '{\n  "a": 1,\n  "b": 2\n}\n',
    });
    assert.deepEqual(repaired('# why\n{"a": "#//"} // end'), { kinds: 'comment', text: '{"a": "#//"}' });
  });

  it('takes commas out and puts them in', () => {
    assert.deepEqual(repaired('{"a": [1, 2,], "b": {},}'), { kinds: 'comma', text: '{"a": [1, 2], "b": {}}' });
    assert.deepEqual(repaired('{\n  "a": 1, # last\n}'), { kinds: 'comma comment', text: '{\n  "a": 1\n}' });
    assert.deepEqual(repaired('{\n  "a": 1\n  "b": {}\n  "c": [1 2]\n}'), {
      kinds: 'missing-comma',
      text: '{\n  "a": 1,\n  "b": {},\n  "c": [1, 2]\n}',
    });
    assert.deepEqual(repaired('{"a": 1,, "b": 2}'), { kinds: 'comma', text: '{"a": 1, "b": 2}' });
  });

  it('escapes what strings cannot hold', () => {
    assert.deepEqual(repaired('{"a": "x\ny", "b": "C:\\dir", "c": "\\u12"}'), {
      kinds: 'escape',
      text: '{"a": "x\\ny", "b": "C:\\\\dir", "c": "\\\\u12"}',
    });
  });

  it('writes quotes and words as JSON does', () => {
    assert.deepEqual(repaired(`{a: 'it"s', "b": True, c-d: None}`), {
      kinds: 'quotes word',
      text: '{"a": "it\\"s", "b": true, "c-d": null}',
    });
    assert.deepEqual(repaired("{'a': '${X}', b: ${Y},}")?.text, `{"a": "\${X}", "b": \${Y}}`);
  });

  it('gives up on what it does not understand', () => {
    for (const text of ['{"a": ', '{"a" 1}', 'a: b', '{"a": yes}', '{"a": "b}'])
      assert.equal(repaired(text), undefined, text);
  });

  it('never makes anything but JSON, of any text, in linear time', () => {
    const part = fc.constantFrom(
      ...['{', '}', '[', ']', ',', ':', '"a"', "'b'", '#c\n', '//d', '/*e*/', ' ', '\n', 'True', 'f', '1', '\\', '"'],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const json = readJson(text);
        const edits = json.state === 'invalid' ? repairJson(text, json.masked) : undefined;
        if (edits) JSON.parse(applyEdits(text, edits));
      }),
      { numRuns: 2000 },
    );
  });
});
