import { isTemplate } from '../../azure/text-kinds.ts';
import { asScalar, items } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { clusterConfigs, field, goKind } from './_cluster-config.ts';
import { toArgocdAuth } from './_kubelogin-flags.ts';

const USAGE = 'argocd-k8s-auth has the sub-commands azure, aws and gcp';

export default defineRule({
  id: 'argocd/k8s-auth-args',
  on: clusterConfigs,
  severity: 'error',
  partial: true,
  summary: '`argocd-k8s-auth` takes one of `azure`, `aws`, `gcp`; `azure` takes nothing more.',
  why: '`argocd-k8s-auth azure` has no flags: all it needs to know it reads from environment variables. A flag of kubelogin, or a missing sub-command, ends it with an error before it asks for a token.',
  references: ['argoproj/argo-cd@v3.5.1 cmd/argocd-k8s-auth/commands/azure_cgo.go'],
  versions: 'sub-command azure since Argo CD 2.8, aws and gcp since 2.4',
  *check(config, { argocd }) {
    const { exec, command } = config;
    if (command !== 'argocd-k8s-auth') return;
    const args = field(exec, 'args');
    const kind = args ? goKind(args.value) : 'null';
    const commandNode = field(exec, 'command')?.value;
    if (kind === 'null' || (kind === 'array' && items(args?.value).length === 0)) {
      const fix = config.env || !field(exec, 'env') ? toArgocdAuth(config, argocd) : undefined;
      if (commandNode)
        yield report(
          args && kind === 'array' ? args.value : commandNode,
          `${USAGE}: without one it fails. For AKS set args to ["azure"].`,
          {
            fix,
          },
        );
      return;
    }
    if (kind !== 'array') return;
    const [first, second] = items(args?.value);
    const word = asScalar(first);
    if (!first || !word || typeof word.value !== 'string' || isTemplate(word.text)) return;
    if (word.text === 'azure' && second && !isTemplate(asScalar(second)?.text ?? '')) {
      yield report(
        second,
        `argocd-k8s-auth azure takes no flags and fails with "unknown flag"; it reads environment variables. Set args to ["azure"] and put the rest into env.`,
        { fix: toArgocdAuth(config, argocd) },
      );
      return;
    }
    if (['azure', 'aws', 'gcp'].includes(word.text)) return;
    yield report(first, `${USAGE}, and not "${word.text}". For AKS set args to ["azure"].`, {
      fix: toArgocdAuth(config, argocd),
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Flags of kubelogin',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure", <|"--login"|>, "spn", "--tenant-id", "1b4e28ba-2fa1-41d2-883f-0016d3cca427"], "env": {"AZURE_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}, "apiVersion": "client.authentication.k8s.io/v1beta1"}}
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AZURE_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7", "AAD_LOGIN_METHOD": "spn", "AZURE_TENANT_ID": "1b4e28ba-2fa1-41d2-883f-0016d3cca427"}, "apiVersion": "client.authentication.k8s.io/v1beta1"}}
`,
    },
    {
      title: 'The sub-command of kubelogin',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": [<|"get-token"|>], "apiVersion": "client.authentication.k8s.io/v1beta1"}}
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "apiVersion": "client.authentication.k8s.io/v1beta1"}}
`,
    },
    {
      title: 'None',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {"execProviderConfig": {"command": <|"argocd-k8s-auth"|>, "apiVersion": "client.authentication.k8s.io/v1beta1"}}
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {"execProviderConfig": {"command": "argocd-k8s-auth", "apiVersion": "client.authentication.k8s.io/v1beta1", "args": ["azure"]}}
`,
    },
  ],
  good: [
    {
      title: 'azure alone, aws with flags, and a template',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "apiVersion": "client.authentication.k8s.io/v1beta1"}}
---
apiVersion: v1
kind: Secret
metadata:
  name: eks
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: '{"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["aws", "--cluster-name", "eks"], "apiVersion": "client.authentication.k8s.io/v1beta1"}}'
---
apiVersion: v1
kind: Secret
metadata:
  name: c
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: '{"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["\${CLOUD}"], "apiVersion": "client.authentication.k8s.io/v1beta1"}}'
`,
    },
  ],
};
