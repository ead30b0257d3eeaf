import type { RuleContext, Version } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { clusterConfigsOf } from '../../model/views/argocd-cluster.ts';
import { componentOf, isClusterComponent } from '../../model/views/argocd-install.ts';
import { asScalar, get, items } from '../../yaml/navigate.ts';
import type { ScalarNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, type Report, related, report } from '../define.ts';
import { view } from '../views.ts';
import { type AzureLogin, azureLoginOf, isReplaced } from './_cluster-config.ts';
import { identityLogins } from './_identity-use.ts';

type Subject =
  | { readonly login: AzureLogin }
  | { readonly object: KubernetesObject; readonly image: ScalarNode; readonly tag: string };

const subjects = view<Subject>(
  'logins with workload identity, and the images of Argo CD',
  function* (unit, { workspace }) {
    for (const config of clusterConfigsOf(unit))
      if (!isReplaced(config, workspace)) for (const login of azureLoginOf(config)) yield { login };
    const { object } = unit;
    if (!object || !isClusterComponent(componentOf(object))) return;
    for (const container of items(get(object.root, 'spec', 'template', 'spec', 'containers'))) {
      const image = asScalar(get(container, 'image'));
      const tag = /(?:^|\/)argoproj\/argocd:v?(\d+\.\d+\.\d+)/.exec(image?.text ?? '')?.[1];
      if (image && tag) yield { object, image, tag };
    }
  },
);

const isBroken = (version: string): boolean => version === '2.14.3' || /^3\.0\.[0-6]$/.test(version);
const NEWER = 'Use 2.14.4 or newer, or 3.0.7 or newer.';

export default defineRule({
  id: 'argocd/workload-identity-broken-release',
  on: subjects,
  severity: 'warning',
  summary: 'A release of Argo CD in which workload identity for clusters does not work.',
  why: 'Argo CD 2.14.3 and 3.0.0 to 3.0.6 came with libraries with which `argocd-k8s-auth azure` fails for workload identity: `executable argocd-k8s-auth failed with exit code 20`.',
  references: [
    'argoproj/argo-cd#22122',
    'argoproj/argo-cd#22162',
    'argoproj/argo-cd#22884',
    'argoproj/argo-cd#23878',
    'argoproj/argo-cd#23004',
  ],
  versions: 'Argo CD 2.14.3, 3.0.0 to 3.0.6',
  *check(subject, context) {
    if ('login' in subject) yield* ofLogin(subject.login, context);
    else yield* ofImage(subject, context);
  },
});

/** Where the version is a setting: the login is all there is to point at. */
function* ofLogin({ method, place }: AzureLogin, { argocd }: RuleContext): Iterable<Report> {
  if (method !== 'workloadidentity' || !isSetting(argocd) || !isBroken(argocd.full ?? '')) return;
  yield report(place, `Workload identity for clusters is broken in Argo CD ${argocd.full} (exit code 20). ${NEWER}`);
}

const isSetting = ({ why }: Version): boolean => why.startsWith('setting');

function* ofImage(
  { object, image, tag }: Extract<Subject, { image: ScalarNode }>,
  { workspace, argocd }: RuleContext,
): Iterable<Report> {
  if (!isBroken(tag) || isSetting(argocd)) return;
  const [login] = identityLogins(workspace, workspace.namespacesOf(object));
  if (!login) return;
  yield report(image, `Workload identity for clusters is broken in Argo CD ${tag} (exit code 20). ${NEWER}`, {
    related: [related(login.place, 'This login fails')],
  });
}

export const examples: Examples = {
  bad: [
    {
      title: 'By the image',
      files: {
        'server.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: argocd-server
  namespace: argocd
spec:
  template:
    spec:
      containers:
        - name: argocd-server
          image: <|quay.io/argoproj/argocd:v3.0.2|>
`,
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"]}}
`,
      },
    },
    {
      title: 'By the settings',
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": <|"workloadidentity"|>}}}
`,
      settings: { argocdVersion: '2.14.3' },
    },
  ],
  good: [
    {
      title: 'Another login, and releases in which it works',
      files: {
        'server.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: argocd-server
  namespace: argocd
spec:
  template:
    spec:
      containers:
        - name: argocd-server
          image: quay.io/argoproj/argocd:v3.0.2
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: argocd-server
  namespace: argocd-test
spec:
  template:
    spec:
      containers:
        - name: argocd-server
          image: quay.io/argoproj/argocd:v3.0.7
`,
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
    {"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"], "env": {"AAD_LOGIN_METHOD": "spn"}}}
---
apiVersion: v1
kind: Secret
metadata:
  name: b
  namespace: argocd-test
  labels:
    argocd.argoproj.io/secret-type: cluster
stringData:
  config: '{"execProviderConfig": {"command": "argocd-k8s-auth", "args": ["azure"]}}'
`,
      },
    },
    {
      title: 'A version known as a minor means its newest patch',
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
`,
      settings: { argocdVersion: '3.0' },
    },
  ],
};
