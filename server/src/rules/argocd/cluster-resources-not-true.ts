import { isTemplate } from '../../azure/text-kinds.ts';
import { encodeBase64 } from '../../embed/go-base64.ts';
import { replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, safeFix, unsafeFix } from '../define.ts';
import { argoClusters } from './_cluster-config.ts';

export default defineRule({
  id: 'argocd/cluster-resources-not-true',
  on: argoClusters,
  severity: 'warning',
  partial: true,
  summary: '`clusterResources` is on for the text `true` alone.',
  why: 'Argo CD compares the value with `true`, letter by letter. `True`, `yes` and `1` mean false, and Argo CD then refuses to manage objects without a namespace. It has a meaning only where `namespaces` is set.',
  references: ['argoproj/argo-cd@v3.5.1 util/db/cluster.go SecretToCluster'],
  *check({ items, complete }) {
    const item = items.get('clusterResources');
    const text = item?.text;
    if (!item?.node || text === undefined || isTemplate(text) || text === 'false' || text === '') return;
    if (text === 'true') {
      const namespaces = items.get('namespaces');
      if (complete && (!namespaces || namespaces.text === ''))
        yield report(
          item.node,
          'clusterResources has an effect only where namespaces is set: without it Argo CD manages everything.',
          {
            severity: 'info',
          },
        );
      return;
    }
    const meant = /^(true|yes|y|on|1|t)$/i.test(text.trim());
    const source = item.encoded ? encodeBase64(new TextEncoder().encode('true')) : 'true';
    const fix = item.encoded ? unsafeFix : safeFix;
    yield report(item.node, `Only the exact text "true" switches clusterResources on: "${text.trim()}" means false.`, {
      fix: meant ? fix('Write "true"', replaceText(item.node, source)) : undefined,
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'In capitals',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  namespaces: shop
  clusterResources: <|"True"|>
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  namespaces: shop
  clusterResources: "true"
`,
      severity: 'warning',
    },
    {
      title: 'Without namespaces',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  clusterResources: <|"true"|>
`,
      severity: 'info',
    },
  ],
  good: [
    {
      title: 'On, off, and not known',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  namespaces: shop
  clusterResources: "true"
---
apiVersion: v1
kind: Secret
metadata:
  name: b
  labels:
    argocd.argoproj.io/secret-type: cluster
data:
  clusterResources: ZmFsc2U=
---
configs:
  clusterCredentials:
    aks-prod:
      namespaces: shop
      clusterResources: true
`,
    },
  ],
};
