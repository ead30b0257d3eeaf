import type { GeneratedObject, Possible } from '../context.ts';
import type { KubernetesObject } from '../object.ts';
import type { SourceDocument } from '../source-file.ts';
import { type FileRole, NO_ROLE } from '../unit.ts';
export class KustomizeGraph {
  constructor(_source: unknown) {}
  patchFiles(): string[] {
    return [];
  }
  roleOf(_uri: string): FileRole {
    return NO_ROLE;
  }
  namespacesOf(o: KubernetesObject): Possible {
    return o.namespace === undefined ? { known: false } : { known: true, names: new Set([o.namespace]) };
  }
  namesOf(o: KubernetesObject): Possible {
    return o.name === undefined ? { known: false } : { known: true, names: new Set([o.name]) };
  }
  patchesFor(_o: KubernetesObject): KubernetesObject[] {
    return [];
  }
  generated(_k: string): GeneratedObject[] {
    return [];
  }
  fluxKustomizationsOf(_u: string): KubernetesObject[] {
    return [];
  }
  overlaysOf(_u: string): SourceDocument[] {
    return [];
  }
}
