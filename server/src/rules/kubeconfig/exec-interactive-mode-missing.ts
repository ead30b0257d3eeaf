import { isTemplate, nearest } from '../../azure/text-kinds.ts';
import { addEntry, replaceText } from '../../yaml/edits.ts';
import { asScalar, entry, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { execUsers, V1 } from './_users.ts';

const MODES = ['Never', 'IfAvailable', 'Always'];

export default defineRule({
  id: 'kubeconfig/exec-interactive-mode-missing',
  on: execUsers,
  severity: 'error',
  partial: true,
  summary: 'An exec plugin of version `v1` needs `interactiveMode`: `Never`, `IfAvailable` or `Always`.',
  why: 'Version `v1beta1` has the default `IfAvailable`, version `v1` has none: clients refuse the kubeconfig. Argo CD sets the field itself, a kubeconfig has to.',
  references: ['kubernetes/client-go@v0.36.1 tools/clientcmd/validation.go'],
  versions: 'clients of Kubernetes 1.22 and later',
  *check({ name, plugin }) {
    const mode = asScalar(get(plugin, 'interactiveMode'));
    if (mode && mode.value !== null && mode.text !== '') {
      if (MODES.includes(mode.text) || isTemplate(mode.text)) return;
      const meant = nearest(mode.text, MODES, 2);
      yield report(mode, `interactiveMode must be Never, IfAvailable or Always: clients refuse "${mode.text}".`, {
        fix: meant ? unsafeFix(`Write ${meant}`, replaceText(mode, meant)) : undefined,
      });
      return;
    }
    const version = asScalar(get(plugin, 'apiVersion'));
    if (!version || version.text !== V1) return;
    yield report(
      version,
      `With v1 an exec plugin needs interactiveMode: "interactiveMode must be specified for ${name} to use exec authentication plugin".`,
      {
        fix: unsafeFix(
          'Add interactiveMode: IfAvailable',
          mode
            ? replaceText(mode, 'IfAvailable')
            : addEntry(plugin, 'interactiveMode', 'IfAvailable', entry(plugin, 'apiVersion')),
        ),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Version v1 alone',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: <|client.authentication.k8s.io/v1|>
        command: kubelogin
        args: [get-token, --login, azurecli, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
`,
      fixed: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1
        interactiveMode: IfAvailable
        command: kubelogin
        args: [get-token, --login, azurecli, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
`,
    },
    {
      title: 'Another word',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        interactiveMode: <|never|>
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
        interactiveMode: Never
        command: kubelogin
        args: [get-token, --login, azurecli, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
`,
    },
  ],
  good: [
    {
      title: 'With a mode, and with the version that has a default',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: stable
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1
        interactiveMode: Never
        command: kubelogin
        args: [get-token, --login, azurecli, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
  - name: beta
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login, azurecli, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
`,
    },
  ],
};
