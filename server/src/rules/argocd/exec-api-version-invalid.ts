import { isTemplate } from '../../azure/text-kinds.ts';
import { isBefore } from '../../model/context.ts';
import { addEntry, replaceText } from '../../yaml/edits.ts';
import { asScalar } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { clusterConfigs, field, goKind } from './_cluster-config.ts';

const GROUP = 'client.authentication.k8s.io';
const V1BETA1 = `${GROUP}/v1beta1`;

export default defineRule({
  id: 'argocd/exec-api-version-invalid',
  on: clusterConfigs,
  severity: 'error',
  partial: true,
  summary: '`execProviderConfig.apiVersion` is missing or not one that is served.',
  why: 'client-go knows `client.authentication.k8s.io/v1` and `v1beta1`; `v1alpha1` went with Argo CD 2.5. Without one of them the connection is refused: `exec plugin: invalid apiVersion`.',
  references: ['kubernetes/client-go@v0.36.1 plugin/pkg/client/auth/exec/exec.go:173'],
  versions: 'v1alpha1 is valid up to Argo CD 2.4',
  *check({ root, exec }, { argocd }) {
    const login = field(root, 'execProviderConfig');
    if (!exec || !login || exec.entries.length === 0) return;
    const entry = field(exec, 'apiVersion');
    const value = asScalar(entry?.value);
    const text = value?.value === null ? '' : value?.text;
    if (!entry || text === '') {
      yield report(
        value && entry && value.span.end > value.span.start ? value : login,
        'execProviderConfig has no apiVersion: exec plugin: invalid apiVersion "". Set client.authentication.k8s.io/v1beta1.',
        {
          fix: unsafeFix(
            `Set ${V1BETA1}`,
            entry && value ? replaceText(value, V1BETA1) : addEntry(exec, 'apiVersion', V1BETA1),
          ),
        },
      );
      return;
    }
    if (!value || text === undefined || goKind(value) !== 'string' || isTemplate(text)) return;
    if (text === `${GROUP}/v1` || text === V1BETA1) return;
    if (text === `${GROUP}/v1alpha1` && isBefore(argocd, '2.5')) return;
    yield report(value, `exec plugin: invalid apiVersion "${text}". Set ${V1BETA1}.`, {
      fix: unsafeFix(`Set ${V1BETA1}`, replaceText(value, V1BETA1)),
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'One that is gone',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "apiVersion": <|"client.authentication.k8s.io/v1alpha1"|>}}
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
      message: 'exec plugin: invalid apiVersion "client.authentication.k8s.io/v1alpha1"',
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
    {
      <|"execProviderConfig"|>: {
        "command": "argocd-k8s-auth",
        "args": ["azure"]
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
        "apiVersion": "client.authentication.k8s.io/v1beta1"
      }
    }
`,
    },
  ],
  good: [
    {
      title: 'Both that are served',
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
  name: b
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: '{"execProviderConfig": {"command": "kubelogin", "apiVersion": "client.authentication.k8s.io/v1"}}'
`,
    },
    {
      title: 'v1alpha1 with an old Argo CD',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["aws"], "apiVersion": "client.authentication.k8s.io/v1alpha1"}}
`,
      settings: { argocdVersion: '2.4' },
    },
  ],
};
