import type { Session } from '../engine/session.ts';
import { code, describeField, describeValue } from '../facts/describe.ts';
import { referencesOf } from '../facts/references.ts';
import { factsOfKind, factsOfLanguage, factsOfRole, rolesWithFacts, shapeOfUnit } from '../facts/registry.ts';
import { rolesOfGenerated } from '../facts/roles.ts';
import type { Shape } from '../facts/shape.ts';
import { shapeAt } from '../facts/walk.ts';
import type { RuleContext } from '../model/context.ts';
import type { KubernetesObject } from '../model/object.ts';
import { dataOf } from '../model/views/secret-data.ts';
import { sopsFileOf } from '../model/views/sops-file.ts';
import { withoutUser } from '../rules/flux/_sources.ts';
import type { Span } from '../text/span.ts';
import { asMap, textAt } from '../yaml/navigate.ts';
import type { ScalarNode } from '../yaml/tree.ts';
import { authenticationOf } from './authentication.ts';
import { sinceOfField } from './completion/keys.ts';
import { describeObject } from './completion/names.ts';
import { type Place, placeAt, type Spot, spanInFile, spotAt } from './locate.ts';
import { meaningOf } from './meaning.ts';

export interface Hover {
  /** Markdown. Never the value of a Secret's key that may be a credential, whatever stands at the offset. */
  readonly contents: string;
  /** In offsets of the file. */
  readonly span: Span;
}

/** What is to be said of what stands at an offset (UTF-16) of a file. */
export function hover(session: Session, uri: string, offset: number): Hover | undefined {
  const place = placeAt(session, uri, offset);
  if (!place) return undefined;
  const encoded = encodedHover(place);
  if (encoded) return encoded;
  const { unit, tree } = place;
  const spot = spotAt(unit?.root ?? tree.root, place.offset);
  if (spot?.node.kind !== 'scalar') return undefined;
  const context = unit && session.context(unit);
  const span = spanInFile(place, spot.node.tree, spot.node.span);
  // The indentation of a line in a block scalar is none of its content.
  if (offset < span.start || offset > span.end) return undefined;
  const parts = context ? describe(place, spot, spot.node, context) : [];
  return parts.length > 0 ? { contents: parts.join('\n\n---\n\n'), span } : undefined;
}

function describe(place: Place, spot: Spot, node: ScalarNode, context: RuleContext): string[] {
  const { unit } = place;
  if (!unit) return [];
  const rootShape = shapeOfUnit(unit, context);
  const shape = rootShape && shapeAt(rootShape, spot.path);
  const since = unit.object && sinceOfField(unit.object, spot.path);
  if (spot.onKey) return keyParts(spot, shape, since, unit.object, context);
  if (node.text.startsWith('ENC[')) return [encryptedPart(place)];
  const literal = generatorParts(spot, node, unit.object, context);
  if (literal) return literal;
  const hidden = isSecret(unit.object, spot, shape);
  const written = typeof node.value === 'string' ? node.value : node.text;
  const decoded = hidden ? undefined : decodedText(unit.object, spot);
  const value = decoded ?? written;
  const meaning = shape && !hidden ? describeValue(value, shape) : undefined;
  const named = referenceParts(node, unit.object, context);
  return [
    meaning,
    ...authenticationParts(spot, unit.object, context),
    decoded === undefined ? undefined : `Decoded: ${code(shortened(withoutUser(decoded)))}`,
    ...(hidden ? [secretPart(node, shape)] : [meaningOf(value, context.workspace)]),
    ...named,
    kindPart(spot, unit.object),
    // Of a value that is explained by itself the field's own text is one step away, on its key.
    hidden || !shape?.fact || meaning || named.length > 0 ? undefined : describeField(shape, since),
  ].filter((p) => p !== undefined);
}

const shortened = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

function keyParts(
  spot: Spot,
  shape: Shape | undefined,
  since: string | undefined,
  object: KubernetesObject | undefined,
  context: RuleContext,
): string[] {
  const field = shape?.fact ? describeField(shape, since) : since ? `Since ${since}.` : undefined;
  const parts = [field, ...authenticationParts(spot, object, context)];
  if (object && spot.path.length === 1 && (spot.path[0] === 'data' || spot.path[0] === 'stringData'))
    for (const role of rolesWithFacts(object, context))
      parts.push(`**${role.title}**\n\n${role.doc}${role.link ? `\n\n[Documentation](${role.link})` : ''}`);
  return parts.filter((p) => p !== undefined);
}

/** On the field that says how an object logs in: how it will, and why. */
function authenticationParts({ path }: Spot, object: KubernetesObject | undefined, context: RuleContext): string[] {
  if (!object || !LOGIN_FIELDS[object.kind]?.includes(path.join('.'))) return [];
  const lines = authenticationOf(object, context);
  return lines.length > 0
    ? [`**How this object authenticates, as far as the files tell**\n\n${lines.map((l) => `- ${l}`).join('\n')}`]
    : [];
}

const LOGIN_FIELDS: Readonly<Record<string, readonly string[]>> = {
  OCIRepository: ['spec.provider'],
  HelmRepository: ['spec.provider'],
  GitRepository: ['spec.provider'],
  Bucket: ['spec.provider'],
  ImageRepository: ['spec.provider'],
  ImageUpdateAutomation: ['spec.sourceRef', 'spec.sourceRef.name'],
  Kustomization: ['spec.decryption', 'spec.decryption.provider'],
  Provider: ['spec.type'],
  FluxInstance: ['spec.sync.provider'],
  ResourceSetInputProvider: ['spec.type'],
  ConfigMap: ['data.provider'],
};

/** A value that may be a credential: what a fact says is secret, and every key of a Secret that no fact says is not. */
function isSecret(object: KubernetesObject | undefined, { path }: Spot, shape: Shape | undefined): boolean {
  if (shape?.fact?.secret) return true;
  const inData = object?.kind === 'Secret' && (path[0] === 'data' || path[0] === 'stringData') && path.length > 1;
  return Boolean(inData && shape?.fact === undefined);
}

/** What the base64 of a Secret's key says, for keys that are no credential. */
function decodedText(object: KubernetesObject | undefined, { path }: Spot): string | undefined {
  if (object?.kind !== 'Secret' || path[0] !== 'data' || path.length !== 2) return undefined;
  return dataOf(object).get(String(path[1]))?.text;
}

const secretPart = (node: ScalarNode, shape: Shape | undefined): string =>
  `${shape?.fact && shape.fact.doc.length > 30 ? `${shape.fact.doc}\n\n` : ''}${node.text === '' ? 'Empty.' : `Text of ${node.text.length} characters, which may be confidential and is not shown.`}`;

/** A literal or file of a generator: what its key means in the part that the Secret or ConfigMap plays. */
function generatorParts(
  { path }: Spot,
  node: ScalarNode,
  object: KubernetesObject | undefined,
  { workspace }: RuleContext,
): string[] | undefined {
  const [list, index, field] = path;
  const kind = list === 'secretGenerator' ? 'Secret' : list === 'configMapGenerator' ? 'ConfigMap' : undefined;
  if (object?.group !== 'kustomize.config.k8s.io' || !kind || typeof index !== 'number') return undefined;
  if (field !== 'literals' && field !== 'files') return undefined;
  const key = /^[^=]*(?==)/.exec(node.text)?.[0] ?? '';
  const name = textAt(object.root, list as string, index, 'name');
  const roles = name ? rolesOfGenerated(kind, name, object, workspace) : [];
  return roles.flatMap((role) => {
    const shape = factsOfRole(role)?.shape.fields?.[key];
    const doc = shape && describeField(shape);
    return doc ? [`${code(key)}: ${doc}`] : [];
  });
}

/** The object that a name means. */
function referenceParts(node: ScalarNode, object: KubernetesObject | undefined, context: RuleContext): string[] {
  if (!object) return [];
  const roles = rolesWithFacts(object, context).map((r) => r.role);
  const found = referencesOf(object, roles).find((r) => r.node === node);
  if (!found) return [];
  const near = found.namespace ? { namespace: found.namespace } : object;
  const lookup = context.workspace.find(found.group, found.kind, found.name, near);
  if (lookup.state === 'found') return lookup.values.slice(0, 3).map((o) => describeObject(o));
  const generated =
    found.kind === 'Secret' || found.kind === 'ConfigMap'
      ? context.workspace.generated(found.kind).find((g) => g.name === found.name)
      : undefined;
  if (generated)
    return [
      `${found.kind} ${code(found.name)}, which a kustomization makes, with the keys ${generated.keys.map((k) => code(k.key)).join(', ') || 'of its files'}.`,
    ];
  return lookup.state === 'absent' ? [`${found.kind} ${code(found.name)} is not in the workspace.`] : [];
}

function kindPart(spot: Spot, object: KubernetesObject | undefined): string | undefined {
  if (!object || spot.path.length !== 1 || (spot.path[0] !== 'kind' && spot.path[0] !== 'apiVersion')) return undefined;
  const facts = object.group === 'kustomize.config.k8s.io' ? factsOfLanguage('kustomization') : factsOfKind(object);
  return facts && `${facts.doc}${facts.link ? `\n\n[Documentation](${facts.link})` : ''}`;
}

/** Of an encrypted value: the keys that can decrypt it, never the value. */
function encryptedPart({ unit }: Place): string {
  const file = unit && sopsFileOf(unit);
  const lines = ['Encrypted by SOPS.'];
  for (const key of file?.azureKeys ?? []) {
    const url = textAt(key, 'vault_url');
    const vault = /^https:\/\/([^./]+)\./.exec(url ?? '')?.[1] ?? url;
    const created = textAt(key, 'created_at');
    lines.push(
      `- Key ${code(textAt(key, 'name') ?? '?')} of Key Vault ${code(vault ?? '?')}${created ? `, since ${created.slice(0, 10)}` : ''}`,
    );
  }
  const modified = file && textAt(file.sops, 'lastmodified');
  if (modified) lines.push(`\nLast encrypted ${modified.slice(0, 10)}.`);
  return lines.join('\n');
}

/** Inside base64 positions mean little to a person: the string as a whole is explained. */
function encodedHover(place: Place): Hover | undefined {
  let host = place.tree.host;
  for (let t = place.tree; t.host; t = t.host.node.tree) if (t.host.encoded) host = t.host;
  if (!host?.encoded) return undefined;
  const facts = factsOfLanguage(host.language as Parameters<typeof factsOfLanguage>[0]);
  const root = asMap(place.tree.root);
  const keys = facts && root ? root.entries.map((e) => e.key.text).slice(0, 20) : [];
  const lines = [
    `Base64 of ${host.map.text.length} characters${facts ? `: **${facts.title}**` : ''}.`,
    ...(keys.length > 0 ? [`Fields: ${keys.map(code).join(', ')}.`] : []),
    ...(facts ? [facts.doc] : []),
  ];
  return { contents: lines.join('\n\n'), span: spanInFile(place, host.node.tree, host.node.span) };
}
