import { isCredentialLiteral } from '../../azure/text-kinds.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { kubelogins, valuePlace } from './_users.ts';

const SECRETS = ['--client-secret', '--password', '--client-certificate-password'];
/** Where files are written to be read, not used. */
const SAMPLES = /\/(tests?|testdata|examples?|samples?|docs)\//;

export default defineRule({
  id: 'kubeconfig/kubelogin-secret-in-args',
  on: kubelogins,
  severity: 'warning',
  partial: true,
  summary: 'A secret among the arguments of kubelogin.',
  why: 'Arguments stand in the kubeconfig in plain text and in the list of processes of every machine that uses it. The environment of whoever runs kubectl, a certificate or workload identity keep the secret out of both. Below folders of tests and samples this is a hint.',
  references: ['https://azure.github.io/kubelogin/concepts/login-modes/sp.html'],
  *check({ flags }, { unit }) {
    for (const flag of flags) {
      const { value } = flag;
      if (!value || !SECRETS.includes(flag.name) || !isCredentialLiteral(value.text)) continue;
      yield report(
        valuePlace(value),
        `The value of ${flag.name} stands in this file and in the list of processes. Leave it to the environment, or log in with a certificate or workload identity.`,
        { severity: SAMPLES.test(unit.document.uri) ? 'hint' : undefined },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A client secret',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login, spn, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630, --client-id, 7c9e6679-7425-40de-944b-e07fc1f90ae7, --tenant-id, 0f8fad5b-d9cb-469f-a165-70867728950e, --client-secret=<|invented-for-this-example|>]
`,
      severity: 'warning',
    },
    {
      title: 'In a sample',
      files: {
        'docs/kubeconfig.yaml': `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login, ropc, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630, --username, alice, --password, <|invented-for-this-example|>]
`,
      },
      severity: 'hint',
    },
  ],
  good: [
    {
      title: 'Filled in later, encrypted, or a placeholder',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login, spn, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630, --client-secret, "\${SECRET}"]
  - name: sealed
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --login, spn, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630, --client-secret, "<client-secret>"]
`,
    },
  ],
};
