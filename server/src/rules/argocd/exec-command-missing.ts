import { addEntry, replaceText } from '../../yaml/edits.ts';
import { asScalar, get, text } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { field, goKind, wholeConfigs } from './_cluster-config.ts';

export default defineRule({
  id: 'argocd/exec-command-missing',
  on: wholeConfigs,
  severity: 'error',
  summary: '`execProviderConfig` has no command.',
  why: 'Argo CD runs `command` to get a credential. Without one there is nothing to run, and the connection fails. In the image of Argo CD there is `argocd-k8s-auth` for Azure, AWS and Google Cloud.',
  references: ['argoproj/argo-cd@v3.5.1 pkg/apis/application/v1alpha1/types.go RawRestConfig'],
  *check({ root, exec }) {
    const login = field(root, 'execProviderConfig');
    const command = field(exec, 'command');
    if (!login || !exec) return;
    const value = asScalar(command?.value);
    if (command && !(goKind(command.value) === 'null' || value?.text === '')) return;
    const args = field(exec, 'args')?.value;
    const known = /^(azure|aws|gcp)$/.test(text(get(args, 0)) ?? '');
    const fix = known
      ? unsafeFix(
          'Set argocd-k8s-auth',
          command && value ? replaceText(value, 'argocd-k8s-auth') : addEntry(exec, 'command', 'argocd-k8s-auth'),
        )
      : undefined;
    yield report(
      login,
      'execProviderConfig has no command to run. For AKS it is argocd-k8s-auth with the argument azure.',
      {
        fix,
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Arguments without a command',
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
    {
      <|"execProviderConfig"|>: {
        "args": ["azure"],
        "apiVersion": "client.authentication.k8s.io/v1beta1"
      }
    }
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
    {
      "execProviderConfig": {
        "args": ["azure"],
        "apiVersion": "client.authentication.k8s.io/v1beta1",
        "command": "argocd-k8s-auth"
      }
    }
`,
    },
    {
      title: 'An empty one',
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
    {<|"execProviderConfig"|>: {"command": "", "args": ["azure"]}}
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"]}}
`,
    },
  ],
  good: [
    {
      title: 'With a command, whatever it is',
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
    {"execProviderConfig": {"command": "\${COMMAND}", "args": ["azure"]}}
`,
    },
  ],
};
