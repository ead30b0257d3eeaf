import { isDevOpsHost } from '../../azure/devops.ts';
import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import { isKind, type KubernetesObject } from '../../model/object.ts';
import { repositoriesOf, repositoryType, setItem } from '../../model/views/argocd-repository.ts';
import { replaceText, type TreeEdit } from '../../yaml/edits.ts';
import { asScalar, get, items } from '../../yaml/navigate.ts';
import type { Node, ScalarNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { urlParts } from '../flux/_devops.ts';
import { amongObjects, view } from '../views.ts';
import { CLUSTER_TYPES } from './_cluster-config.ts';

/** A Git URL that Argo CD clones, and how to give it another one. */
interface GitUrl {
  readonly node: ScalarNode;
  readonly text: string;
  readonly set: (url: string) => TreeEdit | undefined;
}

const gitUrls = view<GitUrl>(
  'Git URLs of Argo CD',
  function* (unit) {
    const { object } = unit;
    for (const secret of repositoriesOf(unit)) {
      if (secret.credentials) continue;
      const url = secret.data.get('url');
      const type = repositoryType(secret);
      if (url?.node && url.text !== undefined && type !== 'helm' && type !== 'oci')
        yield { node: url.node, text: url.text, set: (better) => setItem(secret, url, better) };
    }
    if (object && isKind(object, 'argoproj.io', 'Application', 'ApplicationSet'))
      for (const source of sourcesOf(object)) {
        const url = asScalar(get(source, 'repoURL'));
        if (url && typeof url.value === 'string' && get(source, 'chart') === undefined)
          yield { node: url, text: url.text, set: (better) => replaceText(url, better) };
      }
  },
  amongObjects(...CLUSTER_TYPES, 'argoproj.io/ApplicationSet'),
);

function sourcesOf(object: KubernetesObject): readonly (Node | undefined)[] {
  const spec = get(object.root, ...(object.kind === 'Application' ? ['spec'] : ['spec', 'template', 'spec']));
  return [get(spec, 'source'), ...items(get(spec, 'sources')), get(spec, 'sourceHydrator', 'drySource')];
}

const HTTPS = 'https://dev.azure.com/{org}/{project}/_git/{repo}';
const SSH = 'git@ssh.dev.azure.com:v3/{org}/{project}/{repo}';

export default defineRule({
  id: 'argocd/ado-url-invalid',
  on: gitUrls,
  severity: 'warning',
  partial: true,
  summary: 'Azure DevOps serves no Git repository at this URL.',
  why: 'Azure DevOps serves Git under `https://dev.azure.com/{org}/{project}/_git/{repo}` and `git@ssh.dev.azure.com:v3/{org}/{project}/{repo}`. `.git` at the end is taken for a part of the repository’s name, and the address of a page in the browser is something else: cloning fails with an error about authentication or a missing repository.',
  references: [
    'https://github.com/argoproj/argo-cd/issues/643',
    'https://github.com/argoproj/argo-cd/issues/6362',
    'https://github.com/argoproj/argo-cd/issues/19645',
  ],
  *check({ node, text, set }) {
    if (isTemplate(text) || isPlaceholder(text)) return;
    const problem = problemOf(text);
    if (!problem) return;
    const { better } = problem;
    yield report(node, problem.message, {
      fix: better === undefined ? undefined : unsafeFix(`Write ${withoutUser(better)}`, set(better)),
    });
  },
});

const withoutUser = (url: string): string => url.replace(/^(https?:\/\/)[^/@]*@/, '$1');

interface Problem {
  readonly message: string;
  readonly better?: string | undefined;
}

function problemOf(url: string): Problem | undefined {
  const web = urlParts(url);
  if (web && web.scheme !== 'ssh') {
    if (!isDevOpsHost(web.host) || web.host.startsWith('ssh.') || web.host.startsWith('vs-ssh.')) return undefined;
    const path = web.path.replace(/\/+$/, '');
    const bare = url.slice(0, url.length - web.rest.length);
    if (!/\/_git\//.test(path)) {
      const segments = path.split('/').filter((s) => s !== '');
      const wanted = web.host === 'dev.azure.com' ? 3 : 2;
      const plain = segments.length === wanted && !segments.some((s) => s.startsWith('_'));
      const repository = segments[wanted - 1]?.replace(/\.git$/, '');
      const head = bare.slice(0, bare.length - web.path.length);
      return {
        message: `Azure DevOps serves Git under ${HTTPS}: this URL lacks "_git".`,
        better: plain && repository ? `${head}/${[...segments.slice(0, -1), '_git', repository].join('/')}` : undefined,
      };
    }
    if (path.endsWith('.git'))
      return {
        message: `Remove ".git": Azure DevOps takes it for a part of the repository's name. The form is ${HTTPS}.`,
        better: bare.replace(/\.git\/*$/, ''),
      };
    if (web.rest !== '')
      return {
        message: `Remove what follows the repository: this is the address of a page. Branch and folder are said by targetRevision and path.`,
        better: bare,
      };
    return undefined;
  }
  const ssh = /^(?:ssh:\/\/)?(?:([^@/]+)@)?(ssh\.dev\.azure\.com|vs-ssh\.visualstudio\.com)\b(.*)$/.exec(url);
  if (!ssh) return undefined;
  const [, user, host = '', rest = ''] = ssh;
  const right = url.startsWith('ssh://')
    ? user !== undefined && /^(:22)?\/v3\/[^/]+\/[^/]+\/[^/]+$/.test(rest)
    : user !== undefined && /^:v3\/[^/]+\/[^/]+\/[^/]+$/.test(rest);
  // An older form of Visual Studio Team Services that is still served.
  if (right || rest.includes('/_ssh/')) return undefined;
  const path = /^(?::22)?[:/]v3\/([^/]+\/[^/]+\/[^/]+)\/?$/.exec(rest)?.[1];
  return {
    message: `Azure DevOps serves Git over ssh as ${SSH}: this URL has another form.`,
    better: path && `${user ?? 'git'}@${host}:v3/${path}`,
  };
}

export const examples: Examples = {
  bad: [
    {
      title: 'With .git',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: fleet
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: <|https://contoso@dev.azure.com/contoso/platform/_git/fleet.git|>
  useAzureWorkloadIdentity: "true"
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: fleet
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  url: https://contoso@dev.azure.com/contoso/platform/_git/fleet
  useAzureWorkloadIdentity: "true"
`,
    },
    {
      title: 'Sources of an Application: a page, and a URL without _git',
      yaml: `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: web
spec:
  sources:
    - repoURL: <|https://dev.azure.com/contoso/platform/_git/fleet?path=/apps|>
      path: apps
    - repoURL: <|https://dev.azure.com/contoso/platform/fleet|>
      path: web
`,
      fixed: `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: web
spec:
  sources:
    - repoURL: https://dev.azure.com/contoso/platform/_git/fleet
      path: apps
    - repoURL: https://dev.azure.com/contoso/platform/_git/fleet
      path: web
`,
    },
    {
      title: 'Two forms of ssh in one',
      yaml: `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: web
spec:
  source:
    repoURL: <|ssh://git@ssh.dev.azure.com:v3/contoso/platform/fleet|>
    path: web
`,
      fixed: `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: web
spec:
  source:
    repoURL: git@ssh.dev.azure.com:v3/contoso/platform/fleet
    path: web
`,
    },
  ],
  good: [
    {
      title: 'The forms that work, templates, other hosts and a prefix',
      yaml: `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: web
spec:
  sources:
    - repoURL: https://contoso@dev.azure.com/contoso/My%20Platform/_git/fleet
    - repoURL: https://contoso.visualstudio.com/platform/_git/fleet
    - repoURL: git@ssh.dev.azure.com:v3/contoso/platform/fleet
    - repoURL: ssh://git@ssh.dev.azure.com/v3/contoso/platform/fleet
    - repoURL: https://dev.azure.com/\${ORG}/fleet
    - repoURL: https://github.com/contoso/fleet.git
---
apiVersion: v1
kind: Secret
metadata:
  name: devops
  labels:
    argocd.argoproj.io/secret-type: repo-creds
stringData:
  url: https://dev.azure.com/contoso
  useAzureWorkloadIdentity: "true"
---
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: teams
spec:
  template:
    spec:
      source:
        repoURL: 'https://dev.azure.com/contoso/{{project}}/{{repo}}'
`,
    },
  ],
};
