import { removeEntries } from '../../yaml/edits.ts';
import type { Entry } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { field, isInCluster, isSet, wholeConfigs } from './_cluster-config.ts';

export default defineRule({
  id: 'argocd/in-cluster-config-ignored',
  on: wholeConfigs,
  severity: 'warning',
  summary: 'For the cluster Argo CD runs in, most of the config is ignored.',
  why: 'Where `server` is `https://kubernetes.default.svc`, Argo CD connects as its pods do, with their own ServiceAccount and certificate authority. Of the config only user name, password and `bearerToken` count.',
  references: ['argoproj/argo-cd@v3.5.1 pkg/apis/application/v1alpha1/types.go RawRestConfig'],
  *check({ root, tls, cluster }) {
    if (!isInCluster(cluster)) return;
    const set = (entries: (Entry | undefined)[]): Entry[] => entries.flatMap((e) => (e && isSet(e) ? [e] : []));
    const logins = set([field(root, 'execProviderConfig'), field(root, 'awsAuthConfig')]);
    const options = set(['caData', 'certData', 'keyData', 'serverName'].map((name) => field(tls, name)));
    const ignored = [...logins, ...options];
    const [first] = ignored;
    if (!first) return;
    yield report(
      first,
      `At https://kubernetes.default.svc Argo CD connects with the ServiceAccount of its own pods and ignores ${ignored.map((e) => e.key.text).join(', ')}.`,
      {
        fix: unsafeFix(
          'Remove what is ignored',
          ...(logins.length > 0 ? [removeEntries(logins)] : []),
          ...(options.length > 0 ? [removeEntries(options)] : []),
        ),
        tags: ['unnecessary'],
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A login to Azure',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: in-cluster
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: in-cluster
  server: https://kubernetes.default.svc/
  config: |
    {
      "tlsClientConfig": {"insecure": false, "caData": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo="},
      <|"execProviderConfig"|>: {"command": "argocd-k8s-auth", "args": ["azure"]}
    }
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: in-cluster
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: in-cluster
  server: https://kubernetes.default.svc/
  config: |
    {
      "tlsClientConfig": {"insecure": false}
    }
`,
    },
  ],
  good: [
    {
      title: 'What there is in every such Secret, and another cluster',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"]}}
---
apiVersion: v1
kind: Secret
metadata:
  name: in-cluster
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  name: in-cluster
  server: https://kubernetes.default.svc
  config: '{"tlsClientConfig": {"insecure": false}}'
`,
    },
  ],
};
