import { isGuid, isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import type { RuleContext } from '../../model/context.ts';
import { annotation } from '../../model/object.ts';
import { asScalar, get, textAt } from '../../yaml/navigate.ts';
import type { ScalarNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { bindings, RBAC, subjectsOf } from './_bindings.ts';

export default defineRule({
  id: 'rbac/entra-group-not-object-id',
  on: bindings,
  severity: 'warning',
  partial: true,
  summary: 'A group of Entra is bound by its name.',
  why: 'The token that a user of AKS comes with lists groups by their object ids. A binding to the display name is accepted and grants nothing to anybody.',
  references: [
    'MicrosoftDocs/azure-aks-docs@fb060abe articles/aks/kubernetes-rbac-entra-id.md',
    'Azure/kubelogin@v0.2.19 docs/book/src/topics/sp.md',
  ],
  versions: 'AKS with Entra; see the setting azureMode',
  *check(binding, context) {
    const groups = subjectsOf(binding).flatMap((subject): ScalarNode[] => {
      const node = textAt(subject, 'kind') === 'Group' ? asScalar(get(subject, 'name')) : undefined;
      return node && typeof node.value === 'string' ? [node] : [];
    });
    const named = groups.filter(
      ({ text }) =>
        text !== '' &&
        !isGuid(text) &&
        !isTemplate(text) &&
        !isPlaceholder(text) &&
        !text.includes(':') &&
        !STANDS_FOR_ID.test(text),
    );
    if (named.length === 0 || !isAzure(context)) return;
    for (const node of named)
      yield report(
        node,
        `AKS compares groups of Entra by their object ids, so that "${node.text}" matches nobody. Write the id: az ad group show --group NAME --query id.`,
      );
  },
});

/** `groupObjectId` and the like in instructions: the id is still to be written. */
const STANDS_FOR_ID = /object[-_ ]?id$/i;

const SOURCES = ['OCIRepository', 'GitRepository', 'HelmRepository', 'Bucket'];

/** Whether the clusters of the workspace are in Azure, by the setting or by what else is there. */
function isAzure({ settings, workspace }: RuleContext): boolean {
  if (settings.azureMode === 'on' || settings.azureMode === 'off') return settings.azureMode === 'on';
  const byId = ['ClusterRoleBinding', 'RoleBinding'].some((kind) =>
    workspace
      .objects(RBAC, kind)
      .some((b) => subjectsOf(b).some((s) => textAt(s, 'kind') === 'Group' && isGuid(textAt(s, 'name') ?? ''))),
  );
  return (
    byId ||
    workspace.objects('', 'ServiceAccount').some((a) => annotation(a, 'azure.workload.identity/client-id')) ||
    SOURCES.some((kind) =>
      workspace.objects('source.toolkit.fluxcd.io', kind).some((s) => textAt(s.root, 'spec', 'provider') === 'azure'),
    )
  );
}

export const examples: Examples = {
  bad: [
    {
      title: 'A name beside an id',
      yaml: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: deployers
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: edit
subjects:
  - kind: Group
    apiGroup: rbac.authorization.k8s.io
    name: 84ce98d1-e359-4f3b-85af-985b458de3c6
  - kind: Group
    apiGroup: rbac.authorization.k8s.io
    name: <|aks-admins|>
`,
    },
    {
      title: 'With the setting',
      settings: { azureMode: 'on' },
      yaml: `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: deployers
  namespace: shop
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: edit
subjects:
  - kind: Group
    apiGroup: rbac.authorization.k8s.io
    name: <|Platform Team|>
`,
    },
  ],
  good: [
    {
      title: 'Nothing says that the cluster is in Azure',
      yaml: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: deployers
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: edit
subjects:
  - kind: Group
    apiGroup: rbac.authorization.k8s.io
    name: admins
`,
    },
    {
      title: 'Groups of Kubernetes and of other identity providers',
      settings: { azureMode: 'on' },
      yaml: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: deployers
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: edit
subjects:
  - kind: Group
    apiGroup: rbac.authorization.k8s.io
    name: system:authenticated
  - kind: Group
    apiGroup: rbac.authorization.k8s.io
    name: groupObjectId
  - kind: Group
    apiGroup: rbac.authorization.k8s.io
    name: oidc:admins
  - kind: User
    apiGroup: rbac.authorization.k8s.io
    name: jane
`,
    },
  ],
};
