import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { isLiteral, isOn, kubelogins, removeFlag, valuePlace } from './_users.ts';

const LOGIN: Readonly<Record<string, string>> = { AAD_LOGIN_METHOD: '--login' };
const AZURE: Readonly<Record<string, string>> = {
  ...LOGIN,
  AZURE_CLIENT_ID: '--client-id',
  AZURE_TENANT_ID: '--tenant-id',
  AZURE_CLIENT_SECRET: '--client-secret',
  AZURE_CLIENT_CERTIFICATE_PATH: '--client-certificate',
  AZURE_FEDERATED_TOKEN_FILE: '--federated-token-file',
  AZURE_AUTHORITY_HOST: '--authority-host',
};
/** With --use-azurerm-env-vars. */
const TERRAFORM: Readonly<Record<string, string>> = {
  ...LOGIN,
  ARM_CLIENT_ID: '--client-id',
  ARM_TENANT_ID: '--tenant-id',
  ARM_CLIENT_SECRET: '--client-secret',
  ARM_CLIENT_CERTIFICATE_PATH: '--client-certificate',
};

export default defineRule({
  id: 'kubeconfig/kubelogin-env-overrides-flag',
  on: kubelogins,
  severity: 'warning',
  partial: true,
  summary: 'A variable of the environment wins over this flag of kubelogin.',
  why: 'kubelogin reads the environment after its flags. Where both say something else the flag has no effect, unless `--disable-environment-override` is given.',
  references: ['Azure/kubelogin@v0.2.19 pkg/internal/token/options.go UpdateFromEnv'],
  versions: '`--disable-environment-override` since kubelogin 0.1.7',
  *check({ flag, env }) {
    if (isOn(flag('--disable-environment-override'))) return;
    const names = isOn(flag('--use-azurerm-env-vars')) ? TERRAFORM : AZURE;
    for (const [name, written] of Object.entries(names)) {
      const variable = env.get(name);
      const own = flag(written);
      const value = variable?.value;
      if (!variable || !own?.value || !value || value.value === null) continue;
      if (value.text === own.value.text || !isLiteral(value.text) || !isLiteral(own.value.text)) continue;
      yield report(
        variable.name,
        `${name} wins over ${written}, which says something else: the flag has no effect. Keep one, or add --disable-environment-override.`,
        {
          fix: unsafeFix(`Remove ${written}`, removeFlag(own)),
          related: [related(valuePlace(own.value), 'The flag')],
        },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Two login methods, and two client ids',
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
          - --server-id
          - 6dae42f8-4368-4678-94ff-3960e28e3630
          - --login
          - azurecli
          - --client-id=80faf920-1908-4b52-b5ef-a8e7bedfc67a
        env:
          - name: <|AAD_LOGIN_METHOD|>
            value: msi
          - name: <|AZURE_CLIENT_ID|>
            value: 7c9e6679-7425-40de-944b-e07fc1f90ae7
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
          - --server-id
          - 6dae42f8-4368-4678-94ff-3960e28e3630
        env:
          - name: AAD_LOGIN_METHOD
            value: msi
          - name: AZURE_CLIENT_ID
            value: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
    },
  ],
  good: [
    {
      title: 'The same value, a template, and flags that win',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: same
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login, msi, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
        env:
          - { name: AAD_LOGIN_METHOD, value: msi }
          - { name: AZURE_CLIENT_ID, value: 7c9e6679-7425-40de-944b-e07fc1f90ae7 }
  - name: template
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login, msi, --client-id, "\${CLIENT}", --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
        env:
          - { name: AZURE_CLIENT_ID, value: 7c9e6679-7425-40de-944b-e07fc1f90ae7 }
  - name: flags
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login, azurecli, --disable-environment-override, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
        env:
          - { name: AAD_LOGIN_METHOD, value: msi }
`,
    },
  ],
};
