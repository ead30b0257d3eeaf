import { APPLICATIONS } from '../../azure/applications.ts';
import { isTemplate } from '../../azure/text-kinds.ts';
import { atLeast } from '../../model/context.ts';
import { renameKey, setValue, type TreeEdit } from '../../yaml/edits.ts';
import { asScalar, get, text } from '../../yaml/navigate.ts';
import type { Entry, Node } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kubeconfigUsers, V1BETA1 } from './_users.ts';

export default defineRule({
  id: 'kubeconfig/auth-provider-removed',
  on: kubeconfigUsers,
  severity: 'error',
  partial: true,
  summary: 'Clients have no login for Azure or Google Cloud built in any more.',
  why: 'Kubernetes 1.26 removed these auth providers from its clients, kubectl and the controllers of Flux among them: `The azure auth plugin has been removed.` A token of AKS comes from the program kubelogin. With older clients this is a warning.',
  references: [
    'kubernetes/client-go@v0.26.0 plugin/pkg/client/auth/azure',
    'Azure/kubelogin@v0.2.19 pkg/internal/converter',
    'https://github.com/Azure/azure-cli/issues/25195',
    'https://github.com/derailed/k9s/issues/1938',
  ],
  versions: 'clients of Kubernetes 1.26 and later; deprecated since 1.22',
  *check({ exec, authProvider }, { kubernetes }) {
    const name = text(get(authProvider?.value, 'name'));
    if (!authProvider || exec || (name !== 'azure' && name !== 'gcp')) return;
    yield report(
      authProvider,
      `The ${name} auth plugin has been removed (Kubernetes 1.26)${
        name === 'azure' ? '; use exec with kubelogin.' : '; use exec with gke-gcloud-auth-plugin.'
      }`,
      {
        severity: atLeast(kubernetes, '1.26') ? undefined : 'warning',
        fix: name === 'azure' ? unsafeFix('Use kubelogin', ...toExec(authProvider)) : undefined,
        tags: ['deprecated'],
      },
    );
  },
});

/** What `kubelogin convert-kubeconfig` makes of an auth provider. */
function toExec(entry: Entry): (TreeEdit | undefined)[] {
  if (entry.value.kind !== 'map') return [undefined];
  const config = get(entry.value, 'config');
  const value = (key: string): string | undefined => {
    const node = asScalar(get(config, key));
    return node && node.text !== '' && node.value !== null ? node.text : undefined;
  };
  const args = [
    'get-token',
    '--login',
    'devicecode',
    '--server-id',
    value('apiserver-id') ?? APPLICATIONS.aksServer.id,
  ];
  for (const key of ['client-id', 'tenant-id', 'environment']) {
    const own = value(key);
    if (own) args.push(`--${key}`, own);
  }
  if (isLegacy(get(config, 'config-mode'))) args.push('--legacy');
  return [renameKey(entry, 'exec'), setValue(entry, { apiVersion: V1BETA1, command: 'kubelogin', args })];
}

/** Tokens of the first version have another audience. Who cannot tell leaves it. */
function isLegacy(mode: Node | undefined): boolean {
  const own = asScalar(mode)?.text ?? '';
  return own === '' || own === '0' || isTemplate(own);
}

export const examples: Examples = {
  bad: [
    {
      title: 'What az aks get-credentials wrote',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: aks
    user:
      <|auth-provider|>:
        config:
          apiserver-id: 6dae42f8-4368-4678-94ff-3960e28e3630
          client-id: 80faf920-1908-4b52-b5ef-a8e7bedfc67a
          config-mode: "1"
          environment: AzurePublicCloud
          tenant-id: 0f8fad5b-d9cb-469f-a165-70867728950e
        name: azure
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
          - --login
          - devicecode
          - --server-id
          - 6dae42f8-4368-4678-94ff-3960e28e3630
          - --client-id
          - 80faf920-1908-4b52-b5ef-a8e7bedfc67a
          - --tenant-id
          - 0f8fad5b-d9cb-469f-a165-70867728950e
          - --environment
          - AzurePublicCloud
`,
      severity: 'error',
    },
    {
      title: 'In a Secret for Flux, older and without a mode',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: remote
stringData:
  value.yaml: |
    apiVersion: v1
    kind: Config
    users:
      - name: aks
        user:
          <|auth-provider|>: { name: azure, config: { apiserver-id: 6dae42f8-4368-4678-94ff-3960e28e3630 } }
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: remote
stringData:
  value.yaml: |
    apiVersion: v1
    kind: Config
    users:
      - name: aks
        user:
          exec:
            apiVersion: client.authentication.k8s.io/v1beta1
            command: kubelogin
            args:
              - get-token
              - --login
              - devicecode
              - --server-id
              - 6dae42f8-4368-4678-94ff-3960e28e3630
              - --legacy
`,
    },
    {
      title: 'Google Cloud, with an older client',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: gke
    user:
      <|auth-provider|>:
        name: gcp
`,
      settings: { kubernetesVersion: '1.25' },
      severity: 'warning',
    },
  ],
  good: [
    {
      title: 'A provider that is still there',
      yaml: `apiVersion: v1
kind: Config
users:
  - name: company
    user:
      auth-provider:
        name: oidc
        config:
          idp-issuer-url: https://login.contoso.com
`,
    },
  ],
};
