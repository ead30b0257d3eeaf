import type { FieldFact, Shape } from './shape.ts';

interface Branch {
  fact?: FieldFact;
  readonly fields: Map<string, Branch>;
  items?: Branch;
}

/** The steps of a path such as `spec.eventSources[].name`; `[]` is a step of its own. A key with dots stands in quotes. */
export function factSteps(path: string): string[] {
  return [...path.matchAll(/"([^"]*)"|\[\]|[^.[\]"]+/g)].map((m) => m[1] ?? m[0]);
}

/** A shape with facts laid over it by path. What the shape lacks is left out: another version of the kind has it. */
export function withFacts(shape: Shape, facts: Readonly<Record<string, FieldFact>>): Shape {
  const root: Branch = { fields: new Map() };
  for (const [path, fact] of Object.entries(facts)) {
    let branch = root;
    for (const step of factSteps(path)) {
      let next = step === '[]' ? branch.items : branch.fields.get(step);
      if (!next) {
        next = { fields: new Map() };
        if (step === '[]') branch.items = next;
        else branch.fields.set(step, next);
      }
      branch = next;
    }
    branch.fact = fact;
  }
  return lay(shape, root);
}

function lay(shape: Shape, branch: Branch): Shape {
  const result: { -readonly [K in keyof Shape]: Shape[K] } = { ...shape };
  if (branch.fact) result.fact = branch.fact;
  if (branch.fields.size > 0 && shape.fields) {
    const fields: Record<string, Shape> = Object.create(null);
    Object.assign(fields, shape.fields);
    for (const [name, inner] of branch.fields) {
      const field = fields[name];
      if (field) fields[name] = lay(field, inner);
    }
    result.fields = fields;
  }
  if (branch.items && shape.items) result.items = lay(shape.items, branch.items);
  return result;
}

const laid = new WeakMap<Shape, WeakMap<object, Shape>>();

/** The same, once for each shape and table of facts. */
export function cachedWithFacts(shape: Shape, facts: Readonly<Record<string, FieldFact>>): Shape {
  const known = laid.get(shape) ?? new WeakMap<object, Shape>();
  laid.set(shape, known);
  let result = known.get(facts);
  if (!result) {
    result = withFacts(shape, facts);
    known.set(facts, result);
  }
  return result;
}
