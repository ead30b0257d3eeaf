import { editsInDocument, isEncoded, spanInDocument } from '../embed/locate.ts';
import type { RuleContext, Settings, Version } from '../model/context.ts';
import { KustomizeGraph } from '../model/kustomize/graph.ts';
import { documentOf, type SourceDocument, type SourceFile } from '../model/source-file.ts';
import { NO_ROLE, type Unit } from '../model/unit.ts';
import type { FixPlan, Report, Rule, View } from '../rules/define.ts';
import { RULES } from '../rules/index.generated.ts';
import type { Span } from '../text/span.ts';
import { dirname, joinPath } from '../text/uri.ts';
import { get } from '../yaml/navigate.ts';
import type { Node, Tree } from '../yaml/tree.ts';
import { configurationFileOf, settingsFor } from './configuration.ts';
import type { FileEdit, FileFindings, Finding, Fix } from './finding.ts';
import { type Stamp, WorkspaceIndex } from './index.ts';
import { applySuppressions } from './suppressions.ts';
import { type Dependency, TrackedWorkspace, type WorkspaceParts } from './tracked-workspace.ts';
import { ARGO_CD_CLASSES, argocdVersion, fluxVersion, kubernetesVersion, sopsVersion } from './versions.ts';

/** What was found in a document, and on what it depends. */
interface DocumentResult {
  readonly reports: readonly { readonly rule: Rule; readonly report: Report }[];
  readonly dependencies: readonly Dependency[];
  readonly settings: string;
  /** The revision at which the dependencies were last seen unchanged, and the stamps of all they were made from then. */
  verified: number;
  readonly stamps: StampsSeen;
  /** Changes whenever the reports do. */
  readonly serial: number;
}

type RulesByView = readonly (readonly [View<unknown>, readonly Rule[]])[];

const toArray = <T>(items: Iterable<T>): readonly T[] => (Array.isArray(items) ? items : [...items]);

/** The stamps that something was made from, with their values then. */
type StampsSeen = readonly { readonly stamp: Readonly<Stamp>; value: number }[];

export interface RuleFailure {
  readonly rule: string;
  readonly uri: string;
  readonly error: unknown;
}

/**
 * The files of a workspace and what is to be said of them. Holds state and does no input or output: whoever owns it
 * tells it of files. Every answer is for the state it is in; findings are computed when asked for and kept until
 * something they depend on changes.
 */
export class Session {
  readonly index = new WorkspaceIndex();
  #settings: Settings = {};
  #rules: readonly Rule[] = RULES;
  #graph: { graph: KustomizeGraph; stamp: string } | undefined;
  #results = new WeakMap<SourceDocument, DocumentResult>();
  #serial = 0;
  #settingsRevision = 0;
  #chartTemplates: { stamp: number; folders: readonly string[] } | undefined;
  /** Told of rules that fail: a rule's error never ends more than its own check. */
  onRuleFailure: (failure: RuleFailure) => void = () => {};

  constructor(settings: Settings = {}, rules: readonly Rule[] = RULES) {
    this.#settings = settings;
    this.#rules = rules;
    this.index.setRoles((uri) => this.#graph?.graph.roleOf(uri) ?? NO_ROLE);
  }

  readonly parts: WorkspaceParts = {
    index: this.index,
    graph: () => this.graph(),
    settings: () => this.#settings,
    answers: new Map(),
  };

  /** New or changed text of a file. */
  setFile(uri: string, text: string): void {
    this.index.setFile(uri, text);
  }

  removeFile(uri: string): void {
    this.index.removeFile(uri);
  }

  /** The folders of the workspace, by canonical URI. */
  setRoots(roots: readonly string[]): void {
    this.index.setRoots(roots);
  }

  setSettings(settings: Settings): void {
    if (JSON.stringify(settings) === JSON.stringify(this.#settings)) return;
    this.#settings = settings;
    this.#settingsRevision++;
    this.index.revision++;
  }

  file(uri: string): SourceFile | undefined {
    return this.index.file(uri);
  }

  uris(): Iterable<string> {
    return this.index.uris();
  }

  get rules(): readonly Rule[] {
    return this.#rules;
  }

  settingsFor(uri: string): Settings {
    return settingsFor(this.index, this.#settings, uri);
  }

  /** How files become objects, as the kustomization files say now. */
  graph(): KustomizeGraph {
    const stamp = `${this.index.stamp('graph')} ${this.index.stamp('files')}`;
    if (this.#graph?.stamp !== stamp) {
      const before = this.#graph?.graph;
      this.#graph = { graph: new KustomizeGraph(this.index), stamp };
      const { graph } = this.#graph;
      // A file that became a patch, or is none any more, holds other objects than before.
      const touched = new Set([...(before?.patchFiles() ?? []), ...graph.patchFiles()]);
      for (const uri of touched)
        if (JSON.stringify(before?.roleOf(uri)) !== JSON.stringify(graph.roleOf(uri))) this.index.reregister(uri);
    }
    return this.#graph.graph;
  }

  /** A workspace that remembers what it is asked. Features that remember nothing make one and forget it. */
  workspace(): TrackedWorkspace {
    this.graph();
    return new TrackedWorkspace(this.parts);
  }

  unitsOf(document: SourceDocument): readonly Unit[] {
    this.graph();
    return this.index.unitsOf(document);
  }

  /** What rules and features are given for a unit. */
  context(unit: Unit, workspace: TrackedWorkspace = this.workspace()): RuleContext {
    const settings = this.settingsFor(unit.document.uri);
    const lazy = <T>(make: () => T): (() => T) => {
      let value: { v: T } | undefined;
      return () => {
        value ??= { v: make() };
        return value.v;
      };
    };
    const flux = lazy(
      (): Version =>
        workspace.value(`flux ${settings.fluxVersion}`, ['fluxcd.controlplane.io/FluxInstance', '/Namespace'], () =>
          fluxVersion(settings, workspace.untracked),
        ),
    );
    const argocd = lazy(
      (): Version =>
        workspace.value(`argocd ${settings.argocdVersion}`, ARGO_CD_CLASSES, () =>
          argocdVersion(settings, workspace.untracked),
        ),
    );
    let owner: Unit | undefined = unit;
    while (owner && !owner.object) owner = owner.owner;
    return {
      unit,
      object: owner?.object,
      workspace,
      settings,
      get flux() {
        return flux();
      },
      get argocd() {
        return argocd();
      },
      sops: sopsVersion(settings),
      kubernetes: kubernetesVersion(settings),
    };
  }

  /** All findings of a file. Cheap where nothing they depend on has changed. */
  diagnostics(uri: string): FileFindings {
    const file = this.index.file(uri);
    if (!file) return { findings: [], resultId: '' };
    this.graph();
    const settings = this.settingsFor(uri);
    if (this.#isOpaque(uri) || isExcluded(uri, settings)) return { findings: [], resultId: 'opaque' };
    const config = configurationFileOf(this.index, uri);
    const settingsKey = `${this.#settingsRevision} ${config ? this.index.stamp(`file:${config}`) : ''}`;
    const results = file.documents.map((document) => this.#lint(document, settingsKey));
    // Where a document stands is part of the answer: an edit above moves what is below.
    const resultId = file.documents.map((d, i) => `${d.start}:${results[i]?.serial}`).join(' ');
    let findings: readonly Finding[] | undefined;
    return {
      resultId: hash(
        `${settingsKey} ${resultId} ${file.text.includes('azure-gitops-disable-') ? this.index.stamp(`file:${uri}`) : ''}`,
      ),
      get findings() {
        findings ??= applySuppressions(
          file,
          results.flatMap((r) => r.reports.flatMap(({ rule, report }) => toFinding(rule, report, settings) ?? [])),
          (rule, span, removal) => unusedSuppression(uri, rule, span, removal, settings),
        ).sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : 1));
        return findings;
      },
    };
  }

  #lint(document: SourceDocument, settings: string): DocumentResult {
    const known = this.#results.get(document);
    if (known && known.settings === settings && this.#stillHolds(known)) return known;
    const workspace = this.workspace();
    const reports: { rule: Rule; report: Report }[] = [];
    // The role of the file decides what its units are.
    workspace.value(`role ${document.uri}`, ['graph', 'files'], () => this.graph().roleOf(document.uri));
    for (const unit of this.index.unitsOf(document)) {
      const context = this.context(unit, workspace);
      for (const [view, rules] of this.#rulesFor(unit)) {
        // Found once for all rules that look at the same things.
        let subjects: readonly unknown[] | undefined;
        for (const rule of rules) {
          const severity = context.settings.rules?.[rule.id] ?? rule.severity;
          if (severity === 'off') continue;
          if (!rule.partial && context.object?.partial) continue;
          try {
            subjects ??= toArray(view.select(unit, context));
            for (const subject of subjects)
              for (const report of rule.check(subject, context)) {
                const placed = report && !isDamaged(report) ? inDocument(report, document, context) : undefined;
                if (placed) reports.push({ rule, report: placed });
              }
          } catch (error) {
            this.onRuleFailure({ rule: rule.id, uri: document.uri, error });
          }
        }
      }
    }
    const result: DocumentResult = {
      reports: silenced(reports),
      dependencies: workspace.dependencies(),
      settings,
      verified: this.index.revision,
      stamps: stampsOf(workspace.dependencies()),
      serial: ++this.#serial,
    };
    this.#results.set(document, result);
    return result;
  }

  /** The rules that may have something to say of such a unit, by what they look at. */
  #rulesFor({ language, object }: Unit): RulesByView {
    const type = object && `${object.group}/${object.kind}`;
    const key = `${language} ${type}`;
    let rules = this.#rulesBySort.get(key);
    if (!rules) {
      const byView = new Map<View<unknown>, Rule[]>();
      for (const rule of this.#rules) {
        if (rule.on.only && !rule.on.only(language, type)) continue;
        const same = byView.get(rule.on);
        if (same) same.push(rule);
        else byView.set(rule.on, [rule]);
      }
      rules = [...byView];
      this.#rulesBySort.set(key, rules);
    }
    return rules;
  }

  readonly #rulesBySort = new Map<string, RulesByView>();

  #stillHolds(result: DocumentResult): boolean {
    this.index.refresh();
    if (result.verified === this.index.revision) return true;
    if (!isUnchanged(result.stamps)) {
      for (const { answer, fingerprint } of result.dependencies) if (answer.fingerprint !== fingerprint) return false;
      for (const seen of result.stamps) seen.value = seen.stamp.value;
    }
    result.verified = this.index.revision;
    return true;
  }

  /** Templates of a Helm chart are no YAML, and no manifests, until Helm has rendered them. */
  #isOpaque(uri: string): boolean {
    const stamp = this.index.stamp('files');
    if (this.#chartTemplates?.stamp !== stamp)
      this.#chartTemplates = {
        stamp,
        folders: [...this.index.uris()].filter((u) => u.endsWith('/Chart.yaml')).map((u) => `${dirname(u)}/templates/`),
      };
    return this.#chartTemplates.folders.some((folder) => uri.startsWith(folder));
  }
}

/** What a document depends on in all: one look at these spares a look at each answer. */
function stampsOf(dependencies: readonly Dependency[]): StampsSeen {
  const stamps = new Set(dependencies.flatMap(({ answer }) => answer.stamps));
  return [...stamps].map((stamp) => ({ stamp, value: stamp.value }));
}

function isUnchanged(seen: StampsSeen): boolean {
  for (const { stamp, value } of seen) if (stamp.value !== value) return false;
  return true;
}

function isExcluded(uri: string, settings: Settings): boolean {
  return (settings.exclude ?? []).some((part) => part !== '' && uri.includes(part));
}

/**
 * A report about a value that a patch of another file sets is shown at the object it is wrong for, with the way to the
 * value: a finding belongs to the document that was linted.
 */
function inDocument(report: Report, document: SourceDocument, { object }: RuleContext): Report | undefined {
  if (documentOf(report.tree) === document) return report;
  const name = object && (get(object.root, 'metadata', 'name') ?? get(object.root, 'kind'));
  if (!name || documentOf(name.tree) !== document) return undefined;
  const set = { tree: report.tree, span: report.span, message: 'A patch sets it here' };
  return { ...report, tree: name.tree, span: name.span, related: [set, ...report.related] };
}

/** A finding in a node that the parser did not understand is no finding. */
function isDamaged(report: Report): boolean {
  const node = innermost(report.tree.root, report.span);
  return node?.damaged === true || node?.parent?.damaged === true;
}

function innermost(root: Node | undefined, span: Span): Node | undefined {
  let current = root;
  for (;;) {
    const children: readonly Node[] =
      current?.kind === 'map'
        ? current.entries.flatMap((e) => [e.key, e.value])
        : current?.kind === 'seq'
          ? current.items
          : [];
    const inner = children.find(
      (c) => c.span.start <= span.start && span.end <= c.span.end && c.span.end > c.span.start,
    );
    if (!inner) return current;
    current = inner;
  }
}

/**
 * One rule says a thing of a place once, though the object may be looked at in several ways. What a general rule says of a
 * value goes where a rule of its own says what the schema has against it.
 */
function silenced(reports: readonly { rule: Rule; report: Report }[]): { rule: Rule; report: Report }[] {
  const seen = new Set<string>();
  const trees = new Map<Tree, number>();
  const special = reports.filter(({ rule }) => rule.schema && !rule.general);
  return reports.filter(({ rule, report }) => {
    if (rule.general && special.some((s) => s.report.tree === report.tree && overlap(s.report.span, report.span)))
      return false;
    if (!trees.has(report.tree)) trees.set(report.tree, trees.size);
    const key = `${rule.id} ${trees.get(report.tree)} ${report.span.start} ${report.span.end} ${report.message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

const overlap = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

function toFinding(rule: Rule, report: Report, settings: Settings): Finding | undefined {
  const set = settings.rules?.[rule.id];
  const severity = set ?? report.severity ?? rule.severity;
  if (severity === 'off') return undefined;
  const place = inFile(report.tree, report.span);
  if (!place) return undefined;
  return {
    rule: rule.id,
    severity,
    message: report.message,
    span: place.span,
    related: report.related.flatMap((r) => {
      const at = inFile(r.tree, r.span);
      return at ? [{ ...at, message: r.message }] : [];
    }),
    fixes: report.fixes.flatMap((plan) => toFix(plan, place.uri) ?? []),
    tags: report.tags,
    schema: rule.schema ?? false,
  };
}

/** Where a span of any tree stands in its file. */
export function inFile(tree: Tree, span: Span): { uri: string; span: Span } | undefined {
  const document = documentOf(tree);
  if (!document) return undefined;
  const inner = spanInDocument(tree, span);
  return { uri: document.uri, span: { start: inner.start + document.start, end: inner.end + document.start } };
}

function toFix(plan: FixPlan, uri: string): Fix | undefined {
  const byFile = new Map<string, { span: Span; newText: string }[]>();
  // Edits of one tree go through the strings around it together: a base64 string is written once.
  const byTree = new Map<Tree, { span: Span; newText: string }[]>();
  for (const { tree, edits } of plan.edits) byTree.set(tree, [...(byTree.get(tree) ?? []), ...edits]);
  let { safe } = plan;
  for (const [tree, edits] of byTree) {
    const document = documentOf(tree);
    const inner = editsInDocument(tree, edits);
    if (!document || !inner) return undefined;
    if (isEncoded(tree)) safe = false;
    const list = byFile.get(document.uri) ?? [];
    byFile.set(document.uri, list);
    for (const edit of inner)
      list.push({
        span: { start: edit.span.start + document.start, end: edit.span.end + document.start },
        newText: edit.newText,
      });
  }
  const edits: FileEdit[] = [...byFile].map(([file, list]) => ({ uri: file, edits: list }));
  return {
    title: plan.title,
    safe,
    edits,
    create: plan.create ? { uri: joinPath(dirname(uri), plan.create.path), content: plan.create.content } : undefined,
    command: plan.command,
  };
}

export const UNUSED_SUPPRESSION = 'azure-gitops/unused-suppression';

function unusedSuppression(
  uri: string,
  rule: string,
  span: Span,
  removal: Span,
  settings: Settings,
): Finding | undefined {
  const severity = settings.rules?.[UNUSED_SUPPRESSION] ?? 'info';
  if (severity === 'off') return undefined;
  const fix: Fix = {
    title: 'Remove the comment',
    safe: true,
    edits: [{ uri, edits: [{ span: removal, newText: '' }] }],
  };
  return {
    rule: UNUSED_SUPPRESSION,
    severity,
    message: `This comment suppresses ${rule}, which reports nothing here. Remove it.`,
    span,
    related: [],
    fixes: [fix],
    tags: ['unnecessary'],
    schema: false,
  };
}

/** FNV-1a: short, and two texts that differ have different ones in all likelihood that matters here. */
function hash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x1000193;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b ^ c, 0x85ebca6b) ^ (b >>> 13);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}
