import { kubeloginCloud, OPEN_CLOUDS } from '../../azure/clouds.ts';
import { isPlaceholder, nearest } from '../../azure/text-kinds.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { isLiteral, kubelogins, setFlagValue, valuePlace } from './_users.ts';

const NAMES = OPEN_CLOUDS.flatMap((cloud) => cloud.names.kubelogin);

export default defineRule({
  id: 'kubeconfig/kubelogin-environment-unknown',
  on: kubelogins,
  severity: 'warning',
  partial: true,
  summary: 'kubelogin takes a cloud that it does not know for the public one.',
  why: 'Since version 0.2 kubelogin knows the public cloud, US Government and China, and silently takes every other name for the public cloud: a misspelled one, and also `AzureStackCloud`, which its documentation still lists. `--authority-host` names the address of another cloud.',
  references: ['Azure/kubelogin@v0.2.19 pkg/internal/token/options.go GetCloudConfiguration'],
  versions: 'kubelogin 0.2 and later',
  *check({ flag }) {
    const value = flag('--environment')?.value;
    if (!value || flag('--authority-host') || value.text === '' || !isLiteral(value.text) || isPlaceholder(value.text))
      return;
    if (kubeloginCloud(value.text)) return;
    const { text } = value;
    const meant = nearest(text, NAMES, 4);
    yield report(
      valuePlace(value),
      `kubelogin does not know the cloud "${text}" and takes the public one. Known are ${OPEN_CLOUDS.map((c) => c.names.kubelogin[0]).join(', ')}.`,
      {
        fix: meant ? unsafeFix(`Write ${meant}`, setFlagValue(value, meant)) : undefined,
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Misspelled',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, -e, <|AzureUSGovermentCloud|>, --login, azurecli, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
`,
      fixed: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, -e, AzureUSGovernmentCloud, --login, azurecli, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
`,
    },
  ],
  good: [
    {
      title: 'Any case, and a cloud of one’s own with its address',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --environment, azurechinacloud, --login, azurecli, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
  - name: stack
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: kubelogin
        args: [get-token, --environment, AzureStackCloud, --authority-host, "https://adfs.contoso.com/", --login, azurecli, --server-id, 6dae42f8-4368-4678-94ff-3960e28e3630]
`,
    },
  ],
};
