// What people get wrong with workload identity over and over, as they write it in a manifest and in a kustomize patch.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findingsOf, sessionOf, unmark } from '../../support/workspace.ts';

const CLIENT = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

/** All findings about workload identity are at the marks, by these rules in the order of the marks. */
function check(files: Readonly<Record<string, string>>, ...rules: readonly string[]): void {
  const marked = Object.entries(files).map(([path, source]) => [path, unmark(source)] as const);
  const session = sessionOf(Object.fromEntries(marked.map(([path, { text }]) => [path, text])));
  const actual = marked.flatMap(([path, { text }]) =>
    findingsOf(session, path).map((f) => [path, f.rule, f.span.start, text.slice(f.span.start, f.span.end)]),
  );
  const places = marked.flatMap(([path, { text, spans }]) =>
    spans.map((s) => [path, s.start, text.slice(s.start, s.end)] as const),
  );
  assert.equal(places.length, rules.length, 'a rule for each mark');
  assert.deepEqual(
    actual,
    places.map(([path, start, text], i) => [path, `workload-identity/${rules[i]}`, start, text]),
  );
}

const account = (annotations: string, labels = ''): string => `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  namespace: apps
${labels}${annotations}`;
const WITH_CLIENT = `  annotations:
    azure.workload.identity/client-id: ${CLIENT}
`;

const deployment = (labels: string, accountName: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
  namespace: apps
spec:
  selector:
    matchLabels:
      app: worker
  template:
    metadata:
      labels:
        app: worker
${labels}    spec:
${accountName}      containers:
        - name: worker
          image: contoso.azurecr.io/worker:1.0.0
`;
const USE = `        azure.workload.identity/use: "true"
`;
const ACCOUNT = `      serviceAccountName: worker
`;

const cronJob = (own: string, template: string): string => `apiVersion: batch/v1
kind: CronJob
metadata:
  name: report
  namespace: apps
${own}spec:
  schedule: 0 5 * * *
  jobTemplate:
    spec:
      template:
        metadata:
          labels:
            app: report
${template}        spec:
          serviceAccountName: worker
          restartPolicy: Never
          containers:
            - name: report
              image: contoso.azurecr.io/report:1.0.0
`;

/** A kustomization over `resources` with one inline patch, whose lines are given without indentation. */
const overlay = (patch: string, ...resources: string[]): string => `resources:
${resources.map((r) => `  - ${r}\n`).join('')}patches:
  - patch: |
${patch
  .split('\n')
  .map((line) => (line === '' ? line : `      ${line}`))
  .join('\n')}`;

describe('the client id is written with an underscore', () => {
  const wrong = `  annotations:
    <|azure.workload.identity/client_id|>: ${CLIENT}
`;
  test('in a manifest', () => check({ 'account.yaml': account(wrong) }, 'unknown-key'));
  test('in a patch', () =>
    check(
      { 'account.yaml': account(''), 'kustomization.yaml': overlay(account(wrong), 'account.yaml') },
      'unknown-key',
    ));
  test('right, nothing is said', () => check({ 'account.yaml': account(WITH_CLIENT) }));
});

describe('the pod does not use the annotated ServiceAccount', () => {
  test('in a manifest', () =>
    check(
      {
        'account.yaml': account(WITH_CLIENT),
        'deployment.yaml': deployment(USE, '').replace('kind: Deployment', 'kind: <|Deployment|>'),
      },
      'default-service-account',
    ));
  test('in a patch', () =>
    check(
      {
        'account.yaml': account(WITH_CLIENT),
        'deployment.yaml': deployment('', '').replace('kind: Deployment', 'kind: <|Deployment|>'),
        'kustomization.yaml': overlay(
          `apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
  namespace: apps
spec:
  template:
    metadata:
      labels:
        azure.workload.identity/use: "true"
`,
          'account.yaml',
          'deployment.yaml',
        ),
      },
      'default-service-account',
    ));
  test('a placeholder is left for the client id', () =>
    check({ 'account.yaml': account(WITH_CLIENT.replace(CLIENT, '<|<client-id>|>')) }, 'placeholder-left'));
  test('a variable is filled in later: nothing is said', () =>
    check({
      'account.yaml': account(WITH_CLIENT.replace(CLIENT, `\${CLIENT_ID}`)),
      'deployment.yaml': deployment(USE, ACCOUNT),
    }));
  test('right by a patch, nothing is said', () =>
    check({
      'account.yaml': account(WITH_CLIENT),
      'deployment.yaml': deployment(USE, ''),
      'kustomization.yaml': overlay(
        `apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
  namespace: apps
spec:
  template:
    spec:
      serviceAccountName: worker
`,
        'account.yaml',
        'deployment.yaml',
      ),
    }));
});

describe('the label is on the CronJob, not on the pods of its jobs', () => {
  const wrong = `  labels:
    <|azure.workload.identity/use|>: "true"
`;
  test('in a manifest', () =>
    check(
      {
        'account.yaml': account(WITH_CLIENT),
        'job.yaml': cronJob(wrong, '').replace('serviceAccountName: worker', 'serviceAccountName: <|worker|>'),
      },
      'label-not-on-pod-template',
      'pod-label-missing',
    ));
  test('in a patch', () =>
    check(
      {
        'account.yaml': account(WITH_CLIENT),
        'job.yaml': cronJob('', '').replace('serviceAccountName: worker', 'serviceAccountName: <|worker|>'),
        'kustomization.yaml': overlay(
          `apiVersion: batch/v1
kind: CronJob
metadata:
  name: report
  namespace: apps
${wrong}`,
          'account.yaml',
          'job.yaml',
        ),
      },
      'pod-label-missing',
      'label-not-on-pod-template',
    ));
  test('right, nothing is said', () =>
    check({
      'account.yaml': account(WITH_CLIENT),
      'job.yaml': cronJob(
        '',
        `            azure.workload.identity/use: "true"
`,
      ),
    }));
});

describe('the client id is missing', () => {
  test('in a manifest', () =>
    check(
      {
        'account.yaml': account('').replace('name: worker', 'name: <|worker|>'),
        'deployment.yaml': deployment(USE, ACCOUNT),
      },
      'client-id-missing',
    ));
  test('in a patch', () =>
    check(
      {
        'account.yaml': account('').replace('name: worker', 'name: <|worker|>'),
        'deployment.yaml': deployment('', ACCOUNT),
        'kustomization.yaml': overlay(
          `apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
  namespace: apps
spec:
  template:
    metadata:
      labels:
        azure.workload.identity/use: "true"
`,
          'account.yaml',
          'deployment.yaml',
        ),
      },
      'client-id-missing',
    ));
  test('right by a patch, nothing is said', () =>
    check({
      'account.yaml': account(''),
      'deployment.yaml': deployment(USE, ACCOUNT),
      'kustomization.yaml': overlay(account(WITH_CLIENT), 'account.yaml', 'deployment.yaml'),
    }));
});

describe('the label is on the ServiceAccount, not on the pods', () => {
  const wrong = `  labels:
    <|azure.workload.identity/use|>: "true"
`;
  const pods = deployment('', ACCOUNT).replace('serviceAccountName: worker', 'serviceAccountName: <|worker|>');
  test('in a manifest', () =>
    check(
      { 'account.yaml': account(WITH_CLIENT, wrong), 'deployment.yaml': pods },
      'label-on-service-account',
      'pod-label-missing',
    ));
  test('in a patch', () =>
    check(
      {
        'account.yaml': account(WITH_CLIENT),
        'deployment.yaml': pods,
        'kustomization.yaml': overlay(account('', wrong), 'account.yaml', 'deployment.yaml'),
      },
      'pod-label-missing',
      'label-on-service-account',
    ));
  test('right, nothing is said', () =>
    check({ 'account.yaml': account(WITH_CLIENT), 'deployment.yaml': deployment(USE, ACCOUNT) }));
});
