import { isTemplate } from '../../azure/text-kinds.ts';
import { bringsCommand } from '../../model/views/argocd-install.ts';
import { asScalar } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { clusterConfigs, field, goKind, isElsewhere } from './_cluster-config.ts';
import { toArgocdAuth } from './_kubelogin-flags.ts';

const AZURE = /^(kubelogin|az|azd)$/;

export default defineRule({
  id: 'argocd/exec-command-not-in-image',
  on: clusterConfigs,
  severity: 'warning',
  partial: true,
  summary: 'The image of Argo CD does not hold this command.',
  why: "Argo CD runs the command inside its own pods. Their image holds `argocd-k8s-auth`, and neither `kubelogin` nor `az`: without an image of one's own, or a volume with the program, the connection fails with `exec: executable kubelogin not found`.",
  references: [
    'argoproj/argo-cd@v3.5.1 Dockerfile',
    'kubernetes/client-go@v0.36.1 plugin/pkg/client/auth/exec/exec.go',
  ],
  versions: 'Argo CD 2.4 and later',
  *check(config, { workspace, settings, argocd }) {
    const { exec, command } = config;
    const node = asScalar(field(exec, 'command')?.value);
    if (!node || !command || goKind(node) !== 'string' || isTemplate(node.text) || /^argocd(-k8s-auth)?$/.test(command))
      return;
    if (isElsewhere(config) || settings.argocdExtraCommands?.includes(command)) return;
    if (bringsCommand(workspace, node.text)) return;
    // A path tells of somebody who put the program there.
    const isPlaced = node.text.startsWith('/');
    yield report(
      node,
      `The image of Argo CD has no ${command}: "exec: executable ${node.text} not found".${AZURE.test(command) ? ' Use argocd-k8s-auth azure, or bring the program along.' : ' Bring it along in a volume or an image of your own.'}`,
      {
        severity: isPlaced ? 'info' : undefined,
        fix: AZURE.test(command) ? toArgocdAuth(config, argocd) : undefined,
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'kubelogin, as in a kubeconfig',
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
      "execProviderConfig": {
        "command": <|"kubelogin"|>,
        "args": ["get-token", "--login", "workloadidentity", "--server-id", "6dae42f8-4368-4678-94ff-3960e28e3630", "--client-id=7c9e6679-7425-40de-944b-e07fc1f90ae7"],
        "apiVersion": "client.authentication.k8s.io/v1"
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
        "command": "argocd-k8s-auth",
        "args": ["azure"],
        "apiVersion": "client.authentication.k8s.io/v1beta1",
        "env": {"AAD_LOGIN_METHOD": "workloadidentity", "AZURE_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}
      }
    }
`,
      severity: 'warning',
    },
    {
      title: 'At a path that no visible volume is mounted at',
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
    {"execProviderConfig": {"command": <|"/custom-tools/kubelogin"|>, "args": ["get-token"], "apiVersion": "client.authentication.k8s.io/v1beta1"}}
`,
      severity: 'info',
    },
  ],
  good: [
    {
      title: 'A volume brings it',
      files: {
        'cluster.yaml': `apiVersion: v1
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
    {"execProviderConfig": {"command": "kubelogin", "args": ["get-token"], "apiVersion": "client.authentication.k8s.io/v1beta1"}}
`,
        'controller.yaml': `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: argocd-application-controller
  namespace: argocd
spec:
  template:
    spec:
      containers:
        - name: argocd-application-controller
          image: quay.io/argoproj/argocd:v3.5.1
          volumeMounts:
            - name: custom-tools
              mountPath: /usr/local/bin/kubelogin
              subPath: kubelogin
`,
      },
    },
    {
      title: 'An image of its own, in values of the chart',
      yaml: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: argocd
  namespace: argocd
spec:
  chart:
    spec:
      chart: argo-cd
  values:
    global:
      image:
        repository: contoso.azurecr.io/argocd
    configs:
      clusterCredentials:
        aks-prod:
          server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
          config:
            execProviderConfig:
              command: kubelogin
`,
    },
    {
      title: 'Named in the settings; and a command for another cloud',
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
    {"execProviderConfig": {"command": "corp-login", "apiVersion": "client.authentication.k8s.io/v1beta1"}}
---
apiVersion: v1
kind: Secret
metadata:
  name: gke
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: '{"execProviderConfig": {"command": "gke-gcloud-auth-plugin", "apiVersion": "client.authentication.k8s.io/v1beta1"}}'
`,
      settings: { argocdExtraCommands: ['corp-login'] },
    },
  ],
};
