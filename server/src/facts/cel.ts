import { linearRegex } from '../text/linear-regex.ts';
import { entry, follow } from '../yaml/navigate.ts';
import type { Entry, Node } from '../yaml/tree.ts';
import { type Fields, fieldsOf, foreignTag } from './known.ts';
import type { CelRule, DefaultValue, Shape } from './shape.ts';

/** A rule that an object breaks, and the field to show it on. */
export interface CelViolation {
  readonly rule: CelRule;
  /** The most specific field the expression names that the object has; `undefined` where it has none. */
  readonly blamed: { readonly entry: Entry; readonly path: readonly string[] } | undefined;
}

/** What we use of @marcbachmann/cel-js, which is loaded on the first rule. */
interface Library {
  Environment: new (options: object) => Environment;
}
interface Environment {
  registerVariable(name: string, type: string): Environment;
  registerFunction(signature: string, handler: (...values: string[]) => unknown, options: object): Environment;
  parse(expression: string): (context: { self: unknown }) => unknown;
}

interface Compiled {
  readonly run: (context: { self: unknown }) => unknown;
  /** The paths below `self` that the expression names, in its order. */
  readonly paths: readonly (readonly string[])[];
  /** False where the expression uses `self` as a whole. */
  readonly fieldsOnly: boolean;
  /** How many macros over lists it has. */
  readonly loops: number;
}

/** Longer expressions are not looked at; Kubernetes' own cost limits forbid them. */
const MAX_EXPRESSION = 8_000;
/** No rule may take more steps than this: loops over lists nest. */
const MAX_STEPS = 100_000;
const MAX_CACHED = 500;

/**
 * A value that is not known (a template, an alias that leads nowhere, a value with a problem of its own). CEL has a
 * class it was not told of for an error, and its `&&`, `||` and macros treat errors just as unknown values have to be
 * treated: the result is known if the rest decides it, and an error otherwise.
 */
class Unknown {}
const UNKNOWN = new Unknown();

/**
 * The rules of a shape that an object breaks. A rule whose outcome depends on something unknown, that compares with the
 * stored object (`oldSelf`), or that uses what our CEL library has not, is passed over. Never throws.
 * @param unknown nodes that have a problem of their own and are not judged further
 */
export function celViolations(
  node: Node,
  shape: Shape,
  unknown: ReadonlySet<Node>,
  template: (text: string) => boolean,
): CelViolation[] {
  const result: CelViolation[] = [];
  const compiled = (shape.cel ?? []).map((rule) => compile(rule.rule));
  const known = compiled.filter((c) => c !== undefined);
  if (known.length === 0) return result;
  const wanted = known.every((c) => c.fieldsOnly) ? new Set(known.flatMap((c) => c.paths.map((p) => p[0]))) : undefined;
  const converter: Converter = { unknown, template, longest: 1 };
  const self = toCel(node, shape, converter, wanted as Set<string> | undefined);
  if (self === UNKNOWN) return result;
  for (const [i, rule] of (shape.cel ?? []).entries()) {
    const program = compiled[i];
    if (!program || converter.longest ** program.loops > MAX_STEPS) continue;
    if (evaluate(program, self) === false) result.push({ rule, blamed: blame(node, program.paths) });
  }
  return result;
}

function evaluate(program: Compiled, self: unknown): unknown {
  try {
    return program.run({ self });
  } catch {
    return undefined;
  }
}

function blame(node: Node, paths: readonly (readonly string[])[]): CelViolation['blamed'] {
  let best: CelViolation['blamed'];
  for (const path of paths) {
    let current: Node | undefined = node;
    for (const [i, name] of path.entries()) {
      const found: Entry | undefined = entry(current, name);
      if (!found) break;
      if (i + 1 >= (best?.path.length ?? 0)) best = { entry: found, path: path.slice(0, i + 1) };
      current = found.value;
    }
  }
  return best;
}

const cache = new Map<string, Compiled | undefined>();
let environment: Environment | undefined;

function compile(expression: string): Compiled | undefined {
  if (cache.has(expression)) return cache.get(expression);
  let result: Compiled | undefined;
  try {
    result = build(expression);
  } catch {
    result = undefined;
  }
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(expression, result);
  return result;
}

const STRING = /r?(?:'''[\s\S]*?'''|"""[\s\S]*?""")|r(?:'[^'\n]*'|"[^"\n]*")|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/;
const PATH = /(?<![\w.])self((?:\.\w+)*)(\s*\()?/g;

function build(expression: string): Compiled | undefined {
  if (expression.length > MAX_EXPRESSION) return undefined;
  // The library's `matches` is JavaScript's: ours takes its place.
  const text = expression.replace(new RegExp(`${STRING.source}|\\.\\s*matches\\s*\\(`, 'g'), (part) =>
    part.startsWith('.') ? '.linearMatches(' : part,
  );
  const code = text.replace(new RegExp(STRING.source, 'g'), '""');
  if (/\boldSelf\b|\bmatches\b|\/\//.test(code)) return undefined;
  const paths: string[][] = [];
  let fieldsOnly = true;
  for (const [, steps, call] of code.matchAll(PATH)) {
    const path = (steps ?? '').split('.').slice(1);
    if (call) path.pop();
    if (path.length === 0) fieldsOnly = false;
    else paths.push(path.map(unescapeName));
  }
  const run = newEnvironment().parse(text);
  const loops = code.match(/\.\s*(?:all|exists|exists_one|map|filter)\s*\(/g)?.length ?? 0;
  return { run, paths, fieldsOnly, loops };
}

function newEnvironment(): Environment {
  if (environment) return environment;
  // `require` and not `import`: a bundle then runs the module on this call, not when the server starts.
  const { Environment } = require('@marcbachmann/cel-js') as Library;
  environment = new Environment({ enableOptionalTypes: true })
    .registerVariable('self', 'dyn')
    .registerFunction('string.linearMatches(string): bool', matches, { async: false });
  return environment;
}

function matches(text?: string, pattern?: string): boolean {
  const regex = linearRegex(pattern ?? '');
  if (!regex) throw new Error('no RE2 expression');
  return regex.test(text ?? '');
}

interface Converter {
  readonly unknown: ReadonlySet<Node>;
  readonly template: (text: string) => boolean;
  /** The size of the largest list or map seen. */
  longest: number;
}

/** The value of a node as CEL has it: maps are Maps, integers are bigints, absent fields have their defaults. */
function toCel(source: Node, shape: Shape | undefined, converter: Converter, wanted?: ReadonlySet<string>): unknown {
  const node = follow(source);
  if (!node || node.damaged || foreignTag(node) || converter.unknown.has(node)) return UNKNOWN;
  if (node.kind === 'scalar') {
    const { value } = node;
    if (converter.template(node.text)) return UNKNOWN;
    return typeof value === 'number' && shape?.type !== 'number' && Number.isInteger(value) ? BigInt(value) : value;
  }
  if (node.kind === 'seq') {
    converter.longest = Math.max(converter.longest, node.items.length);
    return node.items.map((item) => toCel(item, shape?.items, converter));
  }
  const fields: Fields = fieldsOf(node, converter.template);
  if (!fields.complete) return UNKNOWN;
  converter.longest = Math.max(converter.longest, fields.entries.size);
  const result = new Map<string, unknown>();
  for (const [name, { value }] of fields.entries) {
    if (wanted && !wanted.has(name)) continue;
    const declared = shape?.fields?.[name];
    const converted = toCel(value, declared ?? shape?.additional, converter);
    if (converted !== null || declared?.nullable) result.set(declared ? escapeName(name) : name, converted);
  }
  for (const [name, field] of Object.entries(shape?.fields ?? {})) {
    const key = escapeName(name);
    if (field.default !== undefined && !result.has(key) && (!wanted || wanted.has(name)))
      result.set(key, celDefault(field.default));
  }
  return result;
}

function celDefault(value: DefaultValue): unknown {
  if (Array.isArray(value)) return value.map(celDefault);
  if (typeof value === 'object') return new Map(Object.entries(value).map(([k, v]) => [escapeName(k), celDefault(v)]));
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value;
}

// How Kubernetes makes identifiers of property names (apiserver/pkg/cel/escaping.go).
const RESERVED = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);
const ESCAPES: readonly (readonly [string, string])[] = [
  ['__', '__underscores__'],
  ['.', '__dot__'],
  ['-', '__dash__'],
  ['/', '__slash__'],
];

function escapeName(name: string): string {
  if (RESERVED.has(name)) return `__${name}__`;
  return /__|[./-]/.test(name) ? name.replace(/__|[./-]/g, (c) => ESCAPES.find(([raw]) => raw === c)?.[1] ?? c) : name;
}

function unescapeName(name: string): string {
  const reserved = /^__(\w+)__$/.exec(name);
  if (reserved?.[1] && RESERVED.has(reserved[1])) return reserved[1];
  return name.replace(
    /__(?:underscores|dot|dash|slash)__/g,
    (c) => ESCAPES.find(([, escaped]) => escaped === c)?.[0] ?? c,
  );
}
