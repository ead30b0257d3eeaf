import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { editDistance, nearestName } from '../../../server/src/facts/nearest-name.ts';
import type { Shape } from '../../../server/src/facts/shape.ts';
import { structureOf } from '../../../server/src/facts/structure.ts';
import { type StructureProblem, shapeAt, validate } from '../../../server/src/facts/walk.ts';
import { textAt } from '../../../server/src/yaml/navigate.ts';
import { parseTree } from '../../../server/src/yaml/parse.ts';

interface Setting {
  partial?: boolean;
  shape?: Shape;
  minor?: string;
}

/** Validates a manifest whose problems stand between `<|` and `|>`, in the order of the text. */
function check(
  marked: string,
  expected: string[],
  { partial = false, shape, minor }: Setting = {},
): StructureProblem[] {
  const text = marked.replaceAll(/<\||\|>/g, '');
  const spans: string[] = [];
  let removed = 0;
  let open = 0;
  for (const m of marked.matchAll(/<\||\|>/g)) {
    if (m[0] === '<|') open = m.index - removed;
    else spans.push(`${open}-${m.index - removed}`);
    removed += 2;
  }
  const { root } = parseTree(text);
  assert.ok(root);
  const [group = '', version = ''] = (textAt(root, 'apiVersion') ?? '').split('/');
  const found = shape ?? structureOf(group, version, textAt(root, 'kind') ?? '', minor);
  assert.ok(found, 'a known kind');
  const problems = validate(root, found, { partial, template: (t) => /\$\{|\{\{/.test(t) });
  const sorted = [...problems].sort((a, b) => a.span.start - b.span.start || a.code.localeCompare(b.code));
  assert.deepEqual(
    sorted.map((p) => `${p.code} ${p.path.join('.')}`),
    expected,
  );
  assert.deepEqual([...new Set(sorted.map((p) => `${p.span.start}-${p.span.end}`))], spans);
  return sorted;
}

const GIT = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: app, namespace: apps }
`;
const BUCKET = GIT.replace('GitRepository', 'Bucket');
const KUSTOMIZATION = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: app, namespace: apps }
`;

describe('a value that does not have its shape', () => {
  test('a whole, right object has no problem', () => {
    check(`${GIT}spec:\n  interval: 5m\n  url: https://dev.azure.com/org/project/_git/app\n  provider: azure\n`, []);
  });

  test('an unknown field, and the name that was meant', () => {
    const [problem] = check(`${GIT}spec:\n  interval: 5m\n  url: https://a.example/b\n  <|providr|>: azure\n`, [
      'unknown-field spec.providr',
    ]);
    assert.equal(problem?.nearest, 'provider');
    assert.equal(problem?.field, 'providr');
    assert.ok(problem?.allowed?.includes('secretRef'));
  });

  test('a name that is taken is not what was meant', () => {
    const [problem] = check(`${GIT}spec:\n  interval: 5m\n  url: https://a.example/b\n  <|urls|>: x\n`, [
      'unknown-field spec.urls',
    ]);
    assert.equal(problem?.nearest, undefined);
  });

  test('an unknown field of the metadata; any label and annotation', () => {
    check(
      `${GIT.replace('{ name: app, namespace: apps }', '{ name: app, <|lables|>: {}, labels: { a: b }, annotations: { "c/d": "e" } }')}spec: { interval: 5m, url: "https://a.example/b" }\n`,
      ['unknown-field metadata.lables'],
    );
  });

  test('a type', () => {
    const problems = check(
      `${GIT}spec:\n  interval: <|5|>\n  url: https://a.example/b\n  suspend: <|"true"|>\n  ref: <|main|>\n  include: <|{}|>\n  secretRef: <|[]|>\n`,
      ['interval', 'suspend', 'ref', 'include', 'secretRef'].map((f) => `wrong-type spec.${f}`),
    );
    assert.deepEqual(
      problems.map((p) => `${p.shape.type}: ${p.actual}`),
      ['string: a number', 'boolean: a string', 'object: a string', 'array: an object', 'object: a list'],
    );
  });

  test('a value out of a closed list', () => {
    const [problem] = check(`${GIT}spec:\n  interval: 5m\n  url: https://a.example/b\n  provider: <|Azure|>\n`, [
      'not-in-enum spec.provider',
    ]);
    assert.deepEqual(problem?.allowed, ['generic', 'aws', 'azure', 'github']);
    assert.equal(problem?.nearest, 'azure');
  });

  test('a pattern', () => {
    check(`${GIT}spec:\n  interval: <|5 minutes|>\n  url: <|git@ssh.dev.azure.com:v3/o/p/r|>\n  timeout: <|1h|>\n`, [
      'pattern spec.interval',
      'pattern spec.url',
      'pattern spec.timeout',
    ]);
  });

  test('a missing field stands at the key of the object, or at the key that has no value', () => {
    check(`${GIT}<|spec|>:\n  interval: 5m\n`, ['missing-field spec']);
    check(`${GIT}spec:\n  interval: 5m\n  <|url|>:\n`, ['missing-field spec']);
    check(`${GIT}spec:\n  interval: 5m\n  url: https://a.example/b\n  <|secretRef|>: {}\n`, [
      'missing-field spec.secretRef',
    ]);
    const [problem] = check(
      `${KUSTOMIZATION}spec:\n  interval: 5m\n  prune: true\n  sourceRef: { kind: GitRepository, name: app }\n  dependsOn:\n    - <|namespace|>: infra\n`,
      ['missing-field spec.dependsOn.0'],
    );
    assert.equal(problem?.field, 'name');
  });

  test('lengths count characters', () => {
    const shape: Shape = { type: 'object', fields: { a: { type: 'string', minLength: 2, maxLength: 3 } } };
    check('a: "😀😀😀"\n', [], { shape });
    const [long] = check('a: <|"😀😀😀😀"|>\n', ['length a'], { shape });
    assert.deepEqual(long?.limit, { bound: 'at most', value: 3 });
    const [short] = check('a: <|x|>\n', ['length a'], { shape });
    assert.deepEqual(short?.limit, { bound: 'at least', value: 2 });
  });

  test('ranges and counts', () => {
    const shape: Shape = {
      type: 'object',
      fields: { n: { type: 'integer', minimum: 1, maximum: 9 }, l: { type: 'array', minItems: 1, maxItems: 2 } },
    };
    check('n: 9\nl: [a]\n', [], { shape });
    check('n: <|10|>\n<|l|>: [a, b, c]\n', ['range n', 'items l'], { shape });
    check('<|l|>: []\n', ['items l'], { shape });
    check('l: []\n', [], { shape, partial: true });
  });

  test('an item of a list that is left empty', () => {
    check(
      `${KUSTOMIZATION}spec:\n  interval: 5m\n  prune: true\n  sourceRef: { kind: GitRepository, name: app }\n  dependsOn:\n    <|-|>\n`,
      ['wrong-type spec.dependsOn.0'],
    );
  });

  test('of duplicate keys the last counts', () => {
    check(`${GIT}spec:\n  interval: 5\n  interval: 5m\n  url: https://a.example/b\n`, []);
  });

  test('names without regard to case', () => {
    const shape: Shape = {
      type: 'object',
      ignoreCase: true,
      fields: { serverName: { type: 'string' } },
      required: ['serverName'],
    };
    check('SERVERNAME: a\n', [], { shape });
    check('<|serverNam|>: a\n', ['missing-field ', 'unknown-field serverNam'], { shape });
  });

  test('an older Flux knows less', () => {
    const text = (provider: string, key = 'provider') =>
      `${GIT}spec:\n  interval: 5m\n  url: https://a.example/b\n  ${key}: ${provider}\n`;
    check(text('github'), [], { minor: '2.5' });
    check(text('<|github|>'), ['not-in-enum spec.provider'], { minor: '2.4' });
    check(text('github', '<|provider|>'), ['unknown-field spec.provider'], { minor: '2.3' });
  });
});

describe('what is unknown is silent', () => {
  test('templates, as values and as keys', () => {
    check(
      `${GIT}spec:\n  interval: \${INTERVAL}\n  url: "\${URL}"\n  suspend: {{ .suspend }}\n  include: \${LIST}\n`,
      [],
    );
    check(`${GIT}spec:\n  interval: 5m\n  \${REST}: x\n`, []);
  });

  test('aliases and merges that lead nowhere', () => {
    check(`${GIT}spec:\n  interval: *nowhere\n  url: https://a.example/b\n`, []);
    check(`${GIT}spec:\n  <<: *nowhere\n  interval: 5m\n`, []);
  });

  test('aliases and merges that lead somewhere', () => {
    check(
      `${GIT.replace('name: app', 'name: &n app')}spec:\n  interval: 5m\n  url: https://a.example/b\n  secretRef: { name: *n }\n`,
      [],
    );
    check(`.x: &x { interval: 5m }\nspec:\n  <<: *x\n  url: 1\n`, [], { shape: { type: 'any' } });
    const shape: Shape = {
      type: 'object',
      open: true,
      fields: {
        spec: { type: 'object', fields: { a: { type: 'string' }, b: { type: 'string' } }, required: ['a', 'b'] },
      },
    };
    check('x: &x { a: y }\nspec:\n  <<: *x\n  b: z\n', [], { shape });
    check('x: &x { a: y }\n<|spec|>:\n  <<: *x\n', ['missing-field spec'], { shape });
  });

  test('a value that two aliases lead to is judged once', () => {
    check(
      `${GIT.replace('name: app,', 'name: app, annotations: &bad { x: <|1|> }, labels: *bad,')}spec: { interval: 5m, url: "https://a.example/b" }\n`,
      ['wrong-type metadata.annotations.x'],
    );
  });

  test('documents that stand for huge ones end', () => {
    const lists = Array.from({ length: 2_000 }, () => '*l').join(', ');
    const { root } = parseTree(`a: &l [${'x, '.repeat(2_000)}x]\nb: [${lists}]\n`);
    assert.ok(root);
    const list: Shape = { type: 'array', items: { type: 'array', items: { type: 'string', pattern: 'x' } } };
    let looks = 0;
    const template = () => ++looks < 0;
    validate(root, { type: 'object', open: true, fields: { b: list } }, { partial: false, template });
    assert.ok(looks > 50_000 && looks < 150_000, `${looks} of 4,000,000`);
  });

  test('tags of other tools', () => {
    check(`${GIT}spec:\n  interval: !reference [a, b]\n  url: !vault x\n`, []);
  });

  test('damaged maps', () => {
    check(`${GIT}spec:\n  interval: 5m\n  url\n  provider: azure\n`, []);
    check(`${GIT}spec: {interval: 5m, url: "https://a.example/b", providr: azure\n`, []);
  });

  test('null stands for an absent field', () => {
    check(`${GIT}spec:\n  interval: 5m\n  url: https://a.example/b\n  provider:\n  ref: ~\n  secretRef: null\n`, []);
  });

  test('scalars that YAML 1.1 and 1.2 read differently', () => {
    check(`${GIT}spec:\n  interval: 5m\n  url: https://a.example/b\n  suspend: yes\n`, []);
    check(`${GIT}spec:\n  interval: 5m\n  url: https://a.example/b\n  suspend: <|"yes"|>\n`, [
      'wrong-type spec.suspend',
    ]);
    const shape: Shape = { type: 'object', fields: { i: { type: 'integer' }, s: { type: 'string' } } };
    check('i: 1_000\ns: yes\n', [], { shape });
    check('i: <|1.5|>\ns: <|0x10|>\n', ['wrong-type i', 'wrong-type s'], { shape });
    check('i: 12345678901234567890\ns: <|true|>\n', ['wrong-type s'], { shape });
  });

  test('status and free content', () => {
    check(`${GIT}spec: { interval: 5m, url: "https://a.example/b" }\nstatus: { whatever: 1 }\n`, []);
    check(
      `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: a }\nspec:\n  interval: 5m\n  chartRef: { kind: OCIRepository, name: a }\n  values:\n    a: { b: [1, { c: null }] }\n`,
      [],
    );
  });
});

describe('partial objects', () => {
  test('miss nothing and follow no rule over several fields', () => {
    check(`${GIT}spec:\n  serviceAccountName: app\n`, [], { partial: true });
    check(`${GIT}spec:\n  provider: <|azur|>\n`, ['not-in-enum spec.provider'], { partial: true });
    check(`${GIT}spec:\n  <|providr|>: azure\n`, ['unknown-field spec.providr'], { partial: true });
  });

  test('have directives', () => {
    const text = (a: string, b: string) =>
      `${KUSTOMIZATION}spec:\n  ${a}: replace\n  ${b}: [a]\n  dependsOn:\n    - $patch: delete\n      name: b\n`;
    check(text('$patch', '$setElementOrder/dependsOn'), [], { partial: true });
    check(text('$patch', '$deleteFromPrimitiveList/components'), [], { partial: true });
    check(text('<|$path|>', '$retainKeys'), ['unknown-field spec.$path'], { partial: true });
    check(`${GIT}spec: { interval: 5m, url: "https://a.example/b", <|$patch|>: delete }\n`, [
      'unknown-field spec.$patch',
    ]);
  });
});

describe('rules over several fields', () => {
  const message = (problems: StructureProblem[]) => problems[0]?.rule?.message;

  test('the most specific field that the rule names is shown', () => {
    assert.equal(
      message(
        check(`${GIT}spec:\n  interval: 5m\n  url: https://a.example/b\n  <|serviceAccountName|>: app\n`, [
          'cel spec.serviceAccountName',
        ]),
      ),
      "serviceAccountName can only be set when provider is 'azure' or 'aws'",
    );
    check(
      `${BUCKET}spec:\n  interval: 5m\n  bucketName: b\n  endpoint: e\n  provider: aws\n  sts:\n    provider: aws\n    endpoint: https://sts.example\n    <|secretRef|>: { name: a }\n`,
      ['cel spec.sts.secretRef'],
    );
  });

  test('without a field of its own, the key of the object', () => {
    check(
      `${KUSTOMIZATION}spec:\n  interval: 5m\n  prune: true\n  sourceRef: { kind: GitRepository, name: app }\n  <|kubeConfig|>: {}\n`,
      ['cel spec.kubeConfig'],
    );
  });

  test('defaults count', () => {
    // The provider of a Bucket is generic unless told otherwise.
    check(`${BUCKET}spec:\n  interval: 5m\n  bucketName: b\n  endpoint: e\n  <|serviceAccountName|>: app\n`, [
      'cel spec.serviceAccountName',
    ]);
    check(
      `${BUCKET}spec:\n  interval: 5m\n  bucketName: b\n  endpoint: e\n  provider: azure\n  serviceAccountName: app\n`,
      [],
    );
  });

  test('a null field is absent', () => {
    check(`${GIT}spec:\n  interval: 5m\n  url: https://a.example/b\n  serviceAccountName:\n`, []);
  });

  test('what depends on something unknown is silent, what does not is not', () => {
    const bucket = (rest: string) => `${BUCKET}spec:\n  interval: \${I}\n  bucketName: b\n  endpoint: \${E}\n${rest}`;
    check(bucket('  provider: ${P}\n  serviceAccountName: app\n'), []);
    check(bucket('  provider: azure\n  secretRef: *x\n  serviceAccountName: app\n'), []);
    check(bucket('  provider: ${P}\n  secretRef: { name: a }\n  <|serviceAccountName|>: app\n'), [
      'cel spec.serviceAccountName',
    ]);
  });

  test('a value that is wrong by itself is not judged again', () => {
    check(
      `${GIT}spec:\n  interval: 5m\n  url: https://a.example/b\n  provider: <|azur|>\n  serviceAccountName: app\n`,
      ['not-in-enum spec.provider'],
    );
  });

  test('macros, string functions and the root', () => {
    const generator = (name: string, rest = '') =>
      `apiVersion: source.extensions.fluxcd.io/v1beta1\nkind: ArtifactGenerator\nmetadata: { name: a }\nspec:\n  sources: [{ alias: a, kind: GitRepository, name: a }]\n${rest}  ${name}\n`;
    check(generator('<|artifacts|>: [{ name: UPPER, copy: [{ from: "@a/**", to: "@artifact/" }] }]'), [
      'cel spec.artifacts',
    ]);
    check(generator('artifacts: [{ name: lower, copy: [{ from: "@a/**", to: "@artifact/" }] }]'), []);
    check(generator('artifacts: [{ name: "${N}", copy: [{ from: "@a/**", to: "@artifact/" }] }]'), []);
    check(
      `apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nmetadata: { <|name|>: other }\nspec:\n  distribution: { registry: ghcr.io/fluxcd, version: 2.x }\n`,
      ['cel metadata.name'],
    );
    const steps = (b: string) =>
      `apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nmetadata: { name: a }\nspec:\n  ${b}:\n    - { name: a, resourcesTemplate: x }\n    - { name: a, resourcesTemplate: x }\n`;
    check(steps('<|steps|>'), ['cel spec.steps']);
    const provider = (url: string) =>
      `apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSetInputProvider\nmetadata: { name: a }\nspec:\n  type: ACRArtifactTag\n  ${url}\n`;
    check(provider('url: oci://app.azurecr.io/charts/app'), []);
    check(provider('<|url|>: oci://app.azurecr.io'), ['cel spec.url']);
    check(provider('<|url|>: https://app.azurecr.io/x'), ['cel spec.url']);
  });

  test('rules of a definition from the workspace', () => {
    const shape = (rule: string, more?: Partial<Shape>): Shape => ({
      type: 'object',
      open: true,
      cel: [{ rule, message: 'no' }],
      ...more,
    });
    const broken = (rule: string, text: string, more?: Partial<Shape>) => {
      const { root } = parseTree(text);
      assert.ok(root);
      return validate(root, shape(rule, more), { partial: false, template: () => false }).length > 0;
    };
    assert.equal(broken("self.a.matches('^[a-z]+$')", 'a: ABC'), true);
    assert.equal(broken("self.a.matches('^[a-z]+$')", 'a: abc'), false);
    // A text that says `matches(` is a text.
    assert.equal(broken("self.a == '.matches('", 'a: .matches('), false);
    // Linear time, whatever the expression.
    assert.equal(broken("self.a.matches('^(a+)+$')", `a: ${'a'.repeat(5_000)}!`), true);
    assert.equal(broken('self.a == oldSelf.a', 'a: b'), false);
    assert.equal(broken('isURL(self.a)', 'a: b'), false);
    assert.equal(broken('self.a ==', 'a: b'), false);
    assert.equal(broken('self.n > 3', 'n: 3'), true);
    assert.equal(broken('self.n > 3', 'n: 4'), false);
    assert.equal(broken('self.n > 3.5', 'n: 3', { fields: { n: { type: 'number' } } }), true);
    assert.equal(
      broken("self.__namespace__ == 'a' && self.x__dash__y == 'b'", 'namespace: a\nx-y: c', {
        fields: { namespace: { type: 'string' }, 'x-y': { type: 'string' } },
      }),
      true,
    );
    assert.equal(broken("self.l.filter(x, x.k == 'a').map(x, x.v) == ['1']", 'l: [{k: a, v: "2"}]'), true);
    // Three nested loops over many items are too dear.
    const dear = 'self.l.all(a, self.l.all(b, self.l.all(c, a + b + c != 6)))';
    assert.equal(broken(dear, 'l: [1, 2, 3]'), true);
    assert.equal(broken(dear, `l: [${Array.from({ length: 400 }, (_, i) => i)}]`), false);
  });
});

test('shapeAt follows fields, free names and items', () => {
  const shape = structureOf('kustomize.toolkit.fluxcd.io', 'v1', 'Kustomization') as Shape;
  assert.equal(shapeAt(shape, ['spec', 'dependsOn', 3, 'name'])?.type, 'string');
  assert.equal(shapeAt(shape, ['metadata', 'labels', 'a/b'])?.type, 'string');
  assert.equal(shapeAt(shape, ['spec', 'postBuild', 'substitute', 'X'])?.type, 'string');
  assert.equal(shapeAt(shape, ['spec', 'nothing', 'x']), undefined);
  assert.equal(shapeAt(shape, ['spec', 'constructor']), undefined);
  assert.equal(shapeAt(shape, []), shape);
});

test('the nearest name', () => {
  assert.equal(editDistance('kitten', 'sitting'), 3);
  assert.equal(editDistance('ab', 'ba'), 1);
  assert.equal(nearestName('service_account-name', ['serviceAccountName', 'secretRef']), 'serviceAccountName');
  assert.equal(nearestName('urk', ['url', 'ref']), 'url');
  assert.equal(nearestName('xy', ['url', 'ref']), undefined);
  assert.equal(nearestName('a', ['b']), undefined);
});
