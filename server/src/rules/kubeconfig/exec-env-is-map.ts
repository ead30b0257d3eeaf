import { type Data, setValue } from '../../yaml/edits.ts';
import { asMap, asScalar, entry } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { execUsers } from './_users.ts';

export default defineRule({
  id: 'kubeconfig/exec-env-is-map',
  on: execUsers,
  severity: 'error',
  partial: true,
  summary: 'In a kubeconfig `exec.env` is a list of name and value, not a map.',
  why: "Argo CD's cluster Secret holds the environment of an exec plugin as a map, a kubeconfig holds it as a list. With a map the kubeconfig cannot be decoded.",
  references: ['kubernetes/client-go@v0.36.1 tools/clientcmd/api/v1/types.go ExecEnvVar'],
  *check({ plugin }) {
    const env = entry(plugin, 'env');
    const map = asMap(env?.value);
    if (!env || !map) return;
    const list: Data[] = [];
    for (const variable of map.entries) {
      const value = asScalar(variable.value);
      if (value) list.push({ name: variable.key.text, value: value.value === null ? '' : value.text });
    }
    const plain = env.value === map && list.length === map.entries.length;
    yield report(
      env,
      'In a kubeconfig env is a list of name and value; this map, as Argo CD has it, makes the kubeconfig unreadable.',
      { fix: plain ? safeFix('Convert the map to a list', setValue(env, list)) : undefined },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'As in a cluster Secret of Argo CD',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
        <|env|>:
          AAD_LOGIN_METHOD: workloadidentity
          AZURE_CLI_TIMEOUT: 60
        installHint: see the wiki
`,
      fixed: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
        env:
          - name: AAD_LOGIN_METHOD
            value: workloadidentity
          - name: AZURE_CLI_TIMEOUT
            value: "60"
        installHint: see the wiki
`,
    },
  ],
  good: [
    {
      title: 'A list, and nothing',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
        env:
          - name: AAD_LOGIN_METHOD
            value: workloadidentity
  - name: other
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login, azurecli, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
        env: null
`,
    },
  ],
};
