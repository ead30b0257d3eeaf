import type { RuleContext } from '../model/context.ts';
import type { Language, Unit } from '../model/unit.ts';
import type { Span } from '../text/span.ts';
import type { TreeEdit } from '../yaml/edits.ts';
import type { Entry, Node, Tree } from '../yaml/tree.ts';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** Finds in a unit the things a rule looks at: objects of a kind, pod templates, embedded documents. */
export interface View<T> {
  /** For the docs: what it selects, in words. */
  readonly name: string;
  select(unit: Unit, context: RuleContext): Iterable<T>;
  /**
   * Whether there can be anything of it in units of a language and, where they are objects, of a type (`group/Kind`). Asked
   * once for each such sort of units, so that most rules are never asked about most units. Without it: in all.
   */
  readonly only?: (language: Language, type: string | undefined) => boolean;
}

/** One kind of mistake. See docs/contributing.md for how to write one. */
export interface Rule<T = unknown> {
  /** `area/name`, as in settings and suppressions. */
  readonly id: string;
  readonly on: View<T>;
  /** `off`: runs only where the settings give it a severity. */
  readonly severity: Severity | 'off';
  /** What is wrong, in one line of Markdown. */
  readonly summary: string;
  /** Why it is wrong and what follows, in a few sentences of Markdown. */
  readonly why: string;
  /** Where upstream says so: repository@tag path, or a URL. */
  readonly references: readonly string[];
  /** The versions it holds for, where not for all. */
  readonly versions?: string;
  /**
   * True where the rule may speak of partial objects (patches). Rules about what is missing, and about fields together,
   * leave it out.
   */
  readonly partial?: boolean;
  /**
   * True for a rule that says of any value what rules of their own say of some, and better: it is silent where one of
   * them, of those that a schema would find too, speaks of the same place.
   */
  readonly general?: boolean;
  /** True where a JSON Schema of the kind would find the same: the YAML extension may report it too. */
  readonly schema?: boolean;
  check(subject: T, context: RuleContext): Iterable<Report | undefined>;
}

/** What a rule says. The engine gives it the rule's id and a severity, and finds its place in the file. */
export interface Report {
  readonly tree: Tree;
  readonly span: Span;
  /** What is wrong, with the value; what follows or what to do. Two sentences at most. Never a secret value. */
  readonly message: string;
  /** Only where it differs from the rule's own: see severityOverrides in the rule's docs. */
  readonly severity?: Severity | undefined;
  readonly fixes: readonly FixPlan[];
  readonly related: readonly RelatedPlace[];
  readonly tags: readonly ('unnecessary' | 'deprecated')[];
}

export interface FixPlan {
  /** Imperative: "Quote the value". */
  readonly title: string;
  /** True where the fix cannot change what works; such fixes run in "fix all". */
  readonly safe: boolean;
  readonly edits: readonly TreeEdit[];
  /** A new file, as a path relative to the folder of the file with the finding. */
  readonly create?: { readonly path: string; readonly content: string };
  /** A command for a person to run, offered for the terminal and never run. */
  readonly command?: string;
}

export interface RelatedPlace {
  readonly tree: Tree;
  readonly span: Span;
  readonly message: string;
}

/** A place to point at: a node, an entry (its key), or a part of a tree. */
export type Place = Node | Entry | { readonly tree: Tree; readonly span: Span };

const isEntry = (place: Place): place is Entry => 'key' in place && 'map' in place;

export const placeOf = (place: Place): { tree: Tree; span: Span } =>
  isEntry(place) ? { tree: place.key.tree, span: place.key.span } : { tree: place.tree, span: place.span };

export interface ReportOptions {
  readonly severity?: Severity | undefined;
  /** One fix or several; `undefined` among them is left out. */
  readonly fix?: FixPlan | undefined | readonly (FixPlan | undefined)[];
  readonly related?: readonly RelatedPlace[];
  readonly tags?: readonly ('unnecessary' | 'deprecated')[];
}

/** A finding at a node (its value), an entry (its key) or a part of a tree. */
export function report(place: Place, message: string, options: ReportOptions = {}): Report {
  const fixes = options.fix === undefined ? [] : Array.isArray(options.fix) ? options.fix : [options.fix as FixPlan];
  return {
    ...placeOf(place),
    message,
    severity: options.severity,
    fixes: fixes.filter((f) => f !== undefined),
    related: options.related ?? [],
    tags: options.tags ?? [],
  };
}

export const related = (place: Place, message: string): RelatedPlace => ({ ...placeOf(place), message });

/** A fix that cannot change what works. `undefined` edits: no fix. */
export const safeFix = (title: string, ...edits: readonly (TreeEdit | undefined)[]): FixPlan | undefined =>
  plan(title, true, edits);

/** A fix that may need thought: offered one by one. */
export const unsafeFix = (title: string, ...edits: readonly (TreeEdit | undefined)[]): FixPlan | undefined =>
  plan(title, false, edits);

function plan(title: string, safe: boolean, edits: readonly (TreeEdit | undefined)[]): FixPlan | undefined {
  const known = edits.filter((e) => e !== undefined);
  if (known.length !== edits.length || known.every((e) => e.edits.length === 0)) return undefined;
  return { title, safe, edits: known };
}

/** The part of a scalar from `start` to `end` of its text, where the source shows it literally; else the whole scalar. */
export function partOf(
  node: Extract<Node, { kind: 'scalar' }>,
  start: number,
  end: number,
): { tree: Tree; span: Span } {
  const source = node.tree.text.slice(node.span.start, node.span.end);
  const shift = source.indexOf(node.text);
  if (shift < 0) return { tree: node.tree, span: node.span };
  return { tree: node.tree, span: { start: node.span.start + shift + start, end: node.span.start + shift + end } };
}

export const defineRule = <T>(rule: Rule<T>): Rule<T> => rule;

/**
 * The examples of a rule are its tests, its docs page and its `explain` text. `<|…|>` marks each place the rule must
 * report, and nothing else may be reported by it.
 */
export interface Examples {
  readonly bad: readonly BadExample[];
  readonly good: readonly Example[];
}

export interface Example {
  readonly title: string;
  /** One file, `manifest.yaml`; or `files`, the first of which counts where only one is meant. */
  readonly yaml?: string;
  readonly files?: Readonly<Record<string, string>>;
  /** As in `.azure-gitops.yaml`. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface BadExample extends Example {
  /** What the first fix makes of it, where the rule has one: the one file, or the files that change. */
  readonly fixed?: string | Readonly<Record<string, string>>;
  /** What the message must contain. */
  readonly message?: string;
  readonly severity?: Severity;
}
