import { addEntry, addItems } from '../../yaml/edits.ts';
import { entry } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { kubelogins } from './_users.ts';

export default defineRule({
  id: 'kubeconfig/kubelogin-get-token-missing',
  on: kubelogins,
  severity: 'error',
  partial: true,
  summary: 'kubelogin prints a token with the sub-command `get-token` alone.',
  why: 'Without a sub-command kubelogin prints its help, which no client can read as a credential.',
  references: ['Azure/kubelogin@v0.2.19 docs/book/src/cli/get-token.md'],
  *check({ args, argsEntry, words, open, command, plugin }) {
    // Sub-commands may stand behind flags; another one is another mistake.
    if (open || words.some((w) => w.text === 'get-token')) return;
    yield report(
      argsEntry ?? command,
      'kubelogin prints a token with the sub-command get-token: make it the first argument.',
      {
        fix: safeFix(
          'Add get-token',
          args
            ? addItems(args, ['get-token'], 0)
            : argsEntry
              ? undefined
              : addEntry(plugin, 'args', ['get-token'], entry(plugin, 'command')),
        ),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Flags alone',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        <|args|>:
          - --login
          - azurecli
          - --server-id
          - 6dae42f8-4368-4678-94ff-3960e28e3630
`,
      fixed: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args:
          - get-token
          - --login
          - azurecli
          - --server-id
          - 6dae42f8-4368-4678-94ff-3960e28e3630
`,
    },
  ],
  good: [
    {
      title: 'The first argument, arguments from a template, and another program',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: /usr/local/bin/kubelogin
        args: [get-token, --login, azurecli, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
  - name: template
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: ["\${ARGUMENTS}"]
  - name: oidc
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --oidc-issuer-url=https://login.contoso.com, --oidc-client-id=kubernetes]
  - name: aws
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: aws
        args: [eks, get-token]
`,
    },
  ],
};
