import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import { type FoundReference, referencesOf } from '../../facts/references.ts';
import type { Possible, Workspace } from '../../model/context.ts';
import { annotationsOf, type KubernetesObject } from '../../model/object.ts';
import { byText } from '../../model/object-index.ts';
import { objectLevelIdentityOf } from '../../model/views/object-level-identity.ts';
import { asScalar, entries, get, items, text, textAt } from '../../yaml/navigate.ts';
import type { Entry } from '../../yaml/tree.ts';
import type { View } from '../define.ts';
import { onlyTypes, view } from '../views.ts';
import { FLUX_KINDS, isFluxKind } from './_structure.ts';

/** A name in a complete object by which it refers to another one, and where that one has to be. */
export interface NamedObject {
  readonly object: KubernetesObject;
  /** The field, for a message: `spec.secretRef`. */
  readonly field: string;
  readonly found: Pick<FoundReference, 'node' | 'name' | 'group' | 'kind' | 'namespaceNode'>;
  /** True where the reference may have a namespace of its own. */
  readonly crossNamespace: boolean;
  /** The namespaces that the name is looked for in: always known. */
  readonly namespaces: ReadonlySet<string>;
}

/** References whose objects nobody has to have in Git, or that say of themselves that they are optional. */
const LOOSE = /^spec\.(dependsOn|postBuild|valuesFrom|eventSources|resources|sources|inputsFrom|serviceAccountName$)/;

/** The references of Flux objects, and those of ConfigMaps for remote clusters. What is not written in full is left out. */
export const namedObjects: View<NamedObject> = view(
  'every kind of Flux',
  function* ({ object }, { workspace }) {
    if (!object || object.partial) return;
    for (const { field, found, crossNamespace } of written(object)) {
      if (isTemplate(found.name) || isPlaceholder(found.name)) continue;
      const own = found.namespaceNode;
      if (own && (typeof own.value !== 'string' || isTemplate(own.text) || own.text === '')) continue;
      const where: Possible = own ? { known: true, names: new Set([own.text]) } : workspace.namespacesOf(object);
      if (where.known) yield { object, field, found, crossNamespace, namespaces: where.names };
    }
  },
  onlyTypes([...FLUX_KINDS, '/ConfigMap']),
);

function* written(object: KubernetesObject): Iterable<Pick<NamedObject, 'field' | 'found' | 'crossNamespace'>> {
  if (isFluxKind(object))
    for (const found of referencesOf(object)) {
      if (LOOSE.test(found.path)) continue;
      const field = found.path.replace(/\.name$/, '');
      yield { field, found, crossNamespace: found.reference.namespaceField !== undefined };
    }
  const identity = objectLevelIdentityOf(object);
  if (identity && typeof identity.account.value === 'string' && identity.field !== 'spec.decryption.serviceAccountName')
    yield {
      field: identity.field,
      found: {
        node: identity.account,
        name: identity.account.text,
        group: '',
        kind: 'ServiceAccount',
        namespaceNode: undefined,
      },
      crossNamespace: false,
    };
}

/** The objects of this type and name, whatever their namespace. */
export const namesakes = ({ found }: NamedObject, workspace: Workspace): readonly KubernetesObject[] =>
  workspace.having(found.group, found.kind, byText('metadata', 'name'), found.name);

/**
 * True where something in the workspace may make the object though no file holds it: a generator, an operator, Flux
 * itself.
 */
export function isMadeElsewhere({ found }: NamedObject, workspace: Workspace): boolean {
  const { name, kind, group } = found;
  // What `flux bootstrap`, a FluxInstance and the extension of AKS call what they make.
  if (name === 'flux-system') return true;
  if (group === '' && kind === 'ServiceAccount') return name === 'default';
  if (group === '' && (kind === 'Secret' || kind === 'ConfigMap')) {
    if (workspace.generated(kind).some((g) => g.name === name)) return true;
    return kind === 'Secret' && isMadeSecret(name, workspace);
  }
  for (const instance of workspace.objects('fluxcd.controlplane.io', 'FluxInstance'))
    if (get(instance.root, 'spec', 'sync') && textAt(instance.root, 'spec', 'sync', 'name') === name) return true;
  return workspace
    .objects('fluxcd.controlplane.io', 'ResourceSet')
    .some((set) => set.document.text.includes(`kind: ${kind}`));
}

/** Kinds that make Secrets, and where they name them; without a name there it is their own. */
const MAKERS: readonly (readonly [group: string, kind: string, path: readonly string[]])[] = [
  ['bitnami.com', 'SealedSecret', ['spec', 'template', 'metadata', 'name']],
  ['external-secrets.io', 'ExternalSecret', ['spec', 'target', 'name']],
  ['external-secrets.io', 'ClusterExternalSecret', ['spec', 'externalSecretSpec', 'target', 'name']],
  ['spv.no', 'AzureKeyVaultSecret', ['spec', 'output', 'secret', 'name']],
  ['cert-manager.io', 'Certificate', ['spec', 'secretName']],
];

function isMadeSecret(name: string, workspace: Workspace): boolean {
  for (const [group, kind, path] of MAKERS)
    for (const maker of workspace.objects(group, kind)) {
      const made = text(get(maker.root, ...path)) ?? maker.name;
      if (made === undefined || made === name || isTemplate(made)) return true;
    }
  return workspace
    .objects('secrets-store.csi.x-k8s.io', 'SecretProviderClass')
    .some((c) => items(get(c.root, 'spec', 'secretObjects')).some((s) => textAt(s, 'secretName') === name));
}

/** True for a Secret or ConfigMap that a replicator copies to other namespaces. */
export const isReplicated = (object: KubernetesObject): boolean =>
  entries(annotationsOf(object)).some(({ key }: Entry) =>
    /^(reflector\.v1\.k8s\.emberstack\.com|replicator\.v1\.mittwald\.de)\//.test(key.text),
  );

/** The namespaces in words. */
export const inNamespaces = (names: ReadonlySet<string>): string => `"${[...names].join('", "')}"`;

/** True for an entry of a list of arguments that switches a flag on. */
export const switchesOn = (argument: string | undefined, flag: string): boolean =>
  argument === `--${flag}` || argument === `--${flag}=true`;

export const argumentsOf = (container: Parameters<typeof get>[0]): readonly string[] =>
  (['command', 'args'] as const).flatMap((list) =>
    items(get(container, list)).flatMap((item) => asScalar(item)?.text ?? []),
  );
