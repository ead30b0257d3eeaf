import { canonicalUri, dirname } from '../../text/uri.ts';
import type { AddedMetadata, Possible } from '../context.ts';
import type { KubernetesObject } from '../object.ts';
import type { SourceDocument } from '../source-file.ts';
import { type AppliedPatch, type Build, buildsOf } from './builds.ts';
import { type Chain, type ChainFinder, type Chains, findChains } from './chains.ts';
import { type FileLinks, type GraphSource, linkFiles } from './file-links.ts';
import { type FileRole, roleOfFile } from './file-role.ts';
import { type Coverage, coverFolders } from './flux-coverage.ts';
import { type FluxKustomization, fluxKustomizationsIn, readFluxKustomization } from './flux-kustomization.ts';
import { type GeneratedByKustomize, generatedObjects, possible } from './generated.ts';
import { applyPatches } from './merge.ts';
import { type KustomizationFile, readKustomization } from './read.ts';

export type { GraphSource } from './file-links.ts';

/** A label or annotation that overlays or Flux put on an object. */
export interface AddedToObject extends AddedMetadata {
  /** True where every build of the object adds it. */
  readonly everywhere: boolean;
}

const NO_DOCUMENTS: readonly SourceDocument[] = [];
/** A Flux Kustomization that is built in more ways than these is looked at as it is written. */
const MAX_VARIANTS = 16;

/**
 * How files become objects: which kustomizations include a file, which Flux Kustomizations build it, what patches it, and
 * where its objects end up under which names. An answer that nobody can know from the files is unknown, and says so.
 *
 * A graph is for one set of files and one state of the kustomization files and Flux Kustomizations among them: make
 * another one after any of these changes. Other files, patches among them, may change under it. Making one reads only
 * what has changed since the last one.
 */
export class KustomizeGraph {
  readonly #source: GraphSource;
  readonly #links: FileLinks;
  #chains: ChainFinder | undefined;
  #coverage: ReadonlyMap<string, readonly Coverage[]> | undefined;
  /** The coverage by the document of the Flux Kustomization. */
  #covered: Map<SourceDocument, Coverage[]> | undefined;
  #revision: number | undefined;
  #builds = new WeakMap<KubernetesObject, readonly Build[]>();
  readonly #roles = new Map<string, FileRole>();
  /** The patch files as they were when the answers in #builds were found. */
  readonly #patchFiles: { readonly uri: string; documents: readonly SourceDocument[] }[];

  constructor(source: GraphSource) {
    this.#source = source;
    this.#revision = source.revision;
    this.#links = linkFiles(source);
    this.#patchFiles = [...this.#links.patchUses.keys()].map((uri) => ({ uri, documents: this.#documents(uri) }));
  }

  /** All kustomization files and components, in the order of the files. */
  get kustomizations(): readonly KustomizationFile[] {
    return this.#links.kustomizations;
  }

  /** What other files make of this one. Plain data. */
  roleOf(uri: string): FileRole {
    let role = this.#roles.get(uri);
    if (!role) {
      role = roleOfFile(
        canonicalUri(uri),
        this.#links,
        (file) => this.#finder().generatedCoverage(dirname(file)).length > 0,
      );
      this.#roles.set(uri, role);
    }
    return role;
  }

  /** True where nothing includes or patches a file: its objects are built as they are written. */
  isAlone(uri: string): boolean {
    const canonical = canonicalUri(uri);
    return (
      !this.#links.patchUses.has(canonical) &&
      this.#finder()
        .ofFile(canonical)
        .every((chain) => chain === undefined)
    );
  }

  /** The files that some kustomization applies as a patch. */
  patchFiles(): string[] {
    return this.#patchFiles.map(({ uri }) => this.#links.uris.get(uri) ?? uri);
  }

  /** The kustomizations that include a file, as a resource, a patch or an input, directly and through others. */
  parentsOf(uri: string): readonly KustomizationFile[] {
    const found = new Set(this.#users(canonicalUri(uri)));
    for (const file of found) for (const { by } of this.#links.includedBy.get(file.uri) ?? []) found.add(by);
    return [...found];
  }

  /** The documents of parentsOf. */
  overlaysOf(uri: string): readonly SourceDocument[] {
    return this.parentsOf(uri).map((file) => file.document);
  }

  /**
   * The Flux Kustomizations that build a file, each with its visible patches applied; not those whose path is a template.
   * A patch or a generator's input is built by what builds the kustomization that names it.
   */
  fluxKustomizationsOf(uri: string): readonly KubernetesObject[] {
    const canonical = canonicalUri(uri);
    const own = this.#links.byUri.get(canonical);
    const chains = [
      ...this.#finder().ofFile(canonical),
      ...[...this.#users(canonical), ...(own ? [own] : [])].flatMap((file) => this.#finder().ofKustomization(file)),
    ];
    const found = new Set<KubernetesObject>();
    for (const chain of chains)
      for (let current = chain?.certain ? chain : undefined; current; current = current.next)
        if (current.step.flux) found.add(current.step.flux.object);
    return [...found];
  }

  /**
   * The ways an object gets into clusters. One way that adds nothing for an object that nothing includes. The object must
   * be a whole one, of a file of this source.
   */
  builds(object: KubernetesObject): readonly Build[] {
    this.#refresh();
    let builds = this.#builds.get(object);
    if (!builds) {
      builds = buildsOf(object, this.#chainsOf(object), this.#documents);
      this.#builds.set(object, builds);
    }
    return builds;
  }

  /** The namespaces an object ends up in; `''` for one that has none by its kind. */
  namespacesOf(object: KubernetesObject): Possible {
    return possible(this.builds(object).map((build) => build.namespace));
  }

  /** What an object is called once built. A generator's hash is not part of it. */
  namesOf(object: KubernetesObject): Possible {
    return possible(this.builds(object).map((build) => build.name));
  }

  /** The patches of all builds of an object, those that may not select it among them; none for a patch. See builds. */
  patchesFor(object: KubernetesObject): readonly KubernetesObject[] {
    if (object.partial) return [];
    const patches = new Map(
      this.builds(object).flatMap((build) => build.patches.map((p) => [p.object.root, p.object] as const)),
    );
    return [...patches.values()];
  }

  /**
   * An object with its patches: as it is built where there is one way to build it, and with all that any build adds but
   * nothing of what one removes where there are several.
   */
  patched(object: KubernetesObject): KubernetesObject {
    const patches = this.patchesFor(object);
    if (patches.length === 0) return object;
    const builds = this.builds(object);
    const isOne = builds.length === 1 && builds.every((build) => build.patches.every((patch) => patch.certain));
    return applyPatches(object, patches, { additive: !isOne });
  }

  /**
   * An object as each of its builds makes it, without repetitions; where a patch may select it and may not, with that
   * patch and without. The object itself where nothing patches it.
   */
  variants(object: KubernetesObject): readonly KubernetesObject[] {
    if (this.patchesFor(object).length === 0) return [object];
    const sets = new Map<string, readonly AppliedPatch[]>();
    const roots = this.patchesFor(object).map((patch) => patch.root);
    for (const { patches } of this.builds(object).slice(0, MAX_VARIANTS))
      for (const set of [patches, patches.filter((patch) => patch.certain)])
        sets.set(set.map((patch) => roots.indexOf(patch.object.root)).join(' '), set);
    return [...sets.values()].map((set) =>
      applyPatches(
        object,
        set.map((patch) => patch.object),
      ),
    );
  }

  /** False where patches, labels or annotations may come from what cannot be read: a missing file, a transformer. */
  isComplete(object: KubernetesObject): boolean {
    return this.builds(object).every((build) => build.complete);
  }

  /** The labels and annotations that overlays and Flux put on an object. */
  labelsAddedTo(object: KubernetesObject): readonly AddedToObject[] {
    const builds = this.builds(object);
    const has = (build: Build, { kind, entry, inTemplate }: AddedMetadata): boolean =>
      build.added.some((a) => a.kind === kind && a.entry.key.text === entry.key.text && (a.inTemplate || !inTemplate));
    const added = new Map(builds.flatMap((build) => build.added.map((a) => [a.entry, a] as const)));
    return [...added.values()].map((a) => ({ ...a, everywhere: builds.every((build) => has(build, a)) }));
  }

  /** The Secrets or ConfigMaps that generators make. */
  generated(kind: 'Secret' | 'ConfigMap'): readonly GeneratedByKustomize[] {
    return generatedObjects(kind, this.#links, this.#finder(), this.#documents);
  }

  readonly #documents = (canonical: string): readonly SourceDocument[] => {
    const uri = this.#links.uris.get(canonical);
    return uri === undefined ? NO_DOCUMENTS : this.#source.documents(uri);
  };

  /** The kustomizations that name a file. */
  #users(canonical: string): readonly KustomizationFile[] {
    const { includedBy, patchUses, inputUses } = this.#links;
    const uses = [includedBy, patchUses, inputUses].flatMap((map) => (map.get(canonical) ?? []).map((use) => use.by));
    return [...new Set(uses)];
  }

  /** Forgets what was found with patch files that have changed since. */
  #refresh(): void {
    const { revision } = this.#source;
    if (revision !== undefined && revision === this.#revision) return;
    this.#revision = revision;
    let changed = false;
    for (const file of this.#patchFiles) {
      const documents = this.#documents(file.uri);
      if (documents === file.documents) continue;
      file.documents = documents;
      changed = true;
    }
    if (!changed) return;
    this.#builds = new WeakMap();
    this.#chains = undefined;
    this.#coverage = undefined;
    this.#covered = undefined;
  }

  #finder(): ChainFinder {
    this.#refresh();
    if (!this.#chains || !this.#coverage) {
      this.#coverage = coverFolders(this.#variants(), this.#links, this.#source.roots?.());
      this.#chains = findChains(this.#links, this.#coverage);
    }
    return this.#chains;
  }

  /** The Flux Kustomizations as the kustomizations that include them patch them: an overlay may set their path. */
  #variants(): FluxKustomization[] {
    const plain = findChains(this.#links, new Map());
    return this.#links.fluxKustomizations.flatMap((flux) => {
      const uri = canonicalUri(flux.object.document.uri);
      if (this.#links.patchUses.has(uri)) return [];
      const chains = plain.ofFile(uri);
      if (chains.every((chain) => chain === undefined)) return [flux];
      const builds = buildsOf(flux.object, chains, this.#documents);
      const patched = builds.filter((build) => build.patches.length > 0).slice(0, MAX_VARIANTS);
      const variants = patched.flatMap(
        (build) =>
          readFluxKustomization(
            applyPatches(
              flux.object,
              build.patches.map((p) => p.object),
            ),
          ) ?? [],
      );
      return patched.length < builds.length ? [flux, ...variants] : variants;
    });
  }

  #chainsOf(object: KubernetesObject): Chains {
    const uri = canonicalUri(object.document.uri);
    const finder = this.#finder();
    if (!object.partial) return finder.ofFile(uri);
    // A patch goes where what holds it goes: the kustomizations that name its file, or the document it is written in.
    const uses = this.#links.patchUses.get(uri);
    const own = readKustomization(object.document);
    const holders = uses ? new Set(uses.map((use) => use.by)) : own ? [own] : [];
    const chains: Chain[] = [...holders]
      .flatMap((file) => finder.ofKustomization(file))
      .filter((chain) => chain !== undefined);
    if (uses || own) return chains;
    for (const flux of fluxKustomizationsIn(object.document)) chains.push(...this.#chainsOfFlux(flux));
    return chains.length > 0 ? chains : [undefined];
  }

  /** The last steps of what a Flux Kustomization builds. */
  #chainsOfFlux(flux: FluxKustomization): Chain[] {
    const covered = this.#coverageOf(flux.object.document).filter((c) => c.flux.object.name === flux.object.name);
    if (covered.length === 0) {
      // What its path holds is not here: nothing is known but what Flux writes over it.
      const step = { kustomization: undefined, flux: flux.targetNamespace ? flux : undefined };
      return [{ step, next: undefined, certain: false }];
    }
    return covered.map(({ flux: variant, folder, certain }) => {
      const step = { kustomization: this.#links.byFolder.get(folder), flux: variant };
      return { step, next: undefined, certain };
    });
  }

  #coverageOf(document: SourceDocument): readonly Coverage[] {
    if (!this.#covered) {
      this.#covered = new Map();
      for (const coverage of [...(this.#coverage?.values() ?? [])].flat()) {
        const list = this.#covered.get(coverage.flux.object.document);
        if (list) list.push(coverage);
        else this.#covered.set(coverage.flux.object.document, [coverage]);
      }
    }
    return this.#covered.get(document) ?? [];
  }
}
