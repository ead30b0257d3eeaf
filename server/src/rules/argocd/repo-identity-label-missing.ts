import type { Workspace } from '../../model/context.ts';
import { annotation, type KubernetesObject } from '../../model/object.ts';
import type { ArgoChartValues } from '../../model/views/argo-helm.ts';
import { hasLabel, podLabelsOfChart } from '../../model/views/argocd-install.ts';
import { podTemplateOf } from '../../model/views/pod-template.ts';
import { addAt } from '../../yaml/edits.ts';
import { get, text } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { CLIENT_ID, podLabelPath, USE } from '../workload-identity/_keys.ts';
import { podsOf } from './_identity-use.ts';
import { namespacesOf, placeOf, repoServers, withWorkloadIdentity } from './_repo-server.ts';

export default defineRule({
  id: 'argocd/repo-identity-label-missing',
  on: repoServers,
  severity: 'warning',
  summary: 'A repository uses workload identity, but the pods of the repo-server do not.',
  why: 'Argo CD fetches Git repositories and charts in `argocd-repo-server`. The webhook gives a token to pods with the label `azure.workload.identity/use: "true"` alone; without it every repository with `useAzureWorkloadIdentity` fails. The ServiceAccount also needs the annotation with the client id and a federated credential. Where the ServiceAccount has the annotation already, `workload-identity/pod-label-missing` reports this.',
  references: ['argoproj/argo-cd@v3.5.1 docs/user-guide/private-repositories.md'],
  versions: 'Argo CD 3.0 and later',
  *check(server, { workspace }) {
    const { object, chart } = server;
    const place = placeOf(server);
    if (!place || (chart ? isLabelled(chart) : isFine(object, workspace))) return;
    const [first, ...more] = withWorkloadIdentity(namespacesOf(server, workspace), workspace);
    if (!first) return;
    const own = podTemplateOf(object);
    const add = chart
      ? addAt(chart.values, ['repoServer', 'podLabels', USE], 'true')
      : own && addAt(object.root, podLabelPath(own), 'true');
    const flag = first.data.get('useAzureWorkloadIdentity');
    yield report(
      place,
      `${more.length === 0 ? `Repository "${first.name}" uses` : `${more.length + 1} repositories use`} workload identity, but the ${
        chart ? 'repo-server lacks the pod label' : 'pods lack the label'
      } azure.workload.identity/use: "true": they get no token.`,
      {
        fix: add && unsafeFix('Add the label to the pods', add),
        related: flag ? [related(flag.place, 'Workload identity is asked for here')] : [],
      },
    );
  },
});

const isLabelled = (chart: ArgoChartValues): boolean => {
  const holder = get(chart.values, 'repoServer');
  return (
    (holder !== undefined && holder.kind !== 'map') ||
    podLabelsOfChart(chart, 'repoServer').some((labels) => hasLabel(labels, USE))
  );
};

/** True where the pods have what they need, or nobody can tell, or a more general rule sees it. */
function isFine(object: KubernetesObject, workspace: Workspace): boolean {
  const pods = podsOf(object, workspace);
  if (!pods?.template.spec || pods.labelled || pods.variables.has('AZURE_FEDERATED_TOKEN_FILE')) return true;
  const account = text(pods.template.serviceAccount);
  const accounts = account === undefined ? undefined : workspace.find('', 'ServiceAccount', account, object);
  return (
    accounts?.state === 'found' &&
    accounts.values.every((a) => annotation(workspace.patched(a), CLIENT_ID) !== undefined)
  );
}

export const examples: Examples = {
  bad: [
    {
      title: 'The repository is in another file',
      files: {
        'repo-server.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: <|argocd-repo-server|>
  namespace: argocd
spec:
  template:
    metadata:
      labels:
        app.kubernetes.io/name: argocd-repo-server
    spec:
      serviceAccountName: argocd-repo-server
      containers: [{ name: argocd-repo-server, image: quay.io/argoproj/argocd:v3.5.1 }]
`,
        'repository.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: fleet
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: https://dev.azure.com/contoso/platform/_git/fleet
  useAzureWorkloadIdentity: "true"
`,
      },
      fixed: {
        'repo-server.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: argocd-repo-server
  namespace: argocd
spec:
  template:
    metadata:
      labels:
        app.kubernetes.io/name: argocd-repo-server
        azure.workload.identity/use: "true"
    spec:
      serviceAccountName: argocd-repo-server
      containers: [{ name: argocd-repo-server, image: quay.io/argoproj/argocd:v3.5.1 }]
`,
      },
    },
    {
      title: 'Values of the chart',
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
    configs:
      repositories:
        fleet:
          url: https://dev.azure.com/contoso/platform/_git/fleet
          useAzureWorkloadIdentity: "true"
    <|repoServer|>:
      replicas: 2
`,
      fixed: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: argocd
  namespace: argocd
spec:
  chart:
    spec:
      chart: argo-cd
  values:
    configs:
      repositories:
        fleet:
          url: https://dev.azure.com/contoso/platform/_git/fleet
          useAzureWorkloadIdentity: "true"
    repoServer:
      replicas: 2
      podLabels:
        azure.workload.identity/use: "true"
`,
    },
  ],
  good: [
    {
      title: 'Values of the chart with the label',
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
    configs:
      repositories:
        fleet:
          url: https://dev.azure.com/contoso/platform/_git/fleet
          useAzureWorkloadIdentity: "true"
    repoServer:
      podLabels:
        azure.workload.identity/use: "true"
`,
    },
    {
      title: 'An overlay adds the label',
      files: {
        'repo-server.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: argocd-repo-server
spec:
  template:
    spec:
      containers: [{ name: argocd-repo-server, image: quay.io/argoproj/argocd:v3.5.1 }]
`,
        'repository.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: fleet
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: https://dev.azure.com/contoso/platform/_git/fleet
  useAzureWorkloadIdentity: "true"
`,
        'kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: argocd
resources: [repo-server.yaml, repository.yaml]
patches:
  - patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: argocd-repo-server
      spec:
        template:
          metadata:
            labels:
              azure.workload.identity/use: "true"
`,
      },
    },
    {
      title: 'Repositories with other credentials, of other namespaces, and of a type that knows no workload identity',
      files: {
        'repo-server.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: argocd-repo-server
  namespace: argocd
spec:
  template:
    spec:
      containers: [{ name: argocd-repo-server, image: quay.io/argoproj/argocd:v3.5.1 }]
`,
        'repositories.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: fleet
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: https://dev.azure.com/contoso/platform/_git/fleet
  password: \${TOKEN}
---
apiVersion: v1
kind: Secret
metadata:
  name: fleet
  namespace: argocd-test
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: https://dev.azure.com/contoso/platform/_git/fleet
  useAzureWorkloadIdentity: "true"
---
apiVersion: v1
kind: Secret
metadata:
  name: apps
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: oci
  url: oci://contoso.azurecr.io/apps
  useAzureWorkloadIdentity: "true"
`,
      },
    },
  ],
};
