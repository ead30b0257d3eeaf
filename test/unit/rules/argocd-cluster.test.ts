// The rules about cluster Secrets on texts that nobody wrote by hand: none fails, none tells a credential, fixes help.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readJson } from '../../../server/src/embed/json-text.ts';
import { applyFix, findingsOf, sessionOf } from '../../support/workspace.ts';

const SECRET = 'hunter2-9fQ';
const CONFIG = {
  bearerToken: SECRET,
  username: 'admin',
  password: SECRET,
  tlsClientConfig: { insecure: true, caData: 'YWJj', certData: '', keyData: SECRET },
  execProviderConfig: {
    command: 'kubelogin',
    args: ['get-token', '--login', 'spn', '--client-secret', SECRET],
    apiVersion: 'client.authentication.k8s.io/v1',
    env: { AAD_LOGIN_METHOD: 'spn', AZURE_CLIENT_SECRET: SECRET, AAD_SERVICE_PRINCIPAL_CLIENT_SECRET: SECRET },
  },
  proxyUrl: 'proxy:3128',
};

const secretOf = (config: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n  namespace: argocd\n  labels:\n    argocd.argoproj.io/secret-type: cluster\nstringData:\n  name: a\n  server: https://a.hcp.westeurope.azmk8s.io\n  config: |\n    ${config.replaceAll('\n', '\n    ')}\n`;

const found = (yaml: string) => findingsOf(sessionOf({ 'a.yaml': yaml }), 'a.yaml');

/** Values of all JSON types at every place. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(null, true, 12, '', [], {}, ['azure'], [1, 'x'], { insecure: 'false' }),
  fc.constantFrom<unknown>('azure', 'argocd-k8s-auth', 'workloadidentity', 'spn', '${X}'),
);

function mutated(value: unknown, pick: (n: number) => number, replacement: unknown): unknown {
  if (pick(6) === 0) return replacement;
  if (Array.isArray(value)) return value.map((v) => mutated(v, pick, replacement));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(() => pick(8) > 0)
      .map(([k, v]) => [pick(10) === 0 ? k.toUpperCase() : k, mutated(v, pick, replacement)]),
  );
}

describe('the rules about cluster Secrets', () => {
  test('take any JSON, and never tell a credential', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), anything, fc.constantFrom(0, 2), (numbers, replacement, indent) => {
        const pick = (n: number): number => (numbers.next().value as number) % n;
        const config = JSON.stringify(mutated(CONFIG, pick, replacement), undefined, indent);
        for (const { message, fixes, related } of found(secretOf(config)))
          for (const text of [message, ...fixes.map((f) => f.title), ...related.map((r) => r.message)])
            assert.ok(!text.includes(SECRET), text);
      }),
      { numRuns: 150 },
    );
  });

  test('take any text in its place', () => {
    const text = JSON.stringify(CONFIG, undefined, 2);
    const noise = fc.constantFrom(
      '"',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '#',
      '//',
      "'",
      '\n',
      '\\',
      '${',
      '{{ x }}',
      '- ',
      '|',
    );
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(4), noise, (at, gone, insertion) => {
        const config = text.slice(0, at) + insertion + text.slice(at + gone);
        const json = readJson(config);
        const ids = found(secretOf(config)).map((f) => f.rule);
        // What Go cannot read is told once, and nothing else is said of it.
        if (json.state === 'invalid')
          assert.deepEqual(
            ids.filter((id) => id.startsWith('argocd/')),
            ['argocd/cluster-config-not-json'],
            config,
          );
        else assert.ok(!ids.includes('argocd/cluster-config-not-json'), config);
      }),
      { numRuns: 300 },
    );
  });

  test('offer fixes after which the text is YAML still, and the JSON in it JSON', () => {
    const text = JSON.stringify(CONFIG, undefined, 2);
    for (const broken of [
      text,
      JSON.stringify(CONFIG),
      text.replace('\n', '\n  // why\n  '),
      text.replace('"insecure": true', '"insecure": "false",'),
      text.replace('"args": [', '"args": [ # flags\n'),
      text.replace('"proxyUrl"', 'proxyUrl'),
    ]) {
      const yaml = secretOf(broken);
      const findings = found(yaml).filter((f) => f.rule.startsWith('argocd/'));
      assert.ok(findings.length > 0);
      for (const finding of findings)
        for (const fix of finding.fixes) {
          const after = applyFix({ 'a.yaml': yaml }, fix)['a.yaml'] as string;
          assert.notEqual(after, yaml, fix.title);
          const left = found(after);
          // A fix of one mistake among several may leave others; none makes JSON of anything else.
          if (finding.rule !== 'argocd/cluster-config-not-json')
            assert.ok(
              !left.some((f) => f.rule === 'argocd/cluster-config-not-json'),
              `${finding.rule}: ${fix.title}\n${after}`,
            );
          const still = left.filter((f) => f.rule === finding.rule).length;
          const before = findings.filter((f) => f.rule === finding.rule).length;
          assert.ok(
            still < before || finding.rule === 'argocd/cluster-config-not-json',
            `${finding.rule}: ${fix.title}`,
          );
        }
    }
  });
});
