import { isBefore, type Version } from '../../model/context.ts';
import type { AzureLogin, Variable } from './_cluster-config.ts';
import { OLD_NAMES } from './_kubelogin-flags.ts';

/** The names of a service principal's variables from Argo CD 2.14 on, each with its older twin. */
export const TWINS: readonly (readonly [name: string, old: string])[] = Object.entries(OLD_NAMES);

/** True where the kubelogin of Argo CD 2.8 to 2.13 is at work, which reads the old names alone. */
export const readsOldNames = (argocd: Version): boolean => isBefore(argocd, '2.14') && !isBefore(argocd, '2.8');

/** A variable that is set to something, or to what is not known. */
export function setVariable({ variables }: AzureLogin, ...names: readonly string[]): Variable | undefined {
  return names.map((name) => variables.get(name)).find((variable) => variable && variable.text !== '');
}
