// Objects made from nothing by completions alone, and: whatever is taken, the text stays well-formed.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Session } from '../../../server/src/engine/session.ts';
import { complete } from '../../../server/src/features/completion.ts';
import { parseTree } from '../../../server/src/yaml/parse.ts';
import { splitDocuments } from '../../../server/src/yaml/split.ts';
import { taken } from '../../support/features.ts';
import { findingsOf, ROOT, sessionOf } from '../../support/workspace.ts';

/** Types and takes: a string is typed at the cursor, `{ take }` takes an item; the cursor stands behind what was inserted last. */
function typed(
  start: string,
  steps: readonly (string | { readonly take: string })[],
  path = 'a.yaml',
): { text: string; session: Session } {
  const session = sessionOf({ [path]: start });
  let text = start;
  let cursor = text.length;
  for (const step of steps) {
    if (typeof step === 'string') {
      text = text.slice(0, cursor) + step + text.slice(cursor);
      cursor += step.length;
    } else {
      const item = complete(session, ROOT + path, cursor).items.find((i) => i.label === step.take);
      assert.ok(item, `${step.take} is offered in\n${text.slice(0, cursor)}|${text.slice(cursor)}`);
      const after = taken(text, item);
      cursor = after.length - (text.length - item.replace.end);
      text = after;
    }
    session.setFile(ROOT + path, text);
  }
  return { text, session };
}

describe('from nothing', () => {
  test('an OCIRepository with an identity of its own', () => {
    const { text, session } = typed('', [
      'apiVersion: ',
      { take: 'OCIRepository' },
      '\n',
      { take: 'metadata' },
      'app\n  namespace: flux-system\n',
      { take: 'spec' },
      '\n  prov',
      { take: 'provider' },
      '\n  servi',
      { take: 'serviceAccountName' },
      'registry-reader\n',
    ]);
    assert.match(text, /kind: OCIRepository/);
    assert.match(text, /provider: azure/);
    assert.deepEqual(
      findingsOf(session, 'a.yaml')
        .filter((f) => f.severity === 'error')
        .map((f) => f.message),
      [],
    );
  });

  test('an Argo CD cluster', () => {
    const { text, session } = typed('', [{ take: 'Argo CD cluster on AKS with workload identity' }]);
    assert.match(text, /"command": "argocd-k8s-auth"/);
    assert.deepEqual(
      findingsOf(session, 'a.yaml')
        .filter((f) => f.rule.startsWith('argocd/') && !/placeholder|base64|GUID/i.test(f.message))
        .map((f) => f.message),
      [],
    );
  });

  test('its JSON, key by key', () => {
    const head =
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: c\n  namespace: argocd\n  labels:\n    argocd.argoproj.io/secret-type: cluster\nstringData:\n  name: c\n  server: https://c.hcp.westeurope.azmk8s.io\n  config: |\n    {\n      ';
    const { text } = typed(`${head}"tls`, [{ take: 'tlsClientConfig' }]);
    assert.match(text, /"tlsClientConfig": \{\n {8}\n {6}\}$/);
  });
});

test('whatever is taken, the text stays well-formed', () => {
  const fleet = readdirSync('examples', { recursive: true })
    .map((f) => String(f).replaceAll('\\', '/'))
    .filter((f) => f.endsWith('.yaml'));
  const session = new Session();
  for (const path of fleet) session.setFile(ROOT + path, readFileSync(`examples/${path}`, 'utf8'));
  const errorsOf = (text: string) =>
    splitDocuments(text).flatMap(({ start, end }) => parseTree(text.slice(start, end)).errors.map((e) => e.code));
  let count = 0;
  for (const path of fleet) {
    const text = session.file(ROOT + path)?.text ?? '';
    if (errorsOf(text).length > 0) continue;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      // A new line below each line, indented as it is: what an editor does on Enter.
      const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
      const indent = (/^ *(?:- +)*/.exec(line)?.[0] ?? '').replace(/-/g, ' ');
      const before = `${text.slice(0, at + 1)}${indent}\n${text.slice(at + 1)}`;
      if (errorsOf(before).length > 0) continue;
      session.setFile(ROOT + path, before);
      for (const item of complete(session, ROOT + path, at + 1 + indent.length).items) {
        count++;
        const after = taken(before, item);
        assert.deepEqual(
          errorsOf(after),
          [],
          `${path}: ${item.label} below ${JSON.stringify(line)}\n${after.slice(Math.max(0, at - 200), at + 400)}`,
        );
      }
      session.setFile(ROOT + path, text);
    }
  }
  assert.ok(count > 500, String(count));
});
