import { isTemplate } from '../../azure/text-kinds.ts';
import { readJson } from '../../embed/json-text.ts';
import { SECRET_TYPE } from '../../model/views/argocd-cluster.ts';
import { dataOf } from '../../model/views/secret-data.ts';
import { addAt } from '../../yaml/edits.ts';
import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';

const CONNECTS = ['tlsClientConfig', 'execProviderConfig', 'awsAuthConfig', 'bearerToken'];

export default defineRule({
  id: 'argocd/cluster-label-missing',
  on: kinds('/Secret'),
  severity: 'warning',
  summary: 'A Secret with the data of an Argo CD cluster lacks the label by which Argo CD finds it.',
  why: 'Argo CD lists Secrets with the label `argocd.argoproj.io/secret-type: cluster`. One with `server` and `config` and without the label is never looked at, and no log speaks of it.',
  references: ['argoproj/argo-cd@v3.5.1 util/settings/cluster_informer.go'],
  *check(secret, { workspace }) {
    const data = dataOf(secret);
    const config = data.get('config')?.text;
    if (!data.has('server') || config === undefined || get(secret.root, 'metadata', 'labels', SECRET_TYPE)) return;
    // Labels from a template may be the right ones.
    if (get(secret.root, 'metadata', 'labels')?.kind === 'scalar') return;
    const json = readJson(config);
    if (json.state !== 'valid' || !connects(json.masked)) return;
    if (get(workspace.patched(secret).root, 'metadata', 'labels', SECRET_TYPE) || !workspace.isComplete(secret)) return;
    if (workspace.addedTo(secret).some((a) => a.kind === 'label' && a.entry.key.text === SECRET_TYPE)) return;
    const name = get(secret.root, 'metadata', 'name') ?? get(secret.root, 'kind');
    if (!name || isTemplate(secret.name ?? '')) return;
    const add = addAt(secret.root, ['metadata', 'labels', SECRET_TYPE], 'cluster');
    yield report(
      name,
      `This has the data of an Argo CD cluster, but without the label ${SECRET_TYPE}: cluster Argo CD does not see it.`,
      { fix: add && unsafeFix('Add the label', add) },
    );
  },
});

function connects(json: string): boolean {
  const root: unknown = JSON.parse(json);
  return root !== null && typeof root === 'object' && CONNECTS.some((key) => key in root);
}

export const examples: Examples = {
  bad: [
    {
      title: 'No label at all',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: <|aks-prod|>
  namespace: argocd
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: |
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"]}, "tlsClientConfig": {"caData": \${CA}}}
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"]}, "tlsClientConfig": {"caData": \${CA}}}
`,
    },
  ],
  good: [
    {
      title: 'A kustomization adds it',
      files: {
        'cluster.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: aks-prod
stringData:
  name: aks-prod
  server: https://aks-prod-1234.hcp.westeurope.azmk8s.io
  config: '{"bearerToken": "\${TOKEN}"}'
`,
        'kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - cluster.yaml
labels:
  - pairs:
      argocd.argoproj.io/secret-type: cluster
`,
      },
    },
    {
      title: 'The data of something else',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: vpn
stringData:
  server: vpn.example.com
  config: '{"user": "vpn"}'
`,
    },
  ],
};
