import {
  type AddedMetadata,
  type GeneratedObject,
  type Lookup,
  mayMeet,
  type Possible,
  type Settings,
  type Workspace,
} from '../model/context.ts';
import type { KustomizeGraph } from '../model/kustomize/graph.ts';
import type { KubernetesObject } from '../model/object.ts';
import type { ObjectIndex } from '../model/object-index.ts';
import type { SourceDocument, SourceFile } from '../model/source-file.ts';
import type { Unit } from '../model/unit.ts';
import { text } from '../yaml/navigate.ts';
import type { MapNode } from '../yaml/tree.ts';
import { objectsIn, type Stamp, type WorkspaceIndex } from './index.ts';

/** An answer that something was made from, as it was then. */
export interface Dependency {
  readonly answer: Answer<unknown>;
  readonly fingerprint: string;
}

/** A question with its answer now, shared by all who ask it. */
export class Answer<T> {
  #value!: T;
  #fingerprint = '';
  /** The classes with their stamps when the answer was made. */
  #stamps: readonly Readonly<Stamp>[] = [];
  #seen: readonly number[] = [];
  #revision = -1;

  constructor(
    readonly index: WorkspaceIndex,
    /** The classes of things an answer is made from. While none of them changes, neither does the answer. */
    readonly classes: (value: T) => readonly string[],
    readonly compute: () => T,
    readonly print: (value: T) => string,
  ) {}

  get value(): T {
    this.#update();
    return this.#value;
  }

  /** Another text whenever the answer is another one. */
  get fingerprint(): string {
    this.#update();
    return this.#fingerprint;
  }

  #update(): void {
    const { index } = this;
    // Documents that came since the last look count from now on; computing an answer brings no more.
    index.refresh();
    if (this.#revision === index.revision) return;
    if (this.#revision < 0 || !this.#isCurrent()) {
      this.#value = this.compute();
      const fingerprint = this.print(this.#value);
      // The same text is kept as the same string: comparing it costs nothing.
      if (fingerprint !== this.#fingerprint) this.#fingerprint = fingerprint;
      this.#stamps = this.classes(this.#value).map((name) => index.liveStamp(name));
      this.#seen = this.#stamps.map((stamp) => stamp.value);
    }
    this.#revision = index.revision;
  }

  #isCurrent(): boolean {
    for (let i = 0; i < this.#stamps.length; i++) if (this.#stamps[i]?.value !== this.#seen[i]) return false;
    return true;
  }

  /** The stamps of all that the answer was made from. */
  get stamps(): readonly Readonly<Stamp>[] {
    return this.#stamps;
  }
}

/** Answers that were asked for lately, by question. Those that findings depend on live on with the findings. */
const MAX_ANSWERS = 200_000;

/** The parts a workspace is made of, as the session has them now. */
export interface WorkspaceParts {
  readonly index: WorkspaceIndex;
  readonly graph: () => KustomizeGraph;
  readonly settings: () => Settings;
  readonly answers: Map<string, Answer<unknown>>;
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

  #track<T>(
    key: string,
    classes: readonly string[] | ((value: T) => readonly string[]),
    compute: () => T,
    print: (value: T) => string,
  ): T {
    const { answers, index } = this.parts;
    const known = this.#dependencies.get(key) as { answer: Answer<T> } | undefined;
    if (known) return known.answer.value;
    let answer = answers.get(key) as Answer<T> | undefined;
    if (!answer) {
      if (answers.size > MAX_ANSWERS) answers.clear();
      answer = new Answer(index, typeof classes === 'function' ? classes : () => classes, compute, print);
      answers.set(key, answer as Answer<unknown>);
    }
    const { value } = answer;
    this.#dependencies.set(key, { answer: answer as Answer<unknown>, fingerprint: answer.fingerprint });
    return value;
  }

  #printObjects = (objects: readonly KubernetesObject[]): string => objects.map((o) => this.#printObject(o)).join(' ');

  #printObject = (object: KubernetesObject): string =>
    `${this.parts.index.idOf(object.document)}@${object.root.span.start}`;

  /** Names an object in a question. Objects inside strings may start at the same offset, so that its place is no name. */
  #name = ({ root, partial }: KubernetesObject): string => {
    let id = ids.get(root);
    if (id === undefined) {
      id = nextId++;
      ids.set(root, id);
    }
    return partial ? `${id}p` : String(id);
  };

  #all(group: string, kind: string): readonly KubernetesObject[] {
    const units = this.parts.index.unitsOfClass(`${group}/${kind}`);
    let objects = objectsOf.get(units);
    if (!objects) {
      objects = objectsIn(units);
      objectsOf.set(units, objects);
    }
    return objects;
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

  having(group: string, kind: string, by: ObjectIndex, key: string): readonly KubernetesObject[] {
    const type = `${group}/${kind}`;
    return this.#track(
      `having ${type} ${by.name} ${key}`,
      [type, 'graph'],
      () => this.#grouped(group, kind, by).get(key) ?? NO_OBJECTS,
      this.#printObjects,
    );
  }

  within(group: string, kind: string, namespaces: Possible): readonly KubernetesObject[] {
    if (!namespaces.known) return this.objects(group, kind);
    const type = `${group}/${kind}`;
    return this.#track(
      `within ${type} ${printPossible(namespaces)}`,
      [type, 'graph'],
      () => {
        const groups = this.#grouped(group, kind, this.#byNamespace);
        const lists = [...namespaces.names, ANY_NAME].map((name) => groups.get(name) ?? NO_OBJECTS);
        // In the order of the files, and each once: an object may have several namespaces.
        const found = new Set(lists.flat());
        return lists.filter((list) => list.length > 0).length < 2
          ? [...found]
          : this.#all(group, kind).filter((object) => found.has(object));
      },
      this.#printObjects,
    );
  }

  readonly #byNamespace: ObjectIndex = {
    name: 'namespaces',
    keysOf: (object) => {
      const namespaces = this.parts.graph().namespacesOf(object);
      return namespaces.known ? namespaces.names : [ANY_NAME];
    },
  };

  /** By every name an object may have, the one that is written among them. */
  readonly #byName: ObjectIndex = {
    name: 'names',
    keysOf: (object) => {
      const names = this.parts.graph().namesOf(object);
      const own = object.name === undefined ? [] : [object.name];
      return names.known ? new Set([...own, ...names.names]) : [...own, ANY_NAME];
    },
  };

  /** All objects of a kind by the keys of an index. Nobody depends on it as a whole. */
  #grouped(group: string, kind: string, by: ObjectIndex): ReadonlyMap<string, readonly KubernetesObject[]> {
    const { answers, index, graph } = this.parts;
    const type = `${group}/${kind}`;
    const key = `grouped ${type} ${by.name}`;
    let answer = answers.get(key) as Answer<ReadonlyMap<string, readonly KubernetesObject[]>> | undefined;
    if (!answer) {
      const compute = (): ReadonlyMap<string, readonly KubernetesObject[]> => {
        const groups = new Map<string, KubernetesObject[]>();
        for (const object of this.#all(group, kind))
          if (!object.partial)
            for (const own of by.keysOf(object, () => graph().patched(object))) {
              const list = groups.get(own);
              if (list) list.push(object);
              else groups.set(own, [object]);
            }
        return groups;
      };
      answer = new Answer(
        index,
        () => [type, 'graph'],
        compute,
        () => '',
      );
      answers.set(key, answer as Answer<unknown>);
    }
    return answer.value;
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
    const where = isObject ? this.#name(near) : `in ${near.namespace}`;
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
        // A name is found as written too: kustomize rewrites the references it knows together with the name.
        const byName = this.#grouped(group, kind, this.#byName);
        const uncertain = byName.has(ANY_NAME);
        for (const object of byName.get(name) ?? NO_OBJECTS) {
          const namespaces = graph.namespacesOf(object);
          if (mayMeet(wanted, namespaces)) values.push(object);
        }
        if (values.length > 0) return { state: 'found', values };
        return uncertain ? { state: 'unknown' } : { state: 'absent' };
      },
      (lookup) => (lookup.state === 'found' ? this.#printObjects(lookup.values) : lookup.state),
    );
  }

  /**
   * Asks the graph about an object. Most objects are built by nothing but themselves: that is all there is to remember of
   * them, once for a file.
   */
  #ofGraph<T>(
    object: KubernetesObject,
    question: string,
    classes: readonly string[],
    compute: () => T,
    print: (value: T) => string,
  ): T {
    const { uri } = object.document;
    const isAlone =
      !object.partial && this.value(`alone ${uri}`, GRAPH_OF_FILES, () => this.parts.graph().isAlone(uri));
    return isAlone ? compute() : this.#track(`${question} ${this.#name(object)}`, classes, compute, print);
  }

  namespacesOf(object: KubernetesObject): Possible {
    return this.#ofGraph(object, 'namespaces', ['graph'], () => this.parts.graph().namespacesOf(object), printPossible);
  }

  namesOf(object: KubernetesObject): Possible {
    return this.#ofGraph(object, 'names', ['graph'], () => this.parts.graph().namesOf(object), printPossible);
  }

  addedTo(object: KubernetesObject): readonly AddedMetadata[] {
    return this.#ofGraph(
      object,
      'added',
      ['graph'],
      () => (object.partial ? [] : this.parts.graph().labelsAddedTo(object)),
      (added) => added.map((a) => `${a.kind} ${a.entry.key.text}=${text(a.entry.value)} ${a.inTemplate}`).join('\n'),
    );
  }

  patchesFor(object: KubernetesObject): readonly KubernetesObject[] {
    return this.#ofGraph(
      object,
      'patches-for',
      ['graph', `${object.group}/${object.kind}`],
      () => this.parts.graph().patchesFor(object),
      this.#printObjects,
    );
  }

  patched(object: KubernetesObject): KubernetesObject {
    return this.#ofGraph(
      object,
      'patched',
      ['graph', `${object.group}/${object.kind}`],
      () => this.parts.graph().patched(object),
      () => this.#printObjects(this.parts.graph().patchesFor(object)),
    );
  }

  variants(object: KubernetesObject): readonly KubernetesObject[] {
    return this.#ofGraph(
      object,
      'variants',
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
    return this.#ofGraph(
      object,
      'complete',
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
        objects
          .map((o) =>
            [this.parts.index.idOf(o.document), o.name, printPossible(o.names), printPossible(o.namespaces)].join(':'),
          )
          .join(' '),
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
      `selected ${this.#name(patch)}`,
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
    return this.#track(
      `files ${key}`,
      (files) => ['files', ...files.map((f) => `file:${f.uri}`)],
      (): SourceFile[] => [...index.uris()].filter(matches).flatMap((u) => index.file(u) ?? []),
      (files) => files.map((f) => `${f.uri}#${index.stamp(`file:${f.uri}`)}`).join(' '),
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

/** Stands for the unknown name of an object; no name has such a character. */
const ANY_NAME = '\u0000';
const NO_OBJECTS: readonly KubernetesObject[] = [];
const objectsOf = new WeakMap<readonly Unit[], readonly KubernetesObject[]>();
const GRAPH_OF_FILES = ['graph', 'files'];
const ids = new WeakMap<MapNode, number>();
let nextId = 1;

const printPossible = (possible: Possible): string => (possible.known ? [...possible.names].sort().join(',') : '?');

/** Text that is filled in later: by Flux's substitution, Helm, kustomize vars, Terraform, Harness. */
const isTemplate = (text: string): boolean => /\$\{|\$\(|\{\{|<<|%\{|<\+/.test(text);
