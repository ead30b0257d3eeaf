import { describe, test } from 'node:test';
import { checkCompletion, checkHover } from '../../support/features.ts';

const user = (exec: string): string => `apiVersion: v1
kind: Config
users:
  - name: other
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: aws
        args:
          - eks
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
${exec}`;

const arg = (...args: string[]): string => user(`        args:\n${args.map((a) => `          - ${a}\n`).join('')}`);

describe('arguments of kubelogin', () => {
  test('the sub-command first', () => checkCompletion(arg('<|>'), { has: ['get-token'], lacks: ['--login'] }));
  test('then flags', () =>
    checkCompletion(arg('get-token', '<|>'), {
      has: ['--login', '--server-id', '--pop-enabled'],
      lacks: ['get-token'],
    }));
  test('those that the login method reads', () =>
    checkCompletion(arg('get-token', '--login', 'msi', '<|>'), {
      has: ['--client-id', '--identity-resource-id'],
      lacks: ['--client-secret', '--username', '--federated-token-file'],
    }));
  test('login methods behind their flag', () =>
    checkCompletion(arg('get-token', '--login', '<|>'), {
      has: ['workloadidentity', 'spn', 'msi', 'azurecli', 'devicecode'],
      lacks: ['--server-id'],
    }));
  test('also behind the short one', () =>
    checkCompletion(arg('get-token', '-l', 'work<|>'), { has: ['workloadidentity'] }));
  test('the application of AKS', () =>
    checkCompletion(arg('get-token', '--server-id', '<|>'), {
      take: '6dae42f8-4368-4678-94ff-3960e28e3630',
      gives: arg('get-token', '--server-id', '6dae42f8-4368-4678-94ff-3960e28e3630'),
    }));
  test('clouds', () =>
    checkCompletion(arg('get-token', '-e', '<|>'), { has: ['AzureUSGovernmentCloud'], lacks: ['--login'] }));
  test('none for another program', () =>
    checkCompletion(user('').replace('- eks', '- eks\n          - <|>'), { labels: [] }));
});

describe('variables of kubelogin', () => {
  test('names', () =>
    checkCompletion(user('        env:\n          - name: AAD<|>\n'), {
      has: ['AAD_LOGIN_METHOD', 'AZURE_CLIENT_ID'],
    }));
  test('the value by the name', () =>
    checkCompletion(user('        env:\n          - name: AAD_LOGIN_METHOD\n            value: <|>\n'), {
      has: ['workloadidentity', 'azurecli'],
    }));
});

describe('hover', () => {
  test('a flag', () => checkHover(arg('get-token', '--ser<|>ver-id', 'x'), { says: ['no variable stands for it'] }));
  test('a login method', () =>
    checkHover(arg('get-token', '--login', 'm<|>si'), { says: ['managed identity of the machine'] }));
  test('the application', () =>
    checkHover(arg('get-token', '--server-id', '6dae42f8<|>-4368-4678-94ff-3960e28e3630'), {
      says: ['Azure Kubernetes Service Entra server'],
    }));
  test('never a secret', () =>
    checkHover(arg('get-token', '--client-secret', 'inven<|>ted'), { says: ['not shown'], not: ['invented'] }));
  test('in a Secret', () =>
    checkHover(
      `apiVersion: v1
kind: Secret
metadata: { name: remote }
stringData:
  value: |
    kind: Config
    users:
      - name: aks
        user:
          exec:
            command: kubelogin
            args:
              - get-token
              - --log<|>in
              - msi
`,
      { says: ['AAD_LOGIN_METHOD'] },
    ));
});
