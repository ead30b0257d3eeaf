import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  editDistance,
  isCredentialLiteral,
  isGuid,
  isPlaceholder,
  isTemplate,
  looksEncrypted,
  maskTemplates,
  nearest,
  resolveDefault,
  templateRanges,
} from '../../../server/src/azure/text-kinds.ts';

test('templates of every tool are seen', () => {
  for (const text of ['a${X}b', '$(var.x)', '{{ .Values.id }}', '<< inputs.id >>', '%{ if x }', '<+secrets.x>'])
    assert.ok(isTemplate(text), text);
  for (const text of ['', '$X', '{a}', '<client-id>', 'a < b', '100%', '$ {X}']) assert.ok(!isTemplate(text), text);
});

test('a template ends where its own bracket closes', () => {
  assert.deepEqual(templateRanges('x${A:=${B}}y{{ c }}'), [
    { start: 1, end: 11 },
    { start: 12, end: 19 },
  ]);
  assert.deepEqual(templateRanges('${never closed'), [{ start: 0, end: 14 }]);
});

test('masking leaves the rest to be judged', () => {
  assert.equal(
    maskTemplates('https://${VAULT}.vault.azure.net/keys/{{ k }}'),
    'https://templated.vault.azure.net/keys/templated',
  );
  assert.equal(
    maskTemplates('a${X}b', (t) => 'm'.repeat(t.length)),
    'ammmmb',
  );
  assert.equal(maskTemplates('plain'), 'plain');
  assert.ok(!isPlaceholder(maskTemplates('${X}')), 'a masked text is no placeholder');
});

test('defaults of substitution are resolved, other templates are not', () => {
  assert.equal(resolveDefault('https://${HOST:=dev.azure.com}/x'), 'https://dev.azure.com/x');
  assert.equal(resolveDefault('${A:-b}'), 'b');
  assert.equal(resolveDefault('${A:=}'), '');
  assert.equal(resolveDefault('plain'), 'plain');
  for (const text of ['${A}', '${A:=${B}}', '{{ a }}', '${A/x/y}', '$${A:=b}', '${A:=b}${C}'])
    assert.equal(resolveDefault(text), undefined, text);
});

test('placeholders', () => {
  for (const text of [
    '<client-id>',
    'your-client-id',
    'https://your_vault.vault.azure.net',
    'some-id',
    'please fill in',
    'PLACEHOLDER',
    'xxxx',
    'changeme',
    'change-me',
    'replace_me',
    'TODO: id',
    'CLIENT_ID',
    'azure_tenant-id',
    'applicationid',
    '00000000-0000-0000-0000-000000000000',
    '12345678-xxx1-4444-8888-1234567890ab',
  ])
    assert.ok(isPlaceholder(text), text);
  for (const text of [
    'flourish-id',
    'handsome-app',
    'todos',
    'client',
    'xxx',
    '<1>',
    '11111111-2222-4333-8444-555555555555',
  ])
    assert.ok(!isPlaceholder(text), text);
});

test('GUIDs stand alone and have hyphens', () => {
  assert.ok(isGuid('11111111-2222-4333-8444-AAAAAAAAAAAA'));
  for (const text of [
    ' 11111111-2222-4333-8444-555555555555',
    '11111111222243338444555555555555',
    '{11111111-2222-4333-8444-555555555555}',
    '',
  ])
    assert.ok(!isGuid(text), text);
});

test('only a credential itself is a credential literal', () => {
  assert.ok(isCredentialLiteral('q8Z~invented.value'));
  for (const text of ['', '${SECRET}', '<secret>', 'ENC[AES256_GCM,data:a]', 'password', 'Test', '****', 'replace-me'])
    assert.ok(!isCredentialLiteral(text), text);
  assert.ok(looksEncrypted('ENC[x'));
});

test('edit distance stops at its limit, and the nearest word wins whatever its case', () => {
  assert.equal(editDistance('kitten', 'sitting', 5), 3);
  assert.equal(editDistance('kitten', 'sitting', 1), 2);
  assert.equal(editDistance('', 'ab', 2), 2);
  assert.equal(editDistance('abc', 'abcdef', 2), 3);
  assert.equal(nearest('acrpul', ['AcrPush', 'AcrPull'], 2), 'AcrPull');
  assert.equal(nearest('CLIENTID', ['clientId'], 0), 'clientId');
  assert.equal(nearest('nothing', ['clientId'], 2), undefined);
});
