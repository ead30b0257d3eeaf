import { hostOf } from '../../azure/clouds.ts';
import { embeddedDocuments } from '../../embed/embedded.ts';
import type { RuleContext } from '../../model/context.ts';
import { isKind, type KubernetesObject, label } from '../../model/object.ts';
import { mayMeet } from '../../model/views/argocd-cluster.ts';
import { asMap, get, text } from '../../yaml/navigate.ts';
import type { MapNode, Node, ScalarNode } from '../../yaml/tree.ts';
import { onlyLanguages, view } from '../views.ts';

export const SETTINGS = 'argocd-cm';

/** True for an object of Argo CD that has this name, or a patch for it. */
export const isNamed = (object: KubernetesObject, name: string): boolean =>
  (object.name ?? object.target?.name) === name || text(label(object, 'app.kubernetes.io/name')?.value) === name;

/** Only what Argo CD reads: another ConfigMap may have a key of this name too. */
const isSettings = ({ object }: RuleContext): boolean =>
  object !== undefined && (!isKind(object, '', 'ConfigMap', 'Secret') || isNamed(object, SETTINGS));

const settings = (language: 'argocd-oidc-config' | 'argocd-dex-config', name: string) =>
  view<MapNode>(
    name,
    function* (unit, context) {
      const root = unit.language === language ? asMap(unit.root) : undefined;
      if (root && isSettings(context)) yield root;
    },
    onlyLanguages(language),
  );

export const oidcConfigs = settings('argocd-oidc-config', 'oidc.config of argocd-cm');
export const dexConfigs = settings('argocd-dex-config', 'dex.config of argocd-cm');

/** All scalars below a node. */
export function* scalarsIn(node: Node | undefined): Iterable<ScalarNode> {
  if (node?.kind === 'scalar') yield node;
  else if (node?.kind === 'map') for (const entry of node.entries) yield* scalarsIn(entry.value);
  else if (node?.kind === 'seq') for (const item of node.items) yield* scalarsIn(item);
}

/** Where `//` stands in a plain scalar as if it began a comment; -1 where it does not. `://` is a URL. */
export function slashComment(node: Node | undefined): number {
  if (node?.kind !== 'scalar' || node.style !== 'plain') return -1;
  const at = node.text.search(/[ \t]\/\/[ \t]+\S/);
  return at < 0 ? -1 : at + 1;
}

const ISSUER_HOSTS = new Set([
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.chinacloudapi.cn',
  'login.partner.microsoftonline.cn',
  'sts.windows.net',
]);

/** The issuer of an oidc.config, where it is Microsoft Entra ID. */
export function entraIssuer(root: MapNode): ScalarNode | undefined {
  const issuer = get(root, 'issuer');
  return issuer?.kind === 'scalar' && typeof issuer.value === 'string' && ISSUER_HOSTS.has(hostOf(issuer.text))
    ? issuer
    : undefined;
}

/** What argocd-cm, in the namespace of an object, says of single sign-on. */
export interface SignOn {
  readonly oidc: MapNode | undefined;
  readonly dex: boolean;
  /** Names of the accounts of Argo CD itself. */
  readonly accounts: ReadonlySet<string>;
}

export function signOnsNear(object: KubernetesObject, { workspace }: RuleContext): SignOn[] {
  const own = workspace.namespacesOf(object);
  return workspace
    .objects('', 'ConfigMap')
    .filter((o) => isNamed(o, SETTINGS) && mayMeet(own, workspace.namespacesOf(o)))
    .map((o) => workspace.patched(o))
    .map((o) => {
      const data = asMap(get(o.root, 'data'));
      const keys = data?.entries.map((e) => e.key.text) ?? [];
      const oidc = embeddedDocuments(o.root, o).find((d) => d.language === 'argocd-oidc-config');
      return {
        oidc: asMap(oidc?.tree.root),
        dex: keys.includes('dex.config'),
        accounts: new Set(
          keys
            .filter((k) => k.startsWith('accounts.'))
            .map((k) => k.slice('accounts.'.length).replace(/\.enabled$/, '')),
        ),
      };
    });
}
