import type { GeneratedObject, Lookup, Possible, Settings, Workspace } from '../model/context.ts';
import type { KustomizeGraph } from '../model/kustomize/graph.ts';
import type { KubernetesObject } from '../model/object.ts';
import type { SourceDocument, SourceFile } from '../model/source-file.ts';
import type { Unit } from '../model/unit.ts';
import { objectsIn, type WorkspaceIndex } from './index.ts';

/** Something that was asked, and how to tell whether the answer is still the same. */
export interface Dependency {
  readonly key: string;
  /** The classes of things the answer was made from, with their stamps then. While none changed, neither has the answer. */
  readonly classes: readonly string[];
  readonly stamps: readonly number[];
  readonly fingerprint: string;
  recompute(): string;
}

/** The parts a workspace is made of, as the session has them now. */
export interface WorkspaceParts {
  readonly index: WorkspaceIndex;
  readonly graph: () => KustomizeGraph;
  readonly settings: () => Settings;
}

/**
 * Answers what rules ask about other files and remembers each question with a fingerprint of its answer. An answer that
 * holds documents is taken as changed when the text of one of them changes: findings may point into them.
 */
export class TrackedWorkspace implements Workspace {
  readonly #dependencies = new Map<string, Dependency>();

  constructor(readonly parts: WorkspaceParts) {}

  dependencies(): readonly Dependency[] {
    return [...this.#dependencies.values()];
  }

  #track<T>(key: string, classes: readonly string[], answer: () => T, print: (value: T) => string): T {
    const { index } = this.parts;
    index.refresh();
    const value = answer();
    if (!this.#dependencies.has(key))
      this.#dependencies.set(key, {
        key,
        classes,
        stamps: classes.map((c) => index.stamp(c)),
        fingerprint: print(value),
        recompute: () => print(answer()),
      });
    return value;
  }

  #printObjects = (objects: readonly KubernetesObject[]): string => objects.map((o) => this.#printObject(o)).join(' ');

  #printObject = (object: KubernetesObject): string =>
    `${this.parts.index.idOf(object.document)}@${object.root.span.start}`;

  #all(group: string, kind: string): KubernetesObject[] {
    return objectsIn(this.parts.index.unitsOfClass(`${group}/${kind}`));
  }

  objects(group: string, kind: string): readonly KubernetesObject[] {
    const name = `${group}/${kind}`;
    return this.#track(
      `objects ${name}`,
      [name, 'graph'],
      () => this.#all(group, kind).filter((o) => !o.partial),
      this.#printObjects,
    );
  }

  patches(group: string, kind: string): readonly KubernetesObject[] {
    const name = `${group}/${kind}`;
    return this.#track(
      `patches ${name}`,
      [name, 'graph'],
      () => this.#all(group, kind).filter((o) => o.partial),
      this.#printObjects,
    );
  }

  find(
    group: string,
    kind: string,
    name: string,
    near: KubernetesObject | { readonly namespace: string },
  ): Lookup<KubernetesObject> {
    const isObject = 'root' in near;
    const where = isObject ? this.#printObject(near) : near.namespace;
    const type = `${group}/${kind}`;
    return this.#track(
      `find ${type} ${name} ${where}`,
      [type, 'graph'],
      (): Lookup<KubernetesObject> => {
        if (isTemplate(name) || (!isObject && isTemplate(near.namespace))) return { state: 'unknown' };
        const graph = this.parts.graph();
        const wanted: Possible = isObject
          ? graph.namespacesOf(near)
          : { known: true, names: new Set([near.namespace]) };
        const values: KubernetesObject[] = [];
        let uncertain = false;
        for (const object of this.#all(group, kind)) {
          if (object.partial) continue;
          const names = graph.namesOf(object);
          if (!names.known) uncertain = true;
          // A name is found as written too: kustomize rewrites the references it knows together with the name.
          if (object.name !== name && !(names.known && names.names.has(name))) continue;
          const namespaces = graph.namespacesOf(object);
          if (!wanted.known || !namespaces.known || [...wanted.names].some((n) => namespaces.names.has(n)))
            values.push(object);
        }
        if (values.length > 0) return { state: 'found', values };
        return uncertain ? { state: 'unknown' } : { state: 'absent' };
      },
      (lookup) => (lookup.state === 'found' ? this.#printObjects(lookup.values) : lookup.state),
    );
  }

  namespacesOf(object: KubernetesObject): Possible {
    return this.#track(
      `namespaces ${this.#printObject(object)}`,
      ['graph'],
      () => this.parts.graph().namespacesOf(object),
      printPossible,
    );
  }

  namesOf(object: KubernetesObject): Possible {
    return this.#track(
      `names ${this.#printObject(object)}`,
      ['graph'],
      () => this.parts.graph().namesOf(object),
      printPossible,
    );
  }

  patchesFor(object: KubernetesObject): readonly KubernetesObject[] {
    return this.#track(
      `patches-for ${this.#printObject(object)}`,
      ['graph', `${object.group}/${object.kind}`],
      () => this.parts.graph().patchesFor(object),
      this.#printObjects,
    );
  }

  patched(object: KubernetesObject): KubernetesObject {
    return this.#track(
      `patched ${this.#printObject(object)}`,
      ['graph', `${object.group}/${object.kind}`],
      () => this.parts.graph().patched(object),
      () => this.#printObjects(this.parts.graph().patchesFor(object)),
    );
  }

  variants(object: KubernetesObject): readonly KubernetesObject[] {
    return this.#track(
      `variants ${this.#printObject(object)}`,
      ['graph', `${object.group}/${object.kind}`],
      () => this.parts.graph().variants(object),
      () =>
        this.parts
          .graph()
          .builds(object)
          .map(({ patches }) => patches.map((p) => `${this.#printObject(p.object)}${p.certain}`).join(' '))
          .join(' | '),
    );
  }

  isComplete(object: KubernetesObject): boolean {
    return this.#track(
      `complete ${this.#printObject(object)}`,
      ['graph', 'files'],
      () => !object.partial && this.parts.graph().isComplete(object),
      String,
    );
  }

  generated(kind: 'Secret' | 'ConfigMap'): readonly GeneratedObject[] {
    return this.#track(
      `generated ${kind}`,
      ['graph'],
      () => this.parts.graph().generated(kind),
      (objects) =>
        objects.map((o) => `${this.parts.index.idOf(o.document)}:${o.name}:${printPossible(o.namespaces)}`).join(' '),
    );
  }

  fluxKustomizationsOf(uri: string): readonly KubernetesObject[] {
    return this.#track(
      `flux-kustomizations ${uri}`,
      ['graph', 'files'],
      () => this.parts.graph().fluxKustomizationsOf(uri),
      this.#printObjects,
    );
  }

  overlaysOf(uri: string): readonly SourceDocument[] {
    return this.#track(
      `overlays ${uri}`,
      ['graph', 'files'],
      () => this.parts.graph().overlaysOf(uri),
      (documents) => documents.map((d) => this.parts.index.idOf(d)).join(' '),
    );
  }

  selectedBy(patch: KubernetesObject): Lookup<KubernetesObject> {
    const type = `${patch.group}/${patch.kind}`;
    return this.#track(
      `selected ${this.#printObject(patch)}`,
      [type, 'graph'],
      (): Lookup<KubernetesObject> => {
        const values = this.#all(patch.group, patch.kind).filter(
          (o) =>
            !o.partial &&
            this.parts
              .graph()
              .patchesFor(o)
              .some((p) => p.root === patch.root),
        );
        return values.length > 0 ? { state: 'found', values } : { state: 'unknown' };
      },
      (lookup) => (lookup.state === 'found' ? this.#printObjects(lookup.values) : lookup.state),
    );
  }

  units(language: Unit['language']): readonly Unit[] {
    const name = language === 'kustomization' ? 'kustomize.config.k8s.io/Kustomization' : `language:${language}`;
    return this.#track(
      `units ${language}`,
      [name, 'graph'],
      () => this.parts.index.unitsOfClass(name).filter((u) => u.language === language),
      (units) =>
        units.map((u) => `${this.parts.index.idOf(u.document)}@${u.owner?.object?.root.span.start ?? 0}`).join(' '),
    );
  }

  files(matches: (uri: string) => boolean, key: string): readonly SourceFile[] {
    const { index } = this.parts;
    const answer = (): SourceFile[] => [...index.uris()].filter(matches).flatMap((u) => index.file(u) ?? []);
    const classes = ['files', ...answer().map((f) => `file:${f.uri}`)];
    return this.#track(`files ${key}`, classes, answer, (files) =>
      files.map((f) => `${f.uri}#${index.stamp(`file:${f.uri}`)}`).join(' '),
    );
  }

  file(uri: string): SourceFile | undefined {
    const { index } = this.parts;
    return this.#track(
      `file ${uri}`,
      ['files', `file:${uri}`],
      () => index.file(uri),
      (file) => (file ? `${index.stamp(`file:${uri}`)}` : ''),
    );
  }

  /** Remembers that a value, the Flux version say, was made from these classes. */
  value<T>(key: string, classes: readonly string[], answer: () => T): T {
    return this.#track(`value ${key}`, classes, answer, (v) => JSON.stringify(v));
  }

  /** The complete objects of a kind without a dependency on them: for values that are tracked as a whole. */
  untracked = (group: string, kind: string): readonly KubernetesObject[] =>
    this.#all(group, kind).filter((o) => !o.partial);
}

const printPossible = (possible: Possible): string => (possible.known ? [...possible.names].sort().join(',') : '?');

/** Text that is filled in later: by Flux's substitution, Helm, kustomize vars, Terraform, Harness. */
const isTemplate = (text: string): boolean => /\$\{|\$\(|\{\{|<<|%\{|<\+/.test(text);
