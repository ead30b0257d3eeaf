import { isTemplate } from '../../azure/text-kinds.ts';
import { textMapOf } from '../../embed/embedded.ts';
import { encodeBase64 } from '../../embed/go-base64.ts';
import type { ClusterItem } from '../../model/views/argocd-cluster.ts';
import { replaceSource, scalarSource, setValue, type TreeEdit } from '../../yaml/edits.ts';
import { entryOf } from '../../yaml/navigate.ts';
import type { ScalarNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, safeFix, unsafeFix } from '../define.ts';
import { argoClusters } from './_cluster-config.ts';

export default defineRule({
  id: 'argocd/cluster-value-whitespace',
  on: argoClusters,
  severity: 'error',
  partial: true,
  summary: '`name` or `server` of an Argo CD cluster begins or ends with white space.',
  why: 'Argo CD takes the value as it stands, with the line break that a block scalar or `echo` without `-n` adds. An Application whose destination names the cluster without it finds no such cluster.',
  references: ['argoproj/argo-cd@v3.5.1 util/settings/cluster_informer.go'],
  *check({ items, source }) {
    if (source === 'values') return;
    for (const key of ['name', 'server']) {
      const item = items.get(key);
      const text = item?.text;
      if (!item?.node || text === undefined || text.trim() === text || text.trim() === '' || isTemplate(text)) continue;
      const edit = trimmed(item, item.node, text.trim());
      const what = /[\r\n]$/.test(text) ? 'a line break at its end' : 'blanks around it';
      yield report(
        shownAt(item.node, item, text),
        `"${key}" has ${what}, which Argo CD keeps: destinations of Applications will not match this cluster.`,
        {
          fix: edit && (item.encoded ? unsafeFix : safeFix)('Remove the white space', edit),
        },
      );
    }
  },
});

/** The text without what is too much, or the whole scalar where it is encoded. */
function shownAt(node: ScalarNode, { encoded }: ClusterItem, text: string) {
  const map = encoded || node.style === 'double' || node.style === 'single' ? undefined : textMapOf(node, false);
  if (!map) return node;
  const start = text.length - text.trimStart().length;
  return { tree: node.tree, span: map.spanToHost({ start, end: text.trimEnd().length }) };
}

function trimmed({ encoded }: ClusterItem, node: ScalarNode, text: string): TreeEdit | undefined {
  if (encoded) return replaceSource(node, encodeBase64(new TextEncoder().encode(text)));
  if (node.style === 'double') return replaceSource(node, JSON.stringify(text));
  const entry = entryOf(node);
  return entry && !entry.map.flow ? setValue(entry, text) : replaceSource(node, scalarSource(text));
}

export const examples: Examples = {
  bad: [
    {
      title: 'A block scalar ends in a line break',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  server: |
    <|https://aks-prod-1234.hcp.westeurope.azmk8s.io|>
  name: <|" aks-prod"|>
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  name: "aks-prod"
`,
    },
    {
      title: 'Encoded with echo',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
data:
  name: <|YWtzLXByb2QK|>
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
data:
  name: YWtzLXByb2Q=
`,
    },
  ],
  good: [
    {
      title: 'Without a line break, and one in the JSON, where it is harmless',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: aks-prod
  server: |-
    https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {"bearerToken": "\${TOKEN}"}
`,
    },
  ],
};
