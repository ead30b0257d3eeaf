import { isTemplate } from '../../azure/text-kinds.ts';
import { addEntry, replaceText } from '../../yaml/edits.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { execUsers, V1, V1BETA1 } from './_users.ts';

export default defineRule({
  id: 'kubeconfig/exec-api-version-invalid',
  on: execUsers,
  severity: 'error',
  partial: true,
  summary: 'Clients know exec plugins of `client.authentication.k8s.io/v1` and `v1beta1` alone.',
  why: 'The version `v1alpha1`, which older tools wrote, was removed with Kubernetes 1.24: clients say `exec plugin: invalid apiVersion` and run nothing. Without a version they refuse the kubeconfig.',
  references: [
    'kubernetes/client-go@v0.36.1 plugin/pkg/client/auth/exec/exec.go',
    'kubernetes/client-go@v0.36.1 tools/clientcmd/validation.go',
    'https://github.com/hashicorp/terraform-provider-kubernetes/issues/1176',
  ],
  versions: 'clients of Kubernetes 1.24 and later',
  *check({ name, exec, plugin }) {
    const version = asScalar(get(plugin, 'apiVersion'));
    if (!version || version.value === null || version.text === '') {
      yield report(
        exec,
        `The exec plugin lacks its apiVersion: "apiVersion must be specified for ${name} to use exec authentication plugin".`,
        {
          fix: unsafeFix(
            `Write ${V1BETA1}`,
            version ? replaceText(version, V1BETA1) : addEntry(plugin, 'apiVersion', V1BETA1),
          ),
        },
      );
      return;
    }
    if (isTemplate(version.text) || version.text === V1 || version.text === V1BETA1) return;
    yield report(
      version,
      `Clients since Kubernetes 1.24 say: exec plugin: invalid apiVersion "${version.text}". Write ${V1BETA1}.`,
      { fix: unsafeFix(`Write ${V1BETA1}`, replaceText(version, V1BETA1)) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The version that older tools wrote',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: <|client.authentication.k8s.io/v1alpha1|>
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
      title: 'Without a version, in a Secret',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: remote
stringData:
  value: |
    apiVersion: v1
    kind: Config
    users:
      - name: aks
        user:
          <|exec|>:
            command: kubelogin
            args: [get-token, --login, azurecli, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: remote
stringData:
  value: |
    apiVersion: v1
    kind: Config
    users:
      - name: aks
        user:
          exec:
            command: kubelogin
            args: [get-token, --login, azurecli, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
            apiVersion: client.authentication.k8s.io/v1beta1
`,
      message: 'must be specified for aks',
    },
  ],
  good: [
    {
      title: 'Both versions',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: beta
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login, azurecli, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
  - name: stable
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1
        interactiveMode: Never
        command: kubelogin
        args: [get-token, --login, azurecli, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
`,
    },
  ],
};
