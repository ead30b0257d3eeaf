import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readJson } from '../../../server/src/embed/json-text.ts';
import { toData } from '../../../server/src/yaml/data.ts';
import { parseTree } from '../../../server/src/yaml/parse.ts';

function masked(text: string): string {
  const json = readJson(text);
  assert.equal(json.state, 'valid', text);
  assert.equal((json as { masked: string }).masked.length, text.length);
  return (json as { masked: string }).masked;
}

describe('JSON with templates', () => {
  it('is read as if its templates were filled in', () => {
    assert.equal(masked('{"a": ${X}, "b": [${Y:=1}]}'), '{"a": "$$", "b": ["$(mmm"]}'.replace('"$$"', '"$("'));
    for (const text of [
      '{"insecure": {{ .Values.insecure }}, "caData": "{{ .ca | b64enc }}"}',
      '{"a": "{{ .x | default "y" }}"}',
      '{"a": "{{ printf "%s\\n" .x }}", {{ .key }}: 1}',
      '{{ toJson .config }}',
      '${CONFIG}',
      '{"a": [<< inputs.a >>, $(B)]}',
    ])
      masked(text);
  });

  it('does not take a string with half a template for more than it is', () => {
    assert.equal(masked('{"password": "a${b"}'), '{"password": "a${b"}');
    assert.equal(masked('{"a": "${b", "c": "d}"}'), '{"a": "${b", "c": "d}"}');
    const json = readJson('{"password": "a${b",}');
    assert.equal(json.state, 'invalid');
    assert.deepEqual((json as { error: { span: object } }).error.span, { start: 20, end: 21 });
  });

  it('says nothing where a template decides on the structure', () => {
    for (const text of [
      '{ {{- if .x }} "a": 1 {{- end }} }',
      '{ {{ include "members" . }}, "a": 1 }',
      '{ "a": 1 ${REST} }',
      '{"a": 1{{ .unit }}}',
      '{% if a %}{}{% endif %}',
    ])
      assert.equal(readJson(text).state, 'unknown', text);
  });

  it('finds mistakes beside templates, where they are', () => {
    for (const text of ['{"a": ${X},}', '{"a": "{{ .x | default "y" }}",}', "{'a': ${X}}", '{"a": ${X} // why\n}']) {
      const json = readJson(text);
      assert.equal(json.state, 'invalid', text);
      if (json.state === 'invalid') assert.match(text[json.error.span.start] as string, /[}'/]/);
    }
  });

  it('is YAML with the same values once it is valid', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('', '  ', '\t', '\n'), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const tree = parseTree(text, undefined, masked(text));
        assert.deepEqual(tree.errors, []);
        assert.equal(tree.text, text);
        assert.deepEqual(toData(tree.root), JSON.parse(text));
      }),
      { numRuns: 300 },
    );
  });
});
