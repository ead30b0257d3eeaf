import { isPlaceholder, isTemplate, looksEncrypted } from '../../azure/text-kinds.ts';
import { installedShapes } from '../../facts/installed.ts';
import type { Shape } from '../../facts/shape.ts';
import { fluxKinds, structureOf } from '../../facts/structure.ts';
import { type StructureProblem, validate } from '../../facts/walk.ts';
import type { RuleContext } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import type { MapNode } from '../../yaml/tree.ts';
import type { View } from '../define.ts';
import { onlyTypes, view } from '../views.ts';

/** An object of Flux or of the Flux Operator, and what of it does not have the structure of its kind. */
export interface StructureFinding {
  readonly object: KubernetesObject;
  readonly problem: StructureProblem;
}

/** `group/Kind` of every kind whose structure we know. */
export const FLUX_KINDS: ReadonlySet<string> = new Set(fluxKinds().map(({ group, kind }) => `${group}/${kind}`));

export const onlyFluxKinds = onlyTypes(FLUX_KINDS);

/** True for a kind whose structure we know, in whatever version. */
export const isFluxKind = (object: KubernetesObject): boolean => FLUX_KINDS.has(`${object.group}/${object.kind}`);

/** What is wrong with the structure of Flux objects, of these sorts. */
export const structureProblems = (...codes: readonly StructureProblem['code'][]): View<StructureFinding> =>
  view(
    'every kind of Flux and of the Flux Operator',
    function* ({ object }, context) {
      if (!object || !isFluxKind(object)) return;
      for (const problem of problemsOf(object, context)) if (codes.includes(problem.code)) yield { object, problem };
    },
    onlyFluxKinds,
  );

/** A Flux object with all that is wrong with its structure, of some sorts. */
export interface StructureFindings {
  readonly object: KubernetesObject;
  readonly problems: readonly StructureProblem[];
}

/** The objects in which something of these sorts is wrong. */
export const objectsWith = (...codes: readonly StructureProblem['code'][]): View<StructureFindings> =>
  view(
    'every kind of Flux and of the Flux Operator',
    function* ({ object }, context) {
      if (!object || !isFluxKind(object)) return;
      const problems = problemsOf(object, context).filter((p) => codes.includes(p.code));
      if (problems.length > 0) yield { object, problems };
    },
    onlyFluxKinds,
  );

/** A value that nobody knows yet. What SOPS has encrypted is among them. */
const unknown = (text: string): boolean => isTemplate(text) || isPlaceholder(text) || looksEncrypted(text);

/** Wrong in what is written, whatever patches do. The others are judged after them. */
const OWN: ReadonlySet<string> = new Set(['unknown-field', 'wrong-type', 'not-in-enum', 'pattern', 'length', 'range']);

function problemsOf(object: KubernetesObject, context: RuleContext): readonly StructureProblem[] {
  const [first, ...others] = shapesOf(object, context);
  if (!first) return [];
  let problems = problemsIn(object, first, context);
  // Several clusters may run several versions: what is right in one of them may be for that one.
  for (const shape of others) {
    if (problems.length === 0) break;
    const there = new Set(problemsIn(object, shape, context).map(identify));
    problems = problems.filter((p) => there.has(identify(p)));
  }
  return problems;
}

function problemsIn(object: KubernetesObject, shape: Shape, { workspace }: RuleContext): readonly StructureProblem[] {
  if (object.partial) return checked(object.root, shape, true);
  const variants = workspace.variants(object);
  if (variants.length === 1 && variants[0]?.root === object.root) {
    const found = checked(object.root, shape, false);
    return found.every((p) => OWN.has(p.code)) || workspace.isComplete(object)
      ? found
      : found.filter((p) => OWN.has(p.code));
  }
  const own = checked(object.root, shape, true).filter((p) => OWN.has(p.code));
  if (!workspace.isComplete(object)) return own;
  // What is missing, and what fields say together, has to be wrong however the object is built.
  const [first = [], ...others] = variants.map((variant) =>
    checked(variant.root, shape, variant.partial).filter((p) => !OWN.has(p.code)),
  );
  return [...own, ...first.filter((p) => others.every((o) => o.some((q) => identify(p) === identify(q))))];
}

const identify = (p: StructureProblem): string =>
  `${p.code} ${p.path.join('/')} ${p.field ?? ''} ${p.rule?.rule ?? ''}`;

const cache = new WeakMap<MapNode, { shape: Shape; partial: boolean; problems: readonly StructureProblem[] }>();

function checked(root: MapNode, shape: Shape, partial: boolean): readonly StructureProblem[] {
  const known = cache.get(root);
  if (known?.shape === shape && known.partial === partial) return known.problems;
  const problems = validate(root, shape, { partial, template: unknown }).filter(
    // The key that SOPS adds to what it encrypts is gone before the object reaches the cluster.
    (p) => !(p.code === 'unknown-field' && p.path.length === 1 && p.field === 'sops'),
  );
  cache.set(root, { shape, partial, problems });
  return problems;
}

/** The structure of an object: that of the workspace's own definitions of the kind, else the bundled one. */
function shapesOf(object: KubernetesObject, context: RuleContext): readonly Shape[] {
  const installed = installedShapes(object, context);
  if (installed.length > 0) return installed;
  const bundled = structureOf(object.group, object.version, object.kind, context.flux.minor);
  return bundled ? [bundled] : [];
}

/** The rule of a HelmRelease that stands for a required field. */
export const EITHER_CHART = /^either chart or chartRef must be set$/;

/** A path as the API server writes it: `spec.patches[0].target`. */
export const pathText = (path: readonly (string | number)[]): string =>
  path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`)).join('');
