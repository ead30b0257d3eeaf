import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import type { Shape } from '../../../server/src/facts/shape.ts';
import {
  apiVersionHistory,
  FLUX_MINORS,
  fieldHistory,
  fluxKinds,
  newestVersion,
  servedVersions,
  structureOf,
  valueHistory,
} from '../../../server/src/facts/structure.ts';

/** Each place below `.spec` by its path: `.a` a field, `[]` the items, `{}` the values under free names. */
function places(shape: Shape, path: string, into = new Map<string, Shape>()): Map<string, Shape> {
  into.set(path, shape);
  for (const [name, field] of Object.entries(shape.fields ?? {})) places(field, `${path}.${name}`, into);
  if (shape.items) places(shape.items, `${path}[]`, into);
  if (shape.additional) places(shape.additional, `${path}{}`, into);
  return into;
}

function spec(group: string, version: string, kind: string, minor?: string): Map<string, Shape> {
  const shape = structureOf(group, version, kind, minor)?.fields?.spec;
  assert.ok(shape, `${group}/${version} ${kind} ${minor}`);
  return places(shape, '.spec');
}

const input = resolve(process.env.STRUCTURE_INPUT ?? '../shared');
const skip = existsSync(input)
  ? false
  : `no CRDs to compare with at ${input}: run this where the inputs of gen-structure lie beside the repository`;

describe('the bundled structure equals the CRDs it was made from', { skip }, () => {
  interface Listed {
    enum?: string[];
    pattern?: string;
    default?: unknown;
    cel: string[];
  }
  interface Schema extends Omit<Listed, 'cel'> {
    type?: string;
    required?: string[];
    minLength?: number;
    maxLength?: number;
    minimum?: number;
    maximum?: number;
    minItems?: number;
    maxItems?: number;
    properties?: Record<string, Schema>;
    items?: Schema;
    additionalProperties?: Schema;
    'x-kubernetes-preserve-unknown-fields'?: boolean;
    'x-kubernetes-validations'?: { rule: string; message: string }[];
  }
  type ByMinor = Record<string, Record<string, [tag: string, fields: Record<string, Listed>]>>;
  const listed = skip ? {} : (JSON.parse(readFileSync(`${input}/data/flux-fields-by-minor.json`, 'utf8')) as ByMinor);

  test('kinds, versions and minors', () => {
    const ours = fluxKinds()
      .filter((k) => k.group !== 'fluxcd.controlplane.io')
      .flatMap((k) => k.versions.map((v) => `${k.group}/${k.kind}/${v}`));
    assert.deepEqual(ours.sort(), Object.keys(listed).sort());
    for (const minor of FLUX_MINORS)
      for (const { group, kind } of fluxKinds().filter((k) => k.group !== 'fluxcd.controlplane.io')) {
        const theirs = Object.keys(listed).filter((k) => k.startsWith(`${group}/${kind}/`) && listed[k]?.[minor]);
        assert.deepEqual(
          servedVersions(group, kind, minor)
            .map((v) => `${group}/${kind}/${v}`)
            .sort(),
          theirs.sort(),
        );
      }
  });

  for (const [name, minors] of Object.entries(listed))
    for (const [minor, [, fields]] of Object.entries(minors))
      test(`${name} in Flux ${minor}`, () => {
        const [group = '', kind = '', version = ''] = name.split('/');
        const ours = spec(group, version, kind, minor);
        const theirs = Object.entries(fields).filter(([path]) => path.startsWith('.spec'));
        assert.deepEqual(
          [...ours.keys()].filter((path) => !path.includes('{}')).sort(),
          theirs.map(([path]) => path).sort(),
        );
        for (const [path, field] of theirs) {
          const shape = ours.get(path);
          assert.deepEqual([...(shape?.enum ?? [])].sort(), [...(field.enum ?? [])].sort(), path);
          assert.equal(shape?.pattern, field.pattern, path);
          assert.deepEqual(shape?.default, field.default, path);
          assert.deepEqual(
            [...new Set(shape?.cel?.map((c) => c.message))].sort(),
            [...new Set(field.cel)].sort(),
            path,
          );
        }
      });

  for (const file of skip ? [] : readdirSync(`${input}/crds`).filter((f) => f.endsWith('.yaml')))
    test(file, () => {
      const crd = parse(readFileSync(`${input}/crds/${file}`, 'utf8'));
      for (const version of crd.spec.versions) {
        const ours = spec(crd.spec.group, version.name, crd.spec.names.kind);
        compare(version.schema.openAPIV3Schema.properties.spec, '.spec', ours);
        assert.deepEqual([...ours.keys()], [], 'invented');
      }
    });

  /** Takes what the schema has out of `ours`. */
  function compare(schema: Schema, path: string, ours: Map<string, Shape>): void {
    const shape = ours.get(path);
    ours.delete(path);
    assert.ok(shape, `missing: ${path}`);
    assert.equal(shape.type, schema.type ?? 'any', path);
    assert.equal(!!shape.open, schema.type === 'object' && !!schema['x-kubernetes-preserve-unknown-fields'], path);
    assert.deepEqual([...(shape.required ?? [])].sort(), [...(schema.required ?? [])].sort(), path);
    const keys = [
      'pattern',
      'default',
      'minLength',
      'maxLength',
      'minimum',
      'maximum',
      'minItems',
      'maxItems',
    ] as const;
    for (const key of keys) assert.deepEqual(shape[key], schema[key], `${path} ${key}`);
    assert.deepEqual(shape.enum && [...shape.enum].sort(), schema.enum && [...schema.enum].sort(), path);
    const rules = schema['x-kubernetes-validations']?.map(({ rule, message }) => ({ rule, message }));
    assert.deepEqual(shape.cel, rules, path);
    for (const [name, field] of Object.entries(schema.properties ?? {})) compare(field, `${path}.${name}`, ours);
    if (schema.items) compare(schema.items, `${path}[]`, ours);
    if (schema.additionalProperties) compare(schema.additionalProperties, `${path}{}`, ours);
  }

  test('the Flux Operator', () => {
    const text = readFileSync(`${input}/data/flux-operator-fields.txt`, 'utf8');
    for (const section of text.split(/^## /m).slice(1)) {
      const [, group = '', version = '', kind = ''] = /^(\S+)\/(\S+) (\S+)/.exec(section) ?? [];
      const ours = spec(group, version, kind);
      const lines = section.split('\n').filter((l) => /^ {2}spec/.test(l));
      assert.deepEqual(
        [...ours.keys()].map((p) => `  ${p.slice(1)}`).sort(),
        lines.map((l) => l.split(' {')[0]).sort(),
      );
      for (const line of lines) {
        const [, path, facts = '{}', required] = /^ {2}(\S+) (\{.*?\})(?: REQ=(.*))?$/.exec(line) ?? [];
        const shape = ours.get(`.${path}`);
        const { type, ...rest } = JSON.parse(facts);
        assert.equal(shape?.type, type ?? 'any', path);
        delete rest['x-kubernetes-preserve-unknown-fields'];
        for (const [key, value] of Object.entries(rest)) assert.deepEqual(shape?.[key as keyof Shape], value, path);
        assert.equal(shape?.required?.length ?? 0, required?.split(',').length ?? 0, path);
      }
      const rules = [...ours.values()].flatMap((s) => s.cel ?? []).length;
      assert.equal(rules, section.match(/^ {6}CEL /gm)?.length ?? 0, kind);
    }
  });
});

describe('the history of kinds and fields', () => {
  const SOURCE = 'source.toolkit.fluxcd.io';
  const NOTIFICATION = 'notification.toolkit.fluxcd.io';

  test('apiVersions', () => {
    assert.deepEqual(apiVersionHistory(SOURCE, 'OCIRepository'), [
      { version: 'v1', servedFrom: '2.6', deprecatedIn: undefined, removedIn: undefined },
      { version: 'v1beta2', servedFrom: '2.0', deprecatedIn: '2.6', removedIn: '2.8' },
    ]);
    assert.deepEqual(servedVersions('helm.toolkit.fluxcd.io', 'HelmRelease', 'v2.6.4'), ['v2', 'v2beta2', 'v2beta1']);
    assert.deepEqual(servedVersions('helm.toolkit.fluxcd.io', 'HelmRelease'), ['v2']);
    assert.equal(newestVersion('image.toolkit.fluxcd.io', 'ImagePolicy'), 'v1');
    assert.equal(newestVersion(SOURCE, 'Nothing'), undefined);
    assert.deepEqual(apiVersionHistory(SOURCE, 'constructor'), []);
  });

  test('fields', () => {
    const git = (...path: string[]) => fieldHistory(SOURCE, 'GitRepository', 'v1', ['spec', ...path]);
    assert.deepEqual(git('provider'), { since: '2.4', until: undefined, sinceAnyVersion: '2.4' });
    assert.deepEqual(git('url')?.since, '2.0');
    assert.equal(git('nothing'), undefined);
    assert.equal(git('constructor'), undefined);
    assert.deepEqual(fieldHistory(SOURCE, 'OCIRepository', 'v1', ['spec', 'proxySecretRef', 'name']), {
      since: '2.6',
      until: undefined,
      sinceAnyVersion: '2.4',
    });
    assert.equal(fieldHistory('fluxcd.controlplane.io', 'FluxInstance', 'v1', ['spec', 'sync']), undefined);
  });

  test('values', () => {
    const value = (v: string) => valueHistory(SOURCE, 'GitRepository', 'v1', ['spec', 'provider'], v)?.since;
    assert.deepEqual([value('azure'), value('github'), value('aws'), value('gcp')], ['2.4', '2.5', '2.9', undefined]);
  });

  test('shapes follow the minor', () => {
    const provider = (minor?: string) =>
      structureOf(SOURCE, 'v1', 'GitRepository', minor)?.fields?.spec?.fields?.provider;
    assert.equal(provider('2.3'), undefined);
    assert.deepEqual(provider('2.4')?.enum, ['generic', 'azure']);
    assert.equal(provider()?.enum?.length, 4);
    assert.equal(provider('2.42'), provider());
    // Before 2.9 a receiver always needs a Secret; a version that is gone answers as it last was.
    const receiver = (minor: string) => structureOf(NOTIFICATION, 'v1', 'Receiver', minor)?.fields?.spec?.required;
    assert.equal(receiver('2.8')?.includes('secretRef'), true);
    assert.equal(receiver('2.9')?.includes('secretRef'), false);
    assert.ok(structureOf(SOURCE, 'v1beta2', 'Bucket', '2.9')?.fields?.spec?.fields?.prefix);
    const cel = (minor: string) => structureOf(SOURCE, 'v1', 'GitRepository', minor)?.fields?.spec?.cel;
    assert.deepEqual(
      ['2.6', '2.8', '2.9'].map((m) => cel(m)?.map((c) => c.message)),
      [
        undefined,
        ["serviceAccountName can only be set when provider is 'azure'"],
        ["serviceAccountName can only be set when provider is 'azure' or 'aws'"],
      ],
    );
  });

  test('names of Object are no fields', () => {
    const shape = structureOf(SOURCE, 'v1', 'Bucket');
    assert.equal(shape?.fields?.constructor, undefined);
    assert.equal(structureOf('constructor', 'v1', 'x'), undefined);
    assert.equal(structureOf(SOURCE, 'toString', 'Bucket'), undefined);
  });
});
