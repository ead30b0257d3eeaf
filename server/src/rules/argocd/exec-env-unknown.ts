import { nearest } from '../../azure/text-kinds.ts';
import { isBefore } from '../../model/context.ts';
import { renameKey } from '../../yaml/edits.ts';
import { asMap, entries } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { clusterConfigs } from './_cluster-config.ts';

/** What `argocd-k8s-auth azure` reads (kubelogin v0.2.19, Argo CD 3.5). */
const READ = [
  'AAD_LOGIN_METHOD',
  'AAD_ENVIRONMENT_NAME',
  'AAD_SERVER_APPLICATION_ID',
  'AZURE_TENANT_ID',
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'AZURE_CLIENT_CERTIFICATE_PASSWORD',
  'AZURE_FEDERATED_TOKEN_FILE',
  'AZURE_AUTHORITY_HOST',
  'AAD_SERVICE_PRINCIPAL_CLIENT_ID',
  'AAD_SERVICE_PRINCIPAL_CLIENT_SECRET',
  'AAD_SERVICE_PRINCIPAL_CLIENT_CERTIFICATE',
  'AAD_SERVICE_PRINCIPAL_CLIENT_CERTIFICATE_PASSWORD',
  'AAD_IS_POP_TOKEN_ENABLED',
  'AAD_POP_TOKEN_CLAIMS',
];
const MEANT: Readonly<Record<string, string>> = {
  AZURE_LOGIN_METHOD: 'AAD_LOGIN_METHOD',
  AAD_CLIENT_ID: 'AZURE_CLIENT_ID',
  ARM_CLIENT_ID: 'AZURE_CLIENT_ID',
  AAD_TENANT_ID: 'AZURE_TENANT_ID',
  ARM_TENANT_ID: 'AZURE_TENANT_ID',
  AZURE_ENVIRONMENT: 'AAD_ENVIRONMENT_NAME',
};

export default defineRule({
  id: 'argocd/exec-env-unknown',
  on: clusterConfigs,
  severity: 'warning',
  partial: true,
  summary: '`argocd-k8s-auth azure` does not read this environment variable.',
  why: 'The command takes its settings from a fixed set of variables. Another name is passed on and has no effect, so that the login runs with defaults nobody meant.',
  references: [
    'Azure/kubelogin@v0.2.19 pkg/token/options_ctor.go',
    'argoproj/argo-cd@v3.5.1 cmd/argocd-k8s-auth/commands/azure_cgo.go',
    'Azure/kubelogin@v0.0.20 pkg/token/options.go',
  ],
  versions: 'Argo CD 2.8 and later; the set depends on the version',
  *check({ env, azure }, { argocd }) {
    if (!azure || !asMap(env)) return;
    const read = [
      ...READ,
      ...(isBefore(argocd, '3.0.7') ? ['AZURE_ENVIRONMENT_FILEPATH'] : []),
      ...(isBefore(argocd, '2.14') ? ['AAD_USER_PRINCIPAL_NAME', 'AAD_USER_PRINCIPAL_PASSWORD'] : []),
    ];
    for (const entry of entries(env)) {
      const name = entry.key.text;
      if (!/^(AZURE_|AAD_|ARM_)/.test(name) || read.includes(name)) continue;
      const meant = MEANT[name] ?? nearest(name, read, 4);
      const taken = meant !== undefined && entries(env).some((e) => e.key.text === meant);
      yield report(entry, `argocd-k8s-auth azure does not read ${name}${meant ? `; did you mean ${meant}?` : '.'}`, {
        fix: meant && !taken ? unsafeFix(`Rename to ${meant}`, renameKey(entry, meant)) : undefined,
      });
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: "Terraform's name for the client id",
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
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
        "env": {
          "AAD_LOGIN_METHOD": "workloadidentity",
          <|"ARM_CLIENT_ID"|>: "7c9e6679-7425-40de-944b-e07fc1f90ae7"
        }
      }
    }
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
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
        "env": {
          "AAD_LOGIN_METHOD": "workloadidentity",
          "AZURE_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7"
        }
      }
    }
`,
    },
  ],
  good: [
    {
      title: 'Names it reads, and names that are none of its business',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"],
      "env": {"AAD_LOGIN_METHOD": "workloadidentity", "AZURE_CLIENT_ID": "7c9e6679-7425-40de-944b-e07fc1f90ae7", "HTTPS_PROXY": "http://proxy:3128"}}}
`,
    },
  ],
};
