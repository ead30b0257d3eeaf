/** What Azure needs so that ServiceAccounts can use an identity: one plan, written by four technologies. */
import { resourceId } from '../../../azure/resource-ids.ts';
import type { BuiltInRole } from '../../../azure/roles.ts';

export interface IdentityPlan {
  readonly identity: string;
  readonly resourceGroup: string;
  readonly location: string;
  /** Given for Azure Service Operator only; the others look it up. */
  readonly subscription: string | undefined;
  readonly namespace: string;
  readonly serviceAccounts: readonly string[];
  readonly issuer: Issuer;
  readonly scope: Scope | undefined;
  readonly roles: readonly BuiltInRole[];
  /** The project to be read, when the integration is Azure DevOps. */
  readonly devopsProject: string | undefined;
}

export type Issuer =
  | { readonly from: 'url'; readonly url: string }
  | { readonly from: 'cluster'; readonly name: string; readonly resourceGroup: string }
  | { readonly from: 'configMap'; readonly name: string; readonly key: string };

/** The resource that roles are assigned on, from the outermost to the innermost. */
export interface Scope {
  readonly resourceGroup: string;
  readonly parts: readonly ScopePart[];
}

export interface ScopePart {
  /** `Microsoft.Storage/storageAccounts/blobServices`. */
  readonly type: string;
  readonly name: string;
  /** A stable API version of the type, for Bicep. */
  readonly apiVersion: string;
}

/** The ARM id of a scope in a subscription. */
export const scopeId = (scope: Scope, subscription: string): string =>
  resourceId(subscription, scope.resourceGroup, scope.parts.at(-1)!.type, ...scope.parts.map((part) => part.name));

export const subjectOf = (plan: IdentityPlan, serviceAccount: string): string =>
  `system:serviceaccount:${plan.namespace}:${serviceAccount}`;

/** A name for the federated credential of a ServiceAccount, within Azure's 3 to 120 characters. */
export const credentialNameOf = (plan: IdentityPlan, serviceAccount: string): string =>
  `${plan.namespace}-${serviceAccount}`.replaceAll('.', '-').slice(0, 120);

/** The beginning of the names of variables that hold the ids of an identity: `APP_REGISTRY`. */
export const variablePrefix = (identity: string): string => {
  const name = identity.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  return /^\d/.test(name) ? `ID_${name}` : name;
};
