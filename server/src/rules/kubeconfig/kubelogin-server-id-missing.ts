import { APPLICATIONS } from '../../azure/applications.ts';
import { addItems } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { isOn, kubelogins } from './_users.ts';

export default defineRule({
  id: 'kubeconfig/kubelogin-server-id-missing',
  on: kubelogins,
  severity: 'error',
  partial: true,
  summary: '`kubelogin get-token` needs `--server-id`.',
  why: 'The server id is the application that the token is for, and no variable of the environment stands for it: kubelogin ends with `server-id is required`. AKS has the same one in every cloud, `6dae42f8-4368-4678-94ff-3960e28e3630`; clusters of Azure Arc with proof of possession have `6256c85f-0aad-4d50-b960-e6e9b21efe35`.',
  references: ['Azure/kubelogin@v0.2.19 pkg/internal/token/execCredentialPlugin.go'],
  *check({ args, argsEntry, command, open, flag }) {
    const own = flag('--server-id');
    if (open || (own && own.value?.text !== '')) return;
    const pop = isOn(flag('--pop-enabled'));
    const id = pop ? APPLICATIONS.arcServer.id : APPLICATIONS.aksServer.id;
    yield report(
      argsEntry ?? command,
      `server-id is required: add --server-id ${id}, the application of ${pop ? 'clusters of Azure Arc' : 'AKS in every cloud'}.`,
      {
        fix: args && !own ? safeFix('Add --server-id', addItems(args, ['--server-id', id])) : undefined,
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The login method alone',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        <|args|>:
          - get-token
          - --login
          - azurecli
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
      title: 'With the id, in either way, or from a template',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login, azurecli, --server-id=6dae42f8-4368-4678-94ff-3960e28e3630]
  - name: template
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login, azurecli, "\${SERVER_ID_FLAG}"]
`,
    },
  ],
};
