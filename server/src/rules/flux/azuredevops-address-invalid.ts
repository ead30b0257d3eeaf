import { type DevOpsRepository, devOpsHttpsUrl, parseDevOpsUrl } from '../../azure/devops.ts';
import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import { dataOf } from '../../model/views/secret-data.ts';
import { replaceText } from '../../yaml/edits.ts';
import { textAt } from '../../yaml/navigate.ts';
import type { MapNode, ScalarNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, type Severity, unsafeFix } from '../define.ts';
import { onlyTypes, view } from '../views.ts';
import { providerFrom, secretHasAddress } from './_notifications.ts';
import { usedSecrets } from './_secrets.ts';
import { literalAt, PROVIDER, withoutUser } from './_sources.ts';

interface Address {
  readonly node: ScalarNode;
  readonly text: string;
  /** True where the node holds the text encoded. */
  readonly encoded: boolean;
}

const secrets = usedSecrets('secretRef', [PROVIDER], ({ root }) => textAt(root, 'spec', 'type') === 'azuredevops');

const addresses = view<Address>(
  'addresses of Providers of type azuredevops',
  function* (unit, context) {
    for (const { secret, data } of secrets.select(unit, context)) {
      const item = data.get('address');
      if (item?.node && item.text !== undefined && item === dataOf(secret).get('address'))
        yield { node: item.node, text: item.text, encoded: item.field === 'data' };
    }
    const { object } = unit;
    if (!object || `${object.group}/${object.kind}` !== PROVIDER) return;
    const provider = providerFrom(object, context.workspace);
    if (provider?.type !== 'azuredevops') return;
    const node = literalAt(provider.specs[0], 'address');
    const isSame = (text: string | undefined) => text !== undefined && (text === node?.text || problemOf(text));
    // A Secret may hold another address, which goes before the field.
    const isCertain = (spec: MapNode) =>
      isSame(literalAt(spec, 'address')?.text) && !secretHasAddress(spec, object, context.workspace);
    if (node && provider.specs.every(isCertain)) yield { node, text: node.text, encoded: false };
  },
  onlyTypes(['/Secret', PROVIDER]),
);

export default defineRule({
  id: 'flux/azuredevops-address-invalid',
  on: addresses,
  severity: 'error',
  partial: true,
  summary: 'The address of a Provider for Azure DevOps is not the URL of a repository that the controller can read.',
  why: 'The controller splits the path of the address into exactly four parts: organization, project, `_git`, repository. The short URL without a project and the SSH URL, which a GitRepository may have, do not fit. A Provider has no status, so that the error shows only as an event of the Alert.',
  references: ['fluxcd/notification-controller@v1.9.3 internal/notifier/azure_devops.go, util.go'],
  *check({ node, text, encoded }) {
    if (isTemplate(text) || isPlaceholder(text)) return;
    const problem = problemOf(text);
    if (!problem) return;
    const repository = parseDevOpsUrl(text.replace(/\.git$/, ''));
    yield report(node, `${problem.message} The address has to be ${repository ? devOpsHttpsUrl(repository) : FORM}.`, {
      severity: problem.severity,
      fix: encoded ? undefined : rewrite(node, repository),
    });
  },
});

const FORM = 'https://dev.azure.com/{organization}/{project}/_git/{repository}';

const rewrite = (node: ScalarNode, repository: DevOpsRepository | undefined) =>
  repository && unsafeFix('Write the URL with all four parts', replaceText(node, devOpsHttpsUrl(repository)));

function problemOf(text: string): { readonly message: string; readonly severity: Severity } | undefined {
  if (text === '') return undefined;
  const url = /^([a-z][a-z0-9+.-]*):\/\/(?:[^/@]*@)?([^/?#]*)([^?#]*)/i.exec(text);
  const scp = url ? undefined : /^[^@/\s]+@[^:/\s]+:(.*)$/.exec(text);
  const path = (url?.[3] ?? scp?.[1] ?? text).replace(/^\/+/, '').replace(/\.git$/, '');
  const parts = path.split('/');
  if (parts.length !== 4) return { message: `invalid repository id "${path}".`, severity: 'error' };
  if (scp || url?.[1]?.toLowerCase() === 'ssh')
    return {
      message: `"${withoutUser(text)}" is read as a URL of the web: ${parts[0]} is taken for the organization and ${parts[1]} for the project.`,
      severity: 'error',
    };
  if (parts[2] === '_git') return undefined;
  // The controller does not look at this part; what stands around it is hardly what was meant.
  return {
    message: `"${path}" is taken for organization ${parts[0]}, project ${parts[1]} and repository ${parts[3]}.`,
    severity: 'warning',
  };
}

const provider = (address: string, more = ''): string => `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: status
  namespace: flux-system
spec:
  type: azuredevops
  address: ${address}
${more}`;

export const examples: Examples = {
  bad: [
    {
      title: 'The short URL',
      yaml: provider('<|https://dev.azure.com/contoso/_git/clusters|> # as in the GitRepository'),
      fixed: provider('https://dev.azure.com/contoso/clusters/_git/clusters # as in the GitRepository'),
      message: 'invalid repository id "contoso/_git/clusters"',
    },
    {
      title: 'SSH',
      yaml: provider('<|"ssh://git@ssh.dev.azure.com/v3/contoso/fleet/clusters"|>'),
      fixed: provider('"https://dev.azure.com/contoso/fleet/_git/clusters"'),
      message: 'v3 is taken for the organization',
    },
    {
      title: 'The older host, in the Secret',
      files: {
        'secret.yaml': `apiVersion: v1
kind: Secret
metadata: { name: devops, namespace: flux-system }
stringData:
  address: <|https://contoso.visualstudio.com/fleet/_git/clusters|>
  token: \${PAT}
`,
        'provider.yaml': provider('https://dev.azure.com/contoso/_git/clusters', '  secretRef: { name: devops }\n'),
      },
      fixed: `apiVersion: v1
kind: Secret
metadata: { name: devops, namespace: flux-system }
stringData:
  address: https://dev.azure.com/contoso/fleet/_git/clusters
  token: \${PAT}
`,
    },
    {
      title: 'In a patch',
      files: {
        'kustomization.yaml': `patches:
  - patch: |
      apiVersion: notification.toolkit.fluxcd.io/v1beta3
      kind: Provider
      metadata: { name: status }
      spec:
        type: azuredevops
        address: <|https://dev.azure.com/contoso|>
`,
      },
    },
  ],
  good: [
    {
      title: 'All four parts; on a server of one’s own; a variable; another type',
      yaml: `${provider('https://dev.azure.com/contoso/fleet/_git/clusters')}---
${provider('https://devops.contoso.com/collection/fleet/_git/clusters.git').replace('name: status', 'name: two')}---
${provider('https://dev.azure.com/${ORGANIZATION}/_git/clusters').replace('name: status', 'name: three')}---
${provider('https://github.com/contoso/clusters').replace('azuredevops', 'github').replace('name: status', 'name: four')}`,
    },
    {
      title: 'Overlays give the address',
      files: {
        'base/provider.yaml': provider('https://dev.azure.com/to-be-set'),
        'base/kustomization.yaml': 'resources: [provider.yaml]\n',
        'west/kustomization.yaml': `resources: [../base]
patches:
  - target: { kind: Provider }
    patch: |
      - { op: replace, path: /spec/address, value: "https://dev.azure.com/contoso/fleet/_git/clusters" }
`,
      },
    },
  ],
};
