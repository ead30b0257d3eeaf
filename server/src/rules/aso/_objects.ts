import { hostOf } from '../../azure/clouds.ts';
import { maskTemplates } from '../../azure/text-kinds.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { isAso } from '../../model/views/aso.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import type { Node, ScalarNode } from '../../yaml/tree.ts';
import { kinds, view } from '../views.ts';

export const GROUP = 'managedidentity.azure.com';
export const credentials = kinds(`${GROUP}/FederatedIdentityCredential`);
export const roleAssignments = kinds('authorization.azure.com/RoleAssignment');

/** Where kinds of the operator are: its groups all end like this. */
export const isOfAzure = (_: unknown, type: string | undefined): boolean => type?.includes('.azure.com/') ?? false;

/** Everything that Azure Service Operator makes, whole or partial. */
export const asoObjects = view<KubernetesObject>(
  'kinds of Azure Service Operator',
  ({ object }) => (object && isAso(object) ? [object] : []),
  isOfAzure,
);

/** A scalar that holds a string. */
export function stringAt(object: KubernetesObject, ...path: readonly (string | number)[]): ScalarNode | undefined {
  const node = asScalar(get(object.root, ...path));
  return typeof node?.value === 'string' ? node : undefined;
}

const AKS_OR_ARC = /(^|\.)oic\.prod-(aks|arc)\.azure\.(com|us|cn)$/;

/** True for the issuers of AKS and Arc clusters, templates inside the URL or not. */
export function isClusterIssuer(issuer: string): boolean {
  const host = hostOf(maskTemplates(issuer));
  return AKS_OR_ARC.test(host) || host === 'oidc.prod-aks.azure.com';
}

/** Where to point for something missing: the name, or the kind where there is none. */
export const nameOf = (object: KubernetesObject): Node =>
  get(object.root, 'metadata', 'name') ?? get(object.root, 'kind') ?? object.root;
