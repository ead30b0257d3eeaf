import { isTemplate } from '../../azure/text-kinds.ts';
import type { Workspace } from '../../model/context.ts';
import { isKind, type KubernetesObject } from '../../model/object.ts';
import { ASO_KINDS } from '../../model/views/aso.ts';
import { podTemplateOf } from '../../model/views/pod-template.ts';
import { replacePart, replaceText } from '../../yaml/edits.ts';
import { asScalar, get, items, textAt } from '../../yaml/navigate.ts';
import type { ScalarNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, partOf, related, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { nameOf } from './_objects.ts';

const ARGUMENT = '--crd-pattern=';

export default defineRule({
  id: 'aso/crd-pattern-misses-group',
  on: kinds('helm.toolkit.fluxcd.io/HelmRelease', 'apps/Deployment'),
  severity: 'warning',
  summary: 'Azure Service Operator is not told to install the CRDs of kinds that the workspace uses.',
  why: 'The operator installs no CRD by itself, only those that match its pattern: items `group/kind` with `*`, separated by semicolons. Objects of other kinds fail with `no matches for kind`.',
  references: ['https://github.com/Azure/azure-service-operator/pull/3125'],
  *check(object, { workspace }) {
    const found = patternOf(object);
    if (!found) return;
    // Several clusters may be in one workspace: what any of them installs is fine.
    const patterns = [
      ...workspace.objects('helm.toolkit.fluxcd.io', 'HelmRelease'),
      ...workspace.objects('apps', 'Deployment'),
    ]
      .filter((o) => isOperator(o))
      .map((o) => patternOf(workspace.patched(o))?.text);
    if (patterns.some((p) => p === undefined || p === '' || isTemplate(p))) return;
    const all = patterns.join(';');
    const used = firstMissing(all, workspace);
    if (!used) return;
    const { group, kind } = used;
    const start = found.node.text.length - found.text.length;
    const edit =
      start === 0
        ? replaceText(found.node, `${found.text};${group}/*`)
        : replacePart(found.node, found.node.text.length, found.node.text.length, `;${group}/*`);
    yield report(
      partOf(found.node, start, found.node.text.length),
      `No item of the pattern matches ${group}/${kind}, which this workspace uses: its CRD is not installed ("no matches for kind"). Append ;${group}/*.`,
      {
        fix: edit && unsafeFix(`Append ;${group}/*`, edit),
        related: [related(nameOf(used), `A ${kind}`)],
      },
    );
  },
});

const isOperator = (object: KubernetesObject): boolean =>
  isKind(object, 'apps', 'Deployment')
    ? object.name === 'azureserviceoperator-controller-manager'
    : textAt(object.root, 'spec', 'chart', 'spec', 'chart') === 'azure-service-operator';

/** The pattern of an installation of the operator, and the scalar it is the end of. */
function patternOf(object: KubernetesObject): { node: ScalarNode; text: string } | undefined {
  if (!isOperator(object)) return undefined;
  if (isKind(object, 'helm.toolkit.fluxcd.io', 'HelmRelease')) {
    const node = asScalar(get(object.root, 'spec', 'values', 'crdPattern'));
    return typeof node?.value === 'string' ? { node, text: node.text } : undefined;
  }
  for (const container of podTemplateOf(object)?.containers ?? [])
    for (const argument of items(get(container.node, 'args'))) {
      const node = asScalar(argument);
      if (node?.text.startsWith(ARGUMENT)) return { node, text: node.text.slice(ARGUMENT.length) };
    }
  return undefined;
}

/** The first object of the operator whose kind no item of a pattern matches. */
function firstMissing(pattern: string, workspace: Workspace): KubernetesObject | undefined {
  const matchers = pattern
    .toLowerCase()
    .split(';')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  for (const [group, kind] of ASO_KINDS) {
    const [object] = workspace.objects(group, kind);
    const name = `${group}/${kind}`.toLowerCase();
    if (object && !matchers.some((m) => m === '*' || globMatches(m.includes('/') ? m : `${m}/*`, name))) return object;
  }
  return undefined;
}

/** Whether a pattern with `*` matches a text as a whole. */
function globMatches(pattern: string, text: string): boolean {
  const parts = pattern.split('*');
  const [first = ''] = parts;
  if (parts.length === 1) return pattern === text;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const next = text.indexOf(part, at);
    if (next < 0) return false;
    at = next + part.length;
  }
  const last = parts[parts.length - 1] ?? '';
  return text.length - last.length >= at && text.endsWith(last);
}

export const examples: Examples = {
  bad: [
    {
      title: 'A group is missing',
      files: {
        'release.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: aso
  namespace: azureserviceoperator-system
spec:
  chart:
    spec:
      chart: azure-service-operator
  values:
    crdPattern: <|resources.azure.com/*;keyvault.azure.com/*|>
`,
        'identity.yaml': `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: shop
spec:
  location: westeurope
  owner:
    name: fleet
`,
      },
      fixed: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: aso
  namespace: azureserviceoperator-system
spec:
  chart:
    spec:
      chart: azure-service-operator
  values:
    crdPattern: resources.azure.com/*;keyvault.azure.com/*;managedidentity.azure.com/*
`,
    },
  ],
  good: [
    {
      title: 'It is there; another chart; a variable',
      files: {
        'release.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: aso
  namespace: azureserviceoperator-system
spec:
  chart:
    spec:
      chart: azure-service-operator
  values:
    crdPattern: resources.azure.com/*;managedidentity.azure.com/User*
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: other
spec:
  chart:
    spec:
      chart: other
  values:
    crdPattern: keyvault.azure.com/*
`,
        'identity.yaml': `apiVersion: managedidentity.azure.com/v1api20230131
kind: UserAssignedIdentity
metadata:
  name: orders
  namespace: shop
spec:
  location: westeurope
  owner:
    name: fleet
`,
      },
    },
  ],
};
