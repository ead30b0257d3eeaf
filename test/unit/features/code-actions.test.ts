import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { codeActions, fixAll } from '../../../server/src/features/code-actions.ts';
import { applyEdits } from '../../../server/src/text/edit.ts';
import { findingsOf, ROOT, sessionOf } from '../../support/workspace.ts';

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: a
  labels:
    azure.workload.identity/use: true
spec: {}
`;

const actionsOf = (text: string, rule: string, path = 'a.yaml') => {
  const session = sessionOf({ [path]: text });
  const finding = findingsOf(session, path).find((f) => f.rule === rule);
  assert.ok(finding, `${rule} is found`);
  return codeActions(session, ROOT + path, finding.span).filter(
    (a) => a.finding === undefined || a.finding.rule === rule,
  );
};

/** The text after the action whose title starts so; its finding must be gone. */
function checkAction(text: string, rule: string, title: string, expected: string, path = 'a.yaml') {
  const action = actionsOf(text, rule, path).find((a) => a.title.startsWith(title));
  assert.ok(action, title);
  const after = applyEdits(text, action.edits[0]?.edits ?? []);
  assert.equal(after, expected);
  assert.deepEqual(
    findingsOf(sessionOf({ [path]: after }), path).filter((f) => f.rule === rule),
    [],
  );
}

describe('quick fixes', () => {
  test('the first safe one is preferred', () => {
    const [fix] = actionsOf(POD, 'workload-identity/use-label-not-string');
    assert.equal(fix?.kind, 'fix');
    assert.equal(fix?.preferred, true);
  });
  test('all of a rule, where there are several', () => {
    const two = `${POD}---\n${POD}`;
    assert.ok(actionsOf(two, 'workload-identity/use-label-not-string').some((a) => a.kind === 'fix-all'));
    assert.ok(!actionsOf(POD, 'workload-identity/use-label-not-string').some((a) => a.kind === 'fix-all'));
    const session = sessionOf({ 'a.yaml': two });
    const [edit] = fixAll(session, `${ROOT}a.yaml`);
    assert.equal(applyEdits(two, edit?.edits ?? []), two.replaceAll('use: true', 'use: "true"'));
    assert.deepEqual(fixAll(sessionOf({ 'a.yaml': 'a: b\n' }), `${ROOT}a.yaml`), []);
  });
  test('explain', () => {
    const explain = actionsOf(POD, 'workload-identity/use-label-not-string').find((a) => a.kind === 'explain');
    assert.equal(explain?.explain, 'workload-identity/use-label-not-string');
  });
});

describe('suppressions', () => {
  const rule = 'workload-identity/use-label-not-string';
  test('on the line above, indented as the line', () =>
    checkAction(
      POD,
      rule,
      `Disable ${rule} here, in a comment above`,
      POD.replace('    azure', `    # azure-gitops-disable-next-line ${rule}\n    azure`),
    ));
  test('behind the line', () =>
    checkAction(
      POD,
      rule,
      `Disable ${rule} here, in a comment behind`,
      POD.replace('use: true', `use: true # azure-gitops-disable-line ${rule}`),
    ));
  test('in the file', () =>
    checkAction(POD, rule, `Disable ${rule} in this file`, `# azure-gitops-disable-file ${rule}\n${POD}`));
  test('beside another', () => {
    const text = POD.replace('    azure', '    # azure-gitops-disable-next-line flux/other -- because\n    azure');
    checkAction(
      text,
      rule,
      `Disable ${rule} here, in a comment above`,
      text.replace('flux/other', `flux/other, ${rule}`),
    );
  });
  test('with the line ends of the file', () => {
    const text = POD.replaceAll('\n', '\r\n');
    checkAction(text, rule, `Disable ${rule} in this file`, `# azure-gitops-disable-file ${rule}\r\n${text}`);
  });
  test('inside a patch in a block scalar', () => {
    const text = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
patches:
  - patch: |
      apiVersion: v1
      kind: Pod
      metadata:
        name: a
        labels:
          azure.workload.identity/use: true
`;
    checkAction(
      text,
      rule,
      `Disable ${rule} here, in a comment above`,
      text.replace('          azure', `          # azure-gitops-disable-next-line ${rule}\n          azure`),
      'kustomization.yaml',
    );
  });
  test('not inside JSON: only for the file', () => {
    const text = `apiVersion: v1
kind: Secret
metadata:
  name: c
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: |
    {
      "execProviderConfig": { "command": "argocd-k8s-auth", "args": ["azure"], "env": [{ "name": "A", "value": "b" }] }
    }
`;
    const titles = actionsOf(text, 'argocd/exec-env-is-list')
      .filter((a) => a.kind === 'suppress')
      .map((a) => a.title);
    assert.deepEqual(titles, ['Disable argocd/exec-env-is-list in this file']);
  });
});
