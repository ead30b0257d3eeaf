import { asScalar, entries, get, items, text } from '../yaml/navigate.ts';
import type { MapNode, Node, ScalarNode } from '../yaml/tree.ts';

/** What a string holds, by the name that rules and shapes use. */
export type EmbeddedLanguage =
  /** A kustomize patch: partial objects (several documents are legal) or a JSON6902 list. */
  | 'kustomize-patch'
  /** Argo CD's cluster configuration: JSON. */
  | 'argocd-cluster-config'
  /** Key `sops.azure-kv` of a decryption Secret: YAML or JSON. */
  | 'sops-azure-kv'
  | 'kubeconfig'
  /** `oidc.config` of argocd-cm: YAML. */
  | 'argocd-oidc-config'
  /** `dex.config` of argocd-cm: YAML. */
  | 'argocd-dex-config'
  | 'docker-config'
  /** A base64 or plain string that is shown decoded and has no structure. */
  | 'text';

/** A string that holds a document. */
export interface EmbedSite {
  readonly node: ScalarNode;
  readonly language: EmbeddedLanguage;
  readonly base64: boolean;
}

interface SiteSource {
  /** The kinds (`group/Kind`, `/Kind` for the core group) whose strings this looks at; a kustomization.yaml counts as its kind. */
  readonly kinds: readonly string[];
  sites(root: MapNode): Iterable<EmbedSite>;
}

/** The language of a key of a Secret or ConfigMap, from the key and the object's labels alone. */
function dataLanguage(root: MapNode, key: string): EmbeddedLanguage | undefined {
  if (key === 'sops.azure-kv') return 'sops-azure-kv';
  if (key === '.dockerconfigjson') return 'docker-config';
  if (key === 'config' && text(get(root, 'metadata', 'labels', 'argocd.argoproj.io/secret-type')) === 'cluster')
    return 'argocd-cluster-config';
  return settingLanguage(key);
}

const settingLanguage = (key: string): EmbeddedLanguage | undefined =>
  key === 'oidc.config' ? 'argocd-oidc-config' : key === 'dex.config' ? 'argocd-dex-config' : undefined;

const looksLikeKubeconfig = (content: string): boolean =>
  /\bkind["']?\s*:\s*["']?Config\b/.test(content) && /\busers["']?\s*:/.test(content);

function* dataSites(root: MapNode): Iterable<EmbedSite> {
  const secret = text(get(root, 'kind')) === 'Secret';
  for (const [field, base64] of [
    ['data', secret],
    ['stringData', false],
  ] as const) {
    if (field === 'stringData' && !secret) continue;
    for (const entry of entries(get(root, field))) {
      const node = asScalar(entry.value);
      if (!node || typeof node.value !== 'string' || node.value.startsWith('ENC[')) continue;
      const language = dataLanguage(root, entry.key.text);
      if (language) yield { node, language, base64 };
      else if (base64) {
        // What a base64 string holds is known only once it is decoded: see embeddedTrees.
        if (node.text.length < 200_000) yield { node, language: 'text', base64 };
      } else if (looksLikeKubeconfig(node.text)) yield { node, language: 'kubeconfig', base64 };
    }
  }
}

/** ExternalSecret templates are Secrets to be: `spec.target.template.data` holds plain strings. */
function* templateSites(root: MapNode): Iterable<EmbedSite> {
  const spec = get(root, 'spec', 'externalSecretSpec') ?? get(root, 'spec');
  const template = get(spec, 'target', 'template');
  if (template?.kind !== 'map') return;
  for (const entry of entries(get(template, 'data'))) {
    const node = asScalar(entry.value);
    const language = dataLanguage(template, entry.key.text);
    if (node && language && typeof node.value === 'string') yield { node, language, base64: false };
  }
}

/** The settings of Argo CD that are YAML in a string, by key. */
function* settingSites(settings: Node | undefined): Iterable<EmbedSite> {
  for (const key of ['oidc.config', 'dex.config']) {
    const node = asScalar(get(settings, key));
    const language = node && typeof node.value === 'string' ? settingLanguage(key) : undefined;
    if (node && language) yield { node, language, base64: false };
  }
}

/** Values of the chart argo-cd; `server.config` is what `configs.cm` was called before version 5 of it. */
function* chartSites(values: Node | undefined): Iterable<EmbedSite> {
  yield* settingSites(get(values, 'configs', 'cm'));
  yield* settingSites(get(values, 'server', 'config'));
}

/** The resource of argocd-operator. */
function* operatorSites(root: MapNode): Iterable<EmbedSite> {
  for (const [language, path] of [
    ['argocd-oidc-config', ['oidcConfig']],
    ['argocd-dex-config', ['sso', 'dex', 'config']],
  ] as const) {
    const node = asScalar(get(root, 'spec', ...path));
    if (node && typeof node.value === 'string') yield { node, language, base64: false };
  }
}

function* patchStrings(list: Node | undefined, key?: string): Iterable<EmbedSite> {
  for (const item of items(list)) {
    const node = asScalar(key ? get(item, key) : item);
    if (node && typeof node.value === 'string' && (key || node.text.includes('\n')))
      yield { node, language: 'kustomize-patch', base64: false };
  }
}

function* kustomizePatches(holder: Node | undefined): Iterable<EmbedSite> {
  yield* patchStrings(get(holder, 'patches'), 'patch');
  yield* patchStrings(get(holder, 'patchesStrategicMerge'));
  yield* patchStrings(get(holder, 'patchesJson6902'), 'patch');
}

const SOURCES: readonly SiteSource[] = [
  { kinds: ['/Secret', '/ConfigMap'], sites: dataSites },
  { kinds: ['external-secrets.io/ExternalSecret', 'external-secrets.io/ClusterExternalSecret'], sites: templateSites },
  { kinds: ['kustomize.config.k8s.io/Kustomization', 'kustomize.config.k8s.io/Component'], sites: kustomizePatches },
  { kinds: ['kustomize.toolkit.fluxcd.io/Kustomization'], sites: (root) => kustomizePatches(get(root, 'spec')) },
  { kinds: ['fluxcd.controlplane.io/FluxInstance'], sites: (root) => kustomizePatches(get(root, 'spec', 'kustomize')) },
  { kinds: ['argoproj.io/ArgoCD'], sites: operatorSites },
  {
    kinds: ['argoproj.io/Application'],
    *sites(root) {
      const spec = get(root, 'spec');
      for (const source of [get(spec, 'source'), ...items(get(spec, 'sources'))])
        yield* chartSites(get(source, 'helm', 'valuesObject'));
    },
  },
  {
    kinds: ['helm.toolkit.fluxcd.io/HelmRelease'],
    *sites(root) {
      yield* chartSites(get(root, 'spec', 'values'));
      for (const renderer of items(get(root, 'spec', 'postRenderers')))
        yield* kustomizePatches(get(renderer, 'kustomize'));
    },
  },
];

const BY_KIND = new Map<string, SiteSource[]>();
for (const source of SOURCES)
  for (const kind of source.kinds) BY_KIND.set(kind, [...(BY_KIND.get(kind) ?? []), source]);

/** The strings of an object that hold documents. `type` is its group and kind. */
export function embedSites(root: MapNode, type: { readonly group: string; readonly kind: string }): EmbedSite[] {
  return (BY_KIND.get(`${type.group}/${type.kind}`) ?? []).flatMap((source) => [...source.sites(root)]);
}

/** The language that decoded base64 turns out to be in; `undefined` for plain text. */
export const decodedLanguage = (content: string): EmbeddedLanguage | undefined =>
  looksLikeKubeconfig(content) ? 'kubeconfig' : undefined;
