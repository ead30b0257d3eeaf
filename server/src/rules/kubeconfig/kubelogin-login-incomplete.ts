import { APPLICATIONS } from '../../azure/applications.ts';
import { addItems } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { isOn, type Kubelogin, kubelogins, loginOf } from './_users.ts';

/** What a login method needs, each with the flags and variables that give it. */
interface Need {
  readonly title: string;
  readonly flags: readonly string[];
  readonly variables: readonly string[];
}

const CLIENT: Need = {
  title: 'a client id',
  flags: ['--client-id'],
  variables: ['AZURE_CLIENT_ID', 'AAD_SERVICE_PRINCIPAL_CLIENT_ID'],
};
const TENANT: Need = { title: 'a tenant', flags: ['--tenant-id'], variables: ['AZURE_TENANT_ID'] };
const CREDENTIAL: Need = {
  title: 'a client secret or certificate',
  flags: ['--client-secret', '--client-certificate'],
  variables: [
    'AZURE_CLIENT_SECRET',
    'AAD_SERVICE_PRINCIPAL_CLIENT_SECRET',
    'AZURE_CLIENT_CERTIFICATE_PATH',
    'AAD_SERVICE_PRINCIPAL_CLIENT_CERTIFICATE',
  ],
};
const USER: Need = {
  title: 'a user name',
  flags: ['--username'],
  variables: ['AZURE_USERNAME', 'AAD_USER_PRINCIPAL_NAME'],
};
const PASSWORD: Need = {
  title: 'a password',
  flags: ['--password'],
  variables: ['AZURE_PASSWORD', 'AAD_USER_PRINCIPAL_PASSWORD'],
};
const NEEDS: Readonly<Record<string, readonly Need[]>> = {
  devicecode: [CLIENT, TENANT],
  interactive: [CLIENT, TENANT],
  spn: [CLIENT, TENANT, CREDENTIAL],
  ropc: [CLIENT, TENANT, USER, PASSWORD],
};

export default defineRule({
  id: 'kubeconfig/kubelogin-login-incomplete',
  on: kubelogins,
  severity: 'warning',
  partial: true,
  summary: 'The login method needs something that the kubeconfig does not say.',
  why: 'Logins in a browser need the client id of an application and the tenant; nobody sets variables for them. A service principal needs client id, tenant and a secret or certificate, which are often left to the environment of whoever runs kubectl: that is reported as information.',
  references: ['Azure/kubelogin@v0.2.19 pkg/internal/token', 'Azure/kubelogin@v0.2.19 pkg/internal/converter'],
  *check(kubelogin) {
    const login = loginOf(kubelogin);
    const needs = login && NEEDS[login.method];
    if (!login || !needs || kubelogin.open || isOn(kubelogin.flag('--use-azurerm-env-vars'))) return;
    const missing = needs.filter((need) => !isGiven(need, kubelogin));
    if (missing.length === 0) return;
    const person = login.method === 'devicecode' || login.method === 'interactive';
    const { args } = kubelogin;
    const add = missing.flatMap((need) => [
      need.flags[0] as string,
      need === CLIENT && person ? APPLICATIONS.aksClient.id : '',
    ]);
    yield report(
      login.place ?? kubelogin.argsEntry ?? kubelogin.command,
      `Login ${login.method}${login.place ? '' : ', the default,'} needs ${list(missing.map((n) => n.title))}: add ${list(
        missing.map((n) => n.flags[0] as string),
      )}, unless the environment of kubelogin provides it.`,
      {
        severity: person ? undefined : 'info',
        fix: args && unsafeFix(`Add ${list(missing.map((n) => n.flags[0] as string))}`, addItems(args, add)),
      },
    );
  },
});

const isGiven = (need: Need, kubelogin: Kubelogin): boolean =>
  need.flags.some((flag) => kubelogin.flag(flag)) || need.variables.some((name) => kubelogin.env.has(name));

const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;

export const examples: Examples = {
  bad: [
    {
      title: 'The default, with nothing but the server',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        <|args|>: [get-token, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630, --tenant-id, 0f8fad5b-d9cb-469f-a165-70867728950e]
`,
      fixed: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630, --tenant-id, 0f8fad5b-d9cb-469f-a165-70867728950e, --client-id, 80faf920-1908-4b52-b5ef-a8e7bedfc67a]
`,
      message: 'devicecode',
      severity: 'warning',
    },
    {
      title: 'A service principal whose secret is left to the environment',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login, <|spn|>, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630, --client-id, 7c9e6679-7425-40de-944b-e07fc1f90ae7, --tenant-id, 0f8fad5b-d9cb-469f-a165-70867728950e]
`,
      message: 'a client secret or certificate',
      severity: 'info',
    },
  ],
  good: [
    {
      title: 'Complete, by flags and by variables',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: person
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630, --client-id, 80faf920-1908-4b52-b5ef-a8e7bedfc67a, -t, 0f8fad5b-d9cb-469f-a165-70867728950e]
  - name: service
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login, spn, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
        env:
          - { name: AZURE_CLIENT_ID, value: 7c9e6679-7425-40de-944b-e07fc1f90ae7 }
          - { name: AZURE_TENANT_ID, value: 0f8fad5b-d9cb-469f-a165-70867728950e }
          - { name: AZURE_CLIENT_CERTIFICATE_PATH, value: /certs/login.pem }
`,
    },
    {
      title: 'Methods that need nothing, names of Terraform, and arguments from a template',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: identity
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login, msi, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
  - name: terraform
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login, spn, --use-azurerm-env-vars, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
  - name: template
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, "\${LOGIN}", --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
`,
    },
  ],
};
