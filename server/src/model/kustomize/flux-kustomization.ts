import { entries, get, textAt } from '../../yaml/navigate.ts';
import type { Entry, Node } from '../../yaml/tree.ts';
import { isKind, type KubernetesObject, readObjects } from '../object.ts';
import type { SourceDocument } from '../source-file.ts';
import { type PatchEntry, patchesOf } from './patch-list.ts';
import { type Written, type WrittenText, written, writtenTexts } from './written.ts';

/** What a Kustomization of Flux says about the build of its path. */
export interface FluxKustomization {
  readonly object: KubernetesObject;
  /** Relative to the root of the source's artifact; `undefined` is the root itself. */
  readonly path: Written | undefined;
  readonly sourceRef:
    | { readonly kind: string; readonly name: string; readonly namespace: string | undefined }
    | undefined;
  /** Flux writes these four into the kustomization.yaml of the path, over what stands there. */
  readonly targetNamespace: Written | undefined;
  readonly namePrefix: Written | undefined;
  readonly nameSuffix: Written | undefined;
  readonly images: Node | undefined;
  /** Appended to the lists of the kustomization.yaml. */
  readonly components: readonly WrittenText[];
  readonly patches: readonly PatchEntry[];
  /** `spec.commonMetadata`: put on the objects that come out of the build, not on pod templates. */
  readonly commonLabels: readonly Entry[];
  readonly commonAnnotations: readonly Entry[];
  readonly postBuild: Node | undefined;
}

/** Reads a Kustomization of Flux; `undefined` for other kinds. */
export function readFluxKustomization(object: KubernetesObject): FluxKustomization | undefined {
  if (!isKind(object, 'kustomize.toolkit.fluxcd.io', 'Kustomization')) return undefined;
  const spec = get(object.root, 'spec');
  const kind = textAt(spec, 'sourceRef', 'kind');
  const name = textAt(spec, 'sourceRef', 'name');
  return {
    object,
    path: written(get(spec, 'path')),
    sourceRef:
      kind !== undefined && name !== undefined
        ? { kind, name, namespace: textAt(spec, 'sourceRef', 'namespace') }
        : undefined,
    targetNamespace: written(get(spec, 'targetNamespace')),
    namePrefix: written(get(spec, 'namePrefix')),
    nameSuffix: written(get(spec, 'nameSuffix')),
    images: get(spec, 'images'),
    components: writtenTexts(get(spec, 'components')),
    patches: patchesOf(object),
    commonLabels: entries(get(spec, 'commonMetadata', 'labels')),
    commonAnnotations: entries(get(spec, 'commonMetadata', 'annotations')),
    postBuild: get(spec, 'postBuild'),
  };
}

/** A document of this kind, or a list: the CRDs and roles of Flux name the group too, and are large. */
const MAY_HOLD = /(?:^["']?kind["']?[ \t]*:[ \t]*["']?|"kind"\s*:\s*")(?:Kustomization|[A-Za-z]*List)\b/m;

const known = new WeakMap<SourceDocument, readonly FluxKustomization[]>();

/** The Kustomizations of Flux that a document holds, items of a List among them. */
export function fluxKustomizationsIn(document: SourceDocument): readonly FluxKustomization[] {
  const before = known.get(document);
  if (before) return before;
  const isWorthIt = document.text.includes('kustomize.toolkit.fluxcd.io') && MAY_HOLD.test(document.text);
  const found = isWorthIt
    ? readObjects(document, document.tree.root).flatMap((object) => readFluxKustomization(object) ?? [])
    : [];
  known.set(document, found);
  return found;
}
