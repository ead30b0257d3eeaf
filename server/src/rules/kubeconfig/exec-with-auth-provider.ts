import { removeEntry } from '../../yaml/edits.ts';
import { asMap, asScalar, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kubeconfigUsers } from './_users.ts';

export default defineRule({
  id: 'kubeconfig/exec-with-auth-provider',
  on: kubeconfigUsers,
  severity: 'error',
  partial: true,
  summary: 'A user has an exec plugin and an auth provider, or a plugin without a command.',
  why: 'Clients refuse a user that has both, and an exec plugin that names no command. Who converts an old kubeconfig by hand takes the auth provider out.',
  references: ['kubernetes/client-go@v0.36.1 tools/clientcmd/validation.go'],
  *check({ name, exec, authProvider }) {
    if (!exec) return;
    if (authProvider)
      yield report(
        authProvider,
        'Clients refuse a user with exec and auth-provider: "authProvider cannot be provided in combination with an exec plugin". Remove this one.',
        { fix: unsafeFix('Remove auth-provider', removeEntry(authProvider)) },
      );
    const plugin = asMap(exec.value);
    const command = get(plugin, 'command');
    if (plugin && !plugin.damaged && (command === undefined || asScalar(command)?.text === ''))
      yield report(
        exec,
        `The exec plugin names no command: "command must be specified for ${name} to use exec authentication plugin".`,
      );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Both, after a conversion by hand',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      <|auth-provider|>:
        name: azure
        config:
          apiserver-id: 6dae42f8-4368-4678-94ff-3960e28e3630
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login, azurecli, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
`,
      fixed: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login, azurecli, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
`,
    },
    {
      title: 'Without a command',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      <|exec|>:
        apiVersion: client.authentication.k8s.io/v1beta1
        args: [get-token]
`,
      message: 'command must be specified for aks',
    },
  ],
  good: [
    {
      title: 'Either',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      auth-provider: null
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login, azurecli, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
  - name: other
    user:
      auth-provider:
        name: oidc
`,
    },
  ],
};
