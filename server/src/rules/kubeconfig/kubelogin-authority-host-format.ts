import { isPlaceholder } from '../../azure/text-kinds.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { isLiteral, kubelogins, setFlagValue, valuePlace } from './_users.ts';

export default defineRule({
  id: 'kubeconfig/kubelogin-authority-host-format',
  on: kubelogins,
  severity: 'error',
  partial: true,
  summary: '`--authority-host` is a URL that ends in a slash.',
  why: 'kubelogin wants scheme, host and a slash at the end, and ends with an error without them: `authority host … should have a trailing slash`.',
  references: ['Azure/kubelogin@v0.2.19 pkg/internal/token/options.go'],
  versions: 'kubelogin 0.2 and later',
  *check({ flag }) {
    const value = flag('--authority-host')?.value;
    if (!value || value.text === '' || !isLiteral(value.text) || isPlaceholder(value.text)) return;
    const { text } = value;
    if (/^https?:\/\/[^/]+(\/.*)?\/$/.test(text)) return;
    const slash = /^https?:\/\/[^/]/.test(text);
    const better = `${text}/`;
    yield report(
      valuePlace(value),
      slash
        ? `authority host "${text}" should have a trailing slash: kubelogin refuses it.`
        : `The authority host must be a URL with scheme, host and a slash at the end, such as https://login.microsoftonline.com/.`,
      {
        fix: slash ? safeFix('Add the slash', setFlagValue(value, better)) : undefined,
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Without the slash',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args:
          - get-token
          - --authority-host
          - <|https://login.microsoftonline.us|>
          - --login=azurecli
          - --server-id=6dae42f8-4368-4678-94ff-3960e28e3630
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
          - --authority-host
          - https://login.microsoftonline.us/
          - --login=azurecli
          - --server-id=6dae42f8-4368-4678-94ff-3960e28e3630
`,
    },
    {
      title: 'The host alone',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --authority-host=<|login.microsoftonline.us|>, --login, azurecli, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
`,
    },
  ],
  good: [
    {
      title: 'With the slash',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --authority-host, "https://login.chinacloudapi.cn/", --login, azurecli, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
`,
    },
  ],
};
