import { nearest } from '../../azure/text-kinds.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { type FlagValue, isLiteral, kubelogins, LOGIN_METHODS, setFlagValue, valuePlace } from './_users.ts';

export default defineRule({
  id: 'kubeconfig/kubelogin-login-unknown',
  on: kubelogins,
  severity: 'error',
  partial: true,
  summary: 'kubelogin knows no login method of this name.',
  why: 'Names of login methods are compared case and all. Any other one ends with `is not a supported login method` and no token. `interactive` came after kubelogin 0.0.20, `azd` after 0.1.0, `azurepipelines` with 0.2.11.',
  references: ['Azure/kubelogin@v0.2.19 pkg/internal/token/options.go'],
  *check({ flag, env }) {
    const login = flag('--login')?.value;
    const variable = env.get('AAD_LOGIN_METHOD')?.value;
    const values: FlagValue[] = [
      ...(login ? [login] : []),
      ...(variable && variable.value !== null ? [{ text: variable.text, node: variable, start: 0 }] : []),
    ];
    for (const value of values) {
      const { text } = value;
      if (text === '' || !isLiteral(text) || LOGIN_METHODS.includes(text)) continue;
      const meant = nearest(text.replaceAll('-', ''), LOGIN_METHODS, 3);
      yield report(
        valuePlace(value),
        `'${text}' is not a supported login method${meant ? `; did you mean ${meant}?` : `. Methods are ${LOGIN_METHODS.join(', ')}.`}`,
        {
          fix: meant ? unsafeFix(`Write ${meant}`, setFlagValue(value, meant)) : undefined,
        },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'With hyphens, and in the environment with capital letters',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login=<|workload-identity|>, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
  - name: other
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
        env:
          - name: AAD_LOGIN_METHOD
            value: <|MSI|>
`,
      fixed: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login=workloadidentity, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
  - name: other
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
        env:
          - name: AAD_LOGIN_METHOD
            value: msi
`,
    },
  ],
  good: [
    {
      title: 'A method, the default, and a template',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, -l, azurecli, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
  - name: template
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login, "\${LOGIN}", --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
`,
    },
  ],
};
