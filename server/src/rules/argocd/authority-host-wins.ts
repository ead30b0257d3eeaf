import { authorityUrl, cloudOfAuthority, kubeloginCloud } from '../../azure/clouds.ts';
import { isBefore } from '../../model/context.ts';
import { replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { azureLogins } from './_cluster-config.ts';

export default defineRule({
  id: 'argocd/authority-host-wins',
  on: azureLogins,
  severity: 'warning',
  partial: true,
  summary: '`AZURE_AUTHORITY_HOST` belongs to another cloud than `AAD_ENVIRONMENT_NAME`.',
  why: 'Where both are set, kubelogin takes the authority host and does not look at the name of the cloud. The login goes to the cloud of the host.',
  references: ['Azure/kubelogin@v0.2.18 pkg/internal/token/options.go GetCloudConfiguration'],
  versions: 'Argo CD 3.0.7 and later',
  *check({ variables }, { argocd }) {
    const host = variables.get('AZURE_AUTHORITY_HOST');
    const name = variables.get('AAD_ENVIRONMENT_NAME');
    if (!host?.text || !host.node || !name?.text || !name.node || isBefore(argocd, '3.0.7')) return;
    const ofHost = cloudOfAuthority(host.text);
    const ofName = kubeloginCloud(name.text);
    if (!ofHost || !ofName || ofHost === ofName) return;
    yield report(
      name.node,
      `AZURE_AUTHORITY_HOST is that of the ${ofHost.title} and wins: AAD_ENVIRONMENT_NAME "${name.text}" has no effect.`,
      {
        fix: unsafeFix(`Write ${authorityUrl(ofName)} as the host`, replaceText(host.node, authorityUrl(ofName))),
        related: [related(host.entry, 'The authority host')],
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A host of the public cloud',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AZURE_AUTHORITY_HOST": "https://login.microsoftonline.com/", "AAD_ENVIRONMENT_NAME": <|"AzureUSGovernmentCloud"|>}}}
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AZURE_AUTHORITY_HOST": "https://login.microsoftonline.us/", "AAD_ENVIRONMENT_NAME": "AzureUSGovernmentCloud"}}}
`,
    },
  ],
  good: [
    {
      title: 'The same cloud, and a host that nobody knows',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AZURE_AUTHORITY_HOST": "https://login.partner.microsoftonline.cn/", "AAD_ENVIRONMENT_NAME": "AzureChinaCloud"}}}
---
apiVersion: v1
kind: Secret
metadata:
  name: b
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: '{"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AZURE_AUTHORITY_HOST": "https://adfs.corp/", "AAD_ENVIRONMENT_NAME": "AzureChinaCloud"}}}'
`,
    },
  ],
};
