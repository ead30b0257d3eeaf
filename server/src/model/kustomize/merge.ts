import type { KubernetesObject } from '../object.ts';
export const applyPatches = (o: KubernetesObject, _p: readonly KubernetesObject[]): KubernetesObject => o;
