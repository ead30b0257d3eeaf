import { dirname } from '../../text/uri.ts';
import { addressOf, type FileLinks, foldersUp } from './file-links.ts';
import type { Coverage } from './flux-coverage.ts';
import type { FluxKustomization } from './flux-kustomization.ts';
import type { KustomizationFile } from './read.ts';

/** What the transformers of one kustomization do to what has been gathered so far. */
export interface Step {
  /** `undefined` where Flux makes one up for a folder that has none. */
  readonly kustomization: KustomizationFile | undefined;
  /** The Flux Kustomization whose settings are written over those of the kustomization.yaml. */
  readonly flux: FluxKustomization | undefined;
}

/** The steps from a file to a build, innermost first. Builds share their outer steps. */
export interface Chain {
  readonly step: Step;
  readonly next: Chain | undefined;
  /** False where some step cannot be known: a cycle, a path with a variable, too many ways to count. */
  readonly certain: boolean;
}

/** The ways of a file into builds. An empty chain is a file that nothing includes. */
export type Chains = readonly (Chain | undefined)[];

/** More ways than these out of one kustomization are not told apart. */
const MAX_CHAINS = 64;
/** Deeper nesting than this is taken for a cycle. */
const MAX_LEVEL = 150;
const MAX_COMPONENT_STEPS = 200;

export interface ChainFinder {
  /** The ways of what stands in a file. */
  ofFile(uri: string): Chains;
  /** The ways of what a kustomization itself makes: its generators. */
  ofKustomization(file: KustomizationFile): Chains;
  /** The Flux Kustomizations that build a folder without a kustomization file of its own. */
  generatedCoverage(folder: string): readonly Coverage[];
}

/**
 * Finds how files get into builds. `coverage` says which Flux Kustomizations build which folders; without it one sees the
 * kustomization files alone.
 */
export function findChains(links: FileLinks, coverage: ReadonlyMap<string, readonly Coverage[]>): ChainFinder {
  const levels = levelsOf(links);
  const throughs = new Map<string, Chains>();
  const componentSteps = new Map<KustomizationFile, readonly Step[] | undefined>();
  const isOrdered = (file: KustomizationFile): boolean => (levels.get(file) ?? MAX_LEVEL) < MAX_LEVEL;

  /** The steps of a component and of those it includes, in their order; `undefined` where they cannot be known. */
  function stepsOfComponent(file: KustomizationFile): readonly Step[] | undefined {
    if (componentSteps.has(file)) return componentSteps.get(file);
    const steps: Step[] | undefined = isOrdered(file) ? componentsAfter(file, -1) : undefined;
    steps?.push({ kustomization: file, flux: undefined });
    const result = steps && steps.length <= MAX_COMPONENT_STEPS ? steps : undefined;
    componentSteps.set(file, result);
    return result;
  }

  function componentsAfter(file: KustomizationFile, index: number): Step[] | undefined {
    return stepsOfPaths(file.folder, file.components.slice(index + 1));
  }

  function stepsOfPaths(folder: string, paths: readonly { readonly text: string }[]): Step[] | undefined {
    const steps: Step[] = [];
    for (const { text } of paths) {
      const component = kustomizationAt(folder, text);
      const more = component ? stepsOfComponent(component) : [];
      if (!more || steps.length + more.length > MAX_COMPONENT_STEPS) return undefined;
      steps.push(...more);
    }
    return steps;
  }

  function kustomizationAt(folder: string, path: string): KustomizationFile | undefined {
    const address = addressOf(folder, path, links.byFolder);
    const file = links.byFolder.get(dirname(address));
    return file?.uri === address ? file : undefined;
  }

  const lost = (file: KustomizationFile): Chain => ({
    step: { kustomization: file, flux: undefined },
    next: undefined,
    certain: false,
  });

  /** The ways through a kustomization for what it has gathered, before the components behind `index` of its list. */
  function through(file: KustomizationFile, index: number): Chains {
    const key = `${index} ${file.uri}`;
    const known = throughs.get(key);
    if (known) return known;
    const result = isOrdered(file) ? leave(file, index) : [lost(file)];
    throughs.set(key, result);
    return result;
  }

  function leave(file: KustomizationFile, index: number): Chains {
    const before = componentsAfter(file, index);
    if (!before) return [lost(file)];
    const own: Step = { kustomization: file, flux: undefined };
    const ways: (Chain | undefined)[] = [];
    let standsAlone = true;
    for (const { flux, certain } of file.named ? (coverage.get(file.folder) ?? []) : []) {
      const added = stepsOfPaths(file.folder, flux.components);
      const steps: Step[] = [...before, ...(added ?? []), { kustomization: file, flux }];
      ways.push(chain(steps, undefined, certain && added !== undefined));
      if (certain) standsAlone = false;
    }
    // A file that is listed twice is included once.
    const inclusions = new Map<string, () => Chains>();
    for (const { by, via, index: place } of links.includedBy.get(file.uri) ?? [])
      inclusions.set(`${via} ${by.uri}`, () => through(by, via === 'components' ? place : -1));
    for (const above of inclusions.values()) {
      for (const way of above()) ways.push(chain([...before, own], way, way?.certain ?? true));
      standsAlone = false;
    }
    for (const { flux, certain, folder } of file.named ? generatedAbove(dirname(file.folder), file.folder) : []) {
      const added = stepsOfPaths(folder, flux.components);
      const steps: Step[] = [...before, own, ...(added ?? []), { kustomization: undefined, flux }];
      ways.push(chain(steps, undefined, certain && added !== undefined));
      if (certain) standsAlone = false;
    }
    if (standsAlone) ways.push(chain([...before, own], undefined, true));
    return ways.length > MAX_CHAINS ? [...ways.slice(0, MAX_CHAINS), lost(file)] : ways;
  }

  /** The Flux Kustomizations of folders from `folder` upwards, up to the first that has a kustomization file. */
  function generatedAbove(folder: string, below?: string): readonly Coverage[] {
    if (coverage.size === 0 || folder === below) return [];
    const found: Coverage[] = [];
    for (const current of foldersUp(folder)) {
      if (links.ownFolders.has(current)) break;
      found.push(...(coverage.get(current) ?? []));
    }
    return found;
  }

  function ofFile(uri: string): Chains {
    const ways: (Chain | undefined)[] = [];
    const including = new Set((links.includedBy.get(uri) ?? []).map((inclusion) => inclusion.by));
    for (const file of including) ways.push(...through(file, -1));
    let covered = including.size > 0;
    if (/\.ya?ml$/.test(uri))
      for (const { flux, certain, folder } of generatedAbove(dirname(uri))) {
        const added = stepsOfPaths(folder, flux.components);
        ways.push(
          chain([...(added ?? []), { kustomization: undefined, flux }], undefined, certain && added !== undefined),
        );
        if (certain) covered = true;
      }
    if (!covered) ways.push(undefined);
    return ways.length > MAX_CHAINS ? ways.slice(0, MAX_CHAINS).map((way) => way && { ...way, certain: false }) : ways;
  }

  return {
    ofFile,
    ofKustomization: (file) => through(file, -1),
    generatedCoverage: (folder) => generatedAbove(folder),
  };
}

function chain(steps: readonly Step[], end: Chain | undefined, certain: boolean): Chain | undefined {
  let next = end;
  for (let i = steps.length - 1; i >= 0; i--) next = { step: steps[i] as Step, next, certain };
  return next;
}

/**
 * How deep below an outermost kustomization each one is, the longest way counted. Those on a cycle, and below one, have
 * no level: no build of them ends.
 */
function levelsOf(links: FileLinks): ReadonlyMap<KustomizationFile, number> {
  const children = new Map<KustomizationFile, KustomizationFile[]>();
  const waiting = new Map<KustomizationFile, number>();
  for (const [uri, inclusions] of links.includedBy) {
    const child = links.byUri.get(uri);
    if (!child) continue;
    for (const { by } of inclusions) {
      const list = children.get(by);
      if (list) list.push(child);
      else children.set(by, [child]);
      waiting.set(child, (waiting.get(child) ?? 0) + 1);
    }
  }
  const levels = new Map<KustomizationFile, number>();
  const depths = new Map<KustomizationFile, number>();
  const ready = links.kustomizations.filter((file) => !waiting.has(file));
  for (let file = ready.pop(); file; file = ready.pop()) {
    const level = depths.get(file) ?? 0;
    levels.set(file, level);
    for (const child of children.get(file) ?? []) {
      depths.set(child, Math.max(depths.get(child) ?? 0, level + 1));
      const left = (waiting.get(child) ?? 1) - 1;
      waiting.set(child, left);
      if (left === 0) ready.push(child);
    }
  }
  return levels;
}
