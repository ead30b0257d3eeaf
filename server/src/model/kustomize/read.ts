import { canonicalUri, dirname } from '../../text/uri.ts';
import { asMap, asScalar, entries, get, items, text } from '../../yaml/navigate.ts';
import type { Entry, MapNode, Node } from '../../yaml/tree.ts';
import { splitApiVersion } from '../object.ts';
import type { SourceDocument } from '../source-file.ts';
import { type Generator, readGenerators } from './generator.ts';
import { type PatchEntry, readPatches } from './patch-list.ts';
import { type Written, type WrittenText, written, writtenTexts } from './written.ts';

/** What a kustomization.yaml says. Every part carries the node it was read from; parts of a wrong type are left out. */
export interface KustomizationFile {
  readonly document: SourceDocument;
  readonly root: MapNode;
  /** Canonical (see canonicalUri). */
  readonly uri: string;
  /** The folder its paths are relative to, canonical. */
  readonly folder: string;
  readonly kind: 'Kustomization' | 'Component';
  /** False for a document of that kind in a file that kustomize does not look for. */
  readonly named: boolean;

  readonly resources: readonly WrittenText[];
  /** Deprecated; kustomize appends them to `resources`. */
  readonly bases: readonly WrittenText[];
  readonly components: readonly WrittenText[];
  readonly crds: readonly WrittenText[];
  readonly generators: readonly WrittenText[];
  readonly transformers: readonly WrittenText[];
  readonly validators: readonly WrittenText[];
  readonly configurations: readonly WrittenText[];

  readonly namespace: Written | undefined;
  readonly namePrefix: Written | undefined;
  readonly nameSuffix: Written | undefined;
  readonly labels: readonly LabelSet[];
  readonly commonLabels: readonly Entry[];
  readonly commonAnnotations: readonly Entry[];
  readonly images: readonly MapNode[];
  readonly replacements: readonly Replacement[];
  readonly configMapsAndSecrets: readonly Generator[];
  readonly patches: readonly PatchEntry[];
  readonly helmCharts: readonly HelmChart[];
}

/** One item of `labels`. */
export interface LabelSet {
  readonly node: MapNode;
  readonly pairs: readonly Entry[];
  readonly includeSelectors: boolean;
  readonly includeTemplates: boolean;
  /** Further places that get the labels. */
  readonly fields: Node | undefined;
}

export interface Replacement {
  readonly node: MapNode;
  /** The file that holds it. */
  readonly path: WrittenText | undefined;
  /** The field paths it writes, of all its targets. Those of a file are not among them. */
  readonly fieldPaths: readonly WrittenText[];
}

export interface HelmChart {
  readonly node: MapNode;
  readonly name: Written | undefined;
  readonly namespace: Written | undefined;
  /** `valuesFile` and `additionalValuesFiles`. */
  readonly valuesFiles: readonly WrittenText[];
}

/** The names kustomize looks for, in its order (kustomize, api/konfig/general.go). */
export const KUSTOMIZATION_FILE_NAMES: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

export const isKustomizationFileName = (uri: string): boolean =>
  KUSTOMIZATION_FILE_NAMES.some((name) => uri.endsWith(name) && uri.at(-name.length - 1) === '/');

/** True where the text of a document is worth a parse by readKustomization. */
export const mayBeKustomization = (document: SourceDocument): boolean =>
  document.text.includes('kustomize.config.k8s.io') || isKustomizationFileName(document.uri);

const known = new WeakMap<SourceDocument, { readonly file: KustomizationFile | undefined }>();

/**
 * Reads a document as a kustomization: one in a file that kustomize looks for, where apiVersion and kind may be left out,
 * or one of kind Kustomization or Component of kustomize.config.k8s.io in any file. `undefined` for all others, among
 * them Flux' own Kustomization in a file of that name.
 */
export function readKustomization(document: SourceDocument): KustomizationFile | undefined {
  const before = known.get(document);
  if (before) return before.file;
  const file = mayBeKustomization(document) ? read(document) : undefined;
  known.set(document, { file });
  return file;
}

function read(document: SourceDocument): KustomizationFile | undefined {
  const root = asMap(document.tree.root);
  if (!root) return undefined;
  const named = isKustomizationFileName(document.uri);
  const apiVersion = written(get(root, 'apiVersion'));
  const kind = written(get(root, 'kind'));
  if (apiVersion ? splitApiVersion(apiVersion.text ?? '').group !== 'kustomize.config.k8s.io' : !named)
    return undefined;
  if (kind ? kind.text !== 'Kustomization' && kind.text !== 'Component' : !named) return undefined;
  const uri = canonicalUri(document.uri);
  return {
    document,
    root,
    uri,
    folder: dirname(uri),
    kind: kind?.text === 'Component' ? 'Component' : 'Kustomization',
    named,
    resources: writtenTexts(get(root, 'resources')),
    bases: writtenTexts(get(root, 'bases')),
    components: writtenTexts(get(root, 'components')),
    crds: writtenTexts(get(root, 'crds')),
    generators: writtenTexts(get(root, 'generators')),
    transformers: writtenTexts(get(root, 'transformers')),
    validators: writtenTexts(get(root, 'validators')),
    configurations: writtenTexts(get(root, 'configurations')),
    namespace: written(get(root, 'namespace')),
    namePrefix: written(get(root, 'namePrefix')),
    nameSuffix: written(get(root, 'nameSuffix')),
    labels: items(get(root, 'labels')).flatMap(labelSet),
    commonLabels: entries(get(root, 'commonLabels')),
    commonAnnotations: entries(get(root, 'commonAnnotations')),
    images: [...items(get(root, 'images')), ...items(get(root, 'imageTags'))].flatMap((i) => asMap(i) ?? []),
    replacements: items(get(root, 'replacements')).flatMap(replacement),
    configMapsAndSecrets: readGenerators(root),
    patches: readPatches(root),
    helmCharts: items(get(root, 'helmCharts')).flatMap(helmChart),
  };
}

function labelSet(item: Node): LabelSet[] {
  const node = asMap(item);
  if (!node) return [];
  return [
    {
      node,
      pairs: entries(get(node, 'pairs')),
      includeSelectors: asScalar(get(node, 'includeSelectors'))?.value === true,
      includeTemplates: asScalar(get(node, 'includeTemplates'))?.value === true,
      fields: get(node, 'fields'),
    },
  ];
}

function replacement(item: Node): Replacement[] {
  const node = asMap(item);
  if (!node) return [];
  const path = get(node, 'path');
  return [
    {
      node,
      path: path?.kind === 'scalar' && text(path) ? { text: path.text, node: path } : undefined,
      fieldPaths: items(get(node, 'targets')).flatMap((target) => writtenTexts(get(target, 'fieldPaths'))),
    },
  ];
}

function helmChart(item: Node): HelmChart[] {
  const node = asMap(item);
  if (!node) return [];
  return [
    {
      node,
      name: written(get(node, 'name')),
      namespace: written(get(node, 'namespace')),
      valuesFiles: [...writtenTexts(get(node, 'valuesFile')), ...writtenTexts(get(node, 'additionalValuesFiles'))],
    },
  ];
}
