// Writes schemas/structure/*.json: the structure of the Flux kinds as facts, without upstream's prose.
//
//   node server/tools/gen-structure.mjs [folder]      the folder holds crds/ and data/; default ../shared
//
// Inputs: the CustomResourceDefinitions of the newest release (full detail), a list of every field with its enum,
// pattern, default and messages of CEL rules by Flux minor, and the same for the Flux Operator's kinds.
// The format is read by server/src/facts/structure.ts, which documents it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { readOperatorFields } from './operator-fields.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const input = resolve(process.argv[2] ?? join(root, '../shared'));

// `deprecated: true` in the CRDs of the controllers that each Flux minor ships (fluxcd/flux2 v2.2.0 to v2.8.0).
const DEPRECATED = {
  'helm.toolkit.fluxcd.io/HelmRelease': { v2beta1: '2.2', v2beta2: '2.3' },
  'source.toolkit.fluxcd.io/HelmRepository': { v1beta2: '2.3' },
  'source.toolkit.fluxcd.io/HelmChart': { v1beta2: '2.3' },
  'source.toolkit.fluxcd.io/Bucket': { v1beta2: '2.4' },
  'source.toolkit.fluxcd.io/OCIRepository': { v1beta2: '2.6' },
  'notification.toolkit.fluxcd.io/Provider': { v1beta2: '2.2' },
  'notification.toolkit.fluxcd.io/Alert': { v1beta2: '2.2' },
  'image.toolkit.fluxcd.io/ImageUpdateAutomation': { v1beta1: '2.3', v1beta2: '2.7' },
  'image.toolkit.fluxcd.io/ImageRepository': { v1beta2: '2.7' },
  'image.toolkit.fluxcd.io/ImagePolicy': { v1beta2: '2.7' },
};

// Fields that were required until the newest CRDs relaxed it: a second way to say the same came with the minor named
// (`configMapRef` beside `secretRef` in fluxcd/pkg apis/meta, `generic-oidc` receivers in notification-controller 1.9).
const REQUIRED_BEFORE = [
  { kind: 'HelmRelease', version: 'v2', path: '.spec.kubeConfig', field: 'secretRef', minor: '2.7' },
  { kind: 'Kustomization', version: 'v1', path: '.spec.kubeConfig', field: 'secretRef', minor: '2.7' },
  { kind: 'Receiver', version: 'v1', path: '.spec', field: 'secretRef', minor: '2.9' },
];

// CEL rules that the newest CRDs have no more, by their message.
const OLD_RULES = {
  "serviceAccountName can only be set when provider is 'azure'":
    "!has(self.serviceAccountName) || (has(self.provider) && self.provider == 'azure')",
};

// Where a field of an old apiVersion is gone from the newest, this is what else has its type.
const ELSEWHERE = [
  [/^\.spec\.accessFrom/, (p) => ['image.toolkit.fluxcd.io/ImageRepository', p]],
  [/\.patchesJson6902\[\]\.target/, (p, k) => [k, p.replace('patchesJson6902', 'patches')]],
];
// Types of fields that are nowhere in the newest CRDs (fluxcd/pkg apis/kustomize, the v1beta1 and v2beta1 packages).
const TYPES = [
  [/\.patchesJson6902\[\]\.patch\[\]\.(from|op|path)$/, { type: 'string' }],
  [/\.patchesJson6902\[\]\.patch\[\]\.value$/, { 'x-kubernetes-preserve-unknown-fields': true }],
  [/\.patchesStrategicMerge\[\]$/, { 'x-kubernetes-preserve-unknown-fields': true }],
  [/\.(valuesFile|gitImplementation|validation)$/, { type: 'string' }],
];

const crds = new Map();
for (const file of readdirSync(join(input, 'crds')).filter((f) => f.endsWith('.yaml'))) {
  const crd = parse(readFileSync(join(input, 'crds', file), 'utf8'));
  const version = crd.spec.versions.at(-1);
  crds.set(`${crd.spec.group}/${crd.spec.names.kind}`, {
    version: version.name,
    schema: version.schema.openAPIV3Schema,
  });
}
const history = JSON.parse(readFileSync(join(input, 'data/flux-fields-by-minor.json'), 'utf8'));
const minors = [...new Set(Object.values(history).flatMap((v) => Object.keys(v)))].sort(byNumber);

function byNumber(a, b) {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** `v2` before `v2beta2` before `v2beta1`, as Kubernetes orders them. */
function newestFirst(a, b) {
  const stable = (v) => (v.includes('beta') ? 0 : 1);
  return stable(b) - stable(a) || byNumber(b, a);
}

/** Every place of a schema by its path: `.a` a field, `[]` the items, `{}` the values under free names. */
function flatten(schema, path = '', into = new Map()) {
  into.set(path, schema);
  for (const [name, value] of Object.entries(schema.properties ?? {})) flatten(value, `${path}.${name}`, into);
  if (schema.items) flatten(schema.items, `${path}[]`, into);
  if (schema.additionalProperties instanceof Object) flatten(schema.additionalProperties, `${path}{}`, into);
  return into;
}
const newest = new Map([...crds].map(([kind, crd]) => [kind, flatten(crd.schema)]));

/** The newest schema of a field, or of the field that has its type; `undefined` where only its children tell. */
function typeSource(kind, path) {
  const here = newest.get(kind).get(path);
  if (here) return here;
  for (const [pattern, target] of ELSEWHERE) {
    if (!pattern.test(path)) continue;
    const [otherKind, otherPath] = target(path, kind);
    const found = newest.get(otherKind).get(otherPath);
    if (found) return found;
  }
  return TYPES.find(([pattern]) => pattern.test(path))?.[1];
}

const plainType = (schema) => {
  if (schema['x-kubernetes-int-or-string']) return 'int-or-string';
  return schema.type ?? 'any';
};

/** The minors that something holds in as `[since, until]`, indices both; ends that equal those of the range are left out. */
function ends(present, range) {
  if (present.length !== present.at(-1) - present[0] + 1) throw new Error(`a gap: ${present}`);
  if (present.at(-1) !== range.at(-1)) return [present[0], present.at(-1)];
  return present[0] === range[0] ? [] : [present[0]];
}

/** A value, or `[value, since, until]` where it does not hold in the whole range. */
function ranged(value, present, range) {
  const rest = ends(present, range);
  return rest.length === 0 ? value : [value, ...rest];
}

/** The runs of minors with equal values: `[[value, [minor, …]], …]`, missing values left out. */
function runs(range, valueAt) {
  const result = [];
  for (const minor of range) {
    const value = valueAt(minor);
    const last = result.at(-1);
    if (last && JSON.stringify(last[0]) === JSON.stringify(value)) last[1].push(minor);
    else result.push([value, [minor]]);
  }
  return result.filter(([value]) => value !== undefined && value !== null);
}

const tables = [];
/** One table of shapes a file; equal shapes are stored once. */
function newTable() {
  const shapes = [];
  const known = new Map();
  const table = {
    shapes,
    add(shape) {
      const text = JSON.stringify(shape);
      if (!known.has(text)) known.set(text, shapes.push(shape) - 1);
      return known.get(text);
    },
  };
  tables.push(table);
  return table;
}

/** What the newest CRD says of a place beyond the fields listed by minor. */
function limits(schema) {
  const result = {};
  for (const key of ['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems'])
    if (schema[key] !== undefined) result[key] = schema[key];
  return result;
}

function fluxVersion(kind, version, table) {
  const byMinor = history[`${kind}/${version}`];
  const served = Object.keys(byMinor)
    .sort(byNumber)
    .map((m) => minors.indexOf(m));
  const current = crds.get(kind).version === version;
  const fields = (minor) => byMinor[minors[minor]][1];
  const presence = new Map();
  for (const minor of served)
    for (const path of Object.keys(fields(minor))) presence.set(path, [...(presence.get(path) ?? []), minor]);
  const childrenOf = new Map();
  for (const path of presence.keys()) {
    const cut = path.endsWith('[]') ? path.length - 2 : path.lastIndexOf('.');
    if (cut >= 0) childrenOf.set(path.slice(0, cut), [...(childrenOf.get(path.slice(0, cut)) ?? []), path]);
  }

  /** @param range the minors in which the place itself exists */
  function shapeAt(path, range) {
    const source = typeSource(kind, path);
    const children = childrenOf.get(path) ?? [];
    const type = source
      ? plainType(source)
      : children.some((c) => c.endsWith('[]'))
        ? 'array'
        : children.length > 0
          ? 'object'
          : undefined;
    if (!type) throw new Error(`no type for ${kind} ${version} ${path}`);
    const shape = { type };
    if (type === 'array') {
      const items = `${path}[]`;
      if (presence.has(items)) shape.items = shapeAt(items, presence.get(items));
      else if (source?.items) shape.items = plain(source.items, table);
      Object.assign(shape, current && source ? limits(source) : {});
    } else if (type === 'object') {
      const names = children.map((c) => [c, c.slice(path.length + 1)]);
      if (names.length > 0)
        shape.fields = Object.fromEntries(
          names.map(([child, name]) => {
            const present = presence.get(child);
            return [name, ranged(shapeAt(child, present), present, range)];
          }),
        );
      if (source?.additionalProperties instanceof Object) shape.additional = plain(source.additionalProperties, table);
      if (source?.['x-kubernetes-preserve-unknown-fields'] || source?.additionalProperties === true) shape.open = true;
      const required = [];
      if (current)
        for (const name of source?.required ?? []) {
          const present = presence.get(`${path}.${name}`);
          if (present) required.push(ranged(name, present, range));
        }
      for (const rule of REQUIRED_BEFORE)
        if (kind.endsWith(`/${rule.kind}`) && rule.version === version && rule.path === path)
          required.push(
            ranged(
              rule.field,
              range.filter((m) => m < minors.indexOf(rule.minor)),
              range,
            ),
          );
      if (required.length > 0) shape.required = required;
    } else if (current && source) Object.assign(shape, limits(source));

    const enums = [...new Set([...range].reverse().flatMap((m) => fields(m)[path].enum ?? []))];
    if (enums.length > 0) {
      if (range.some((m) => !fields(m)[path].enum)) throw new Error(`enum comes or goes: ${kind} ${version} ${path}`);
      shape.enum = enums.map((v) =>
        ranged(
          v,
          range.filter((m) => fields(m)[path].enum.includes(v)),
          range,
        ),
      );
    }
    for (const key of ['pattern', 'default']) {
      const variants = runs(range, (m) => fields(m)[path][key]);
      if (variants.length === 1 && variants[0][1].length === range.length) shape[key] = variants[0][0];
      else if (variants.length > 0) shape[`${key}s`] = variants.map(([v, present]) => [v, ...ends(present, range)]);
    }
    const cel = [...new Set(range.flatMap((m) => fields(m)[path].cel))].flatMap((message) => {
      // One message can stand for two rules that together say one thing.
      const rules = source?.['x-kubernetes-validations']?.filter((r) => r.message === message).map((r) => r.rule) ?? [];
      if (rules.length === 0 && OLD_RULES[message]) rules.push(OLD_RULES[message]);
      if (rules.length === 0) throw new Error(`no rule for: ${message}`);
      const present = range.filter((m) => fields(m)[path].cel.includes(message));
      return rules.map((rule) => [rule, message, ...ends(present, range)]);
    });
    if (cel.length > 0) shape.cel = cel;
    return table.add(shape);
  }

  const rootCel = served.flatMap((m) => fields(m)[''].cel);
  if (rootCel.length > 0) throw new Error(`CEL at the root of ${kind}`);
  const deprecated = DEPRECATED[kind]?.[version];
  return {
    from: served[0],
    to: served.at(-1) === minors.length - 1 ? undefined : served.at(-1),
    deprecated: deprecated === undefined ? undefined : minors.indexOf(deprecated),
    spec: shapeAt('.spec', served),
  };
}

/** A schema that is the same in every minor. */
function plain(schema, table) {
  const shape = { type: plainType(schema) };
  if (schema.properties)
    shape.fields = Object.fromEntries(Object.entries(schema.properties).map(([k, v]) => [k, plain(v, table)]));
  if (schema.items) shape.items = plain(schema.items, table);
  if (schema.additionalProperties instanceof Object) shape.additional = plain(schema.additionalProperties, table);
  if (
    shape.type === 'object' &&
    (schema['x-kubernetes-preserve-unknown-fields'] || schema.additionalProperties === true)
  )
    shape.open = true;
  if (schema.required) shape.required = schema.required;
  Object.assign(shape, limits(schema));
  for (const key of ['enum', 'pattern', 'default']) if (schema[key] !== undefined) shape[key] = schema[key];
  const rules = schema['x-kubernetes-validations'];
  if (rules) shape.cel = rules.map((r) => [r.rule, r.message]);
  return table.add(shape);
}

function write(name, content) {
  const lines = [
    `{"minors":${JSON.stringify(content.minors)},`,
    '"kinds":{',
    Object.entries(content.kinds)
      .map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`)
      .join(',\n'),
    '},"shapes":[',
    content.shapes.map((s) => JSON.stringify(s)).join(',\n'),
    ']}\n',
  ];
  const text = lines.join('\n');
  writeFileSync(join(root, 'schemas/structure', name), text);
  console.log(`schemas/structure/${name}: ${content.shapes.length} shapes, ${text.length} bytes`);
}

const flux = newTable();
const kinds = {};
for (const kind of [...crds.keys()].sort()) {
  kinds[kind] = {};
  const versions = Object.keys(history)
    .filter((k) => k.startsWith(`${kind}/`))
    .map((k) => k.slice(kind.length + 1));
  for (const version of versions.sort(newestFirst)) kinds[kind][version] = fluxVersion(kind, version, flux);
}
write('flux.json', { minors, kinds, shapes: flux.shapes });

const operator = newTable();
const operatorKinds = {};
for (const { group, version, kind, schema } of readOperatorFields(
  readFileSync(join(input, 'data/flux-operator-fields.txt'), 'utf8'),
)) {
  const cel = schema['x-kubernetes-validations']?.map((r) => [r.rule, r.message]);
  operatorKinds[`${group}/${kind}`] = { [version]: { spec: plain(schema.properties.spec, operator), cel } };
}
write('flux-operator.json', { minors: [], kinds: operatorKinds, shapes: operator.shapes });
