import { type DevOpsRepository, devOpsHttpsUrl, parseDevOpsUrl } from '../../azure/devops.ts';
import { isTemplate } from '../../azure/text-kinds.ts';
import type { Workspace } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { referrersOf } from '../../model/views/flux-references.ts';
import { replaceText } from '../../yaml/edits.ts';
import { asMap, get, textAt } from '../../yaml/navigate.ts';
import type { MapNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { eventSourcesOf } from './_alerts.ts';
import { ALERT, providersOf, secretHasAddress } from './_notifications.ts';
import { literalAt, nameOf, withoutUser } from './_sources.ts';

export default defineRule({
  id: 'flux/commit-status-wrong-repository',
  on: providersOf('azuredevops'),
  severity: 'warning',
  summary: 'A Provider for Azure DevOps reports to another repository than the one that is deployed.',
  why: 'The status is set on the commit that the Kustomization has applied, in the repository of the `address`. Another repository does not know that commit, and Azure DevOps refuses.',
  references: ['fluxcd/website@6da0f383 content/en/flux/monitoring/alerts.md'],
  *check({ object, specs }, { workspace }) {
    const address = literalAt(specs[0], 'address');
    const target = address && parseDevOpsUrl(address.text.replace(/\.git$/, ''));
    const isOther = (spec: MapNode) =>
      textAt(spec, 'address') !== address?.text || secretHasAddress(spec, object, workspace);
    // Other forms are not read by the controller: flux/azuredevops-address-invalid.
    if (!address || target?.form !== 'https' || specs.some(isOther)) return;
    const deployed = deployedBy(object, workspace);
    if (!deployed?.length || deployed.some(({ repository }) => isSame(repository, target))) return;
    const urls = [...new Set(deployed.map(({ repository }) => devOpsHttpsUrl(repository)))];
    const [first] = deployed as [Deployed];
    yield report(
      address,
      `Commit statuses go to ${withoutUser(address.text)}, but ${first.kustomization.kind} "${first.kustomization.name}" is deployed from ${urls[0]}. A commit of the one is not in the other.`,
      {
        related: deployed
          .slice(0, 3)
          .map(({ source }) => related(get(source.root, 'spec', 'url') ?? nameOf(source), 'It is deployed from here')),
        fix:
          urls.length === 1 && urls[0] !== undefined
            ? unsafeFix('Report to the repository that is deployed', replaceText(address, urls[0]))
            : undefined,
      },
    );
  },
});

interface Deployed {
  readonly kustomization: KubernetesObject;
  readonly source: KubernetesObject;
  readonly repository: DevOpsRepository;
}

/** What the Alerts of a Provider report on; `undefined` where part of it is not known. */
function deployedBy(provider: KubernetesObject, workspace: Workspace): Deployed[] | undefined {
  const found: Deployed[] = [];
  for (const alert of referrersOf(provider, [ALERT], ['spec', 'providerRef', 'name'], workspace)) {
    if (workspace.variants(alert).length > 1) return undefined;
    const spec = asMap(get(workspace.patched(alert).root, 'spec'));
    const sources = spec && eventSourcesOf(spec);
    if (!sources) return undefined;
    for (const { kind, name, namespace } of sources) {
      if (kind !== 'Kustomization') continue;
      const near = namespace === undefined ? alert : { namespace };
      const kustomizations = workspace.find('kustomize.toolkit.fluxcd.io', 'Kustomization', name, near);
      if (name === '*' || kustomizations.state !== 'found') return undefined;
      for (const kustomization of kustomizations.values) {
        const deployed = sourceOf(kustomization, workspace);
        if (!deployed) return undefined;
        found.push(...deployed);
      }
    }
  }
  return found;
}

function sourceOf(kustomization: KubernetesObject, workspace: Workspace): Deployed[] | undefined {
  if (workspace.variants(kustomization).length > 1) return undefined;
  const reference = get(workspace.patched(kustomization).root, 'spec', 'sourceRef');
  const name = textAt(reference, 'name');
  if (name === undefined || textAt(reference, 'kind') !== 'GitRepository') return undefined;
  const namespace = textAt(reference, 'namespace');
  const near = namespace === undefined ? kustomization : { namespace };
  const sources = workspace.find('source.toolkit.fluxcd.io', 'GitRepository', name, near);
  if (sources.state !== 'found') return undefined;
  const deployed = sources.values.map((source): Deployed | undefined => {
    const url = textAt(workspace.patched(source).root, 'spec', 'url');
    const repository =
      url === undefined || isTemplate(url) || workspace.variants(source).length > 1
        ? undefined
        : parseDevOpsUrl(url.replace(/\.git$/, ''));
    return repository && { kustomization, source, repository };
  });
  return deployed.every((d) => d !== undefined) ? deployed : undefined;
}

const PARTS = ['organization', 'project', 'repository'] as const;

const isSame = (a: DevOpsRepository, b: DevOpsRepository): boolean =>
  PARTS.every((part) => plain(a[part]) === plain(b[part]));

const plain = (part: string): string => part.replaceAll(/%20|\+/g, ' ').toLowerCase();

const files = (address: string, url: string, source = 'shop'): Record<string, string> => ({
  'provider.yaml': `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata: { name: status, namespace: flux-system }
spec:
  type: azuredevops
  address: ${address}
`,
  'shop.yaml': `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Alert
metadata: { name: status, namespace: flux-system }
spec:
  providerRef: { name: status }
  eventSources:
    - { kind: Kustomization, name: "${source}" }
    - { kind: HelmRelease, name: "*" }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec:
  interval: 10m
  prune: true
  path: ./deploy
  sourceRef: { kind: GitRepository, name: shop }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: shop, namespace: flux-system }
spec:
  interval: 5m
  url: ${url}
`,
});

export const examples: Examples = {
  bad: [
    {
      title: 'The repository of the clusters, and that of the application',
      files: files(
        '<|https://dev.azure.com/contoso/fleet/_git/clusters|>',
        'ssh://git@ssh.dev.azure.com/v3/contoso/fleet/shop',
      ),
      fixed: {
        'provider.yaml': files('https://dev.azure.com/contoso/fleet/_git/shop', '')['provider.yaml'] as string,
      },
    },
  ],
  good: [
    {
      title: 'The same one in another form',
      files: files(
        'https://dev.azure.com/contoso/Shop/_git/shop.git',
        'https://contoso@dev.azure.com/Contoso/_git/shop',
      ),
    },
    {
      title: 'All Kustomizations: some of them may be the right ones',
      files: files('https://dev.azure.com/contoso/fleet/_git/clusters', 'https://dev.azure.com/contoso/_git/shop', '*'),
    },
    {
      title: 'A repository that is not known',
      files: files(
        'https://dev.azure.com/contoso/fleet/_git/clusters',
        'https://dev.azure.com/contoso/_git/${REPOSITORY}',
      ),
    },
  ],
};
