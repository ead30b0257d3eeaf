import { parseKeyUrl } from '../../azure/key-vault.ts';
import { isTemplate } from '../../azure/text-kinds.ts';
import type { Session } from '../../engine/session.ts';
import { code } from '../../facts/describe.ts';
import { asScalar, get, items, text } from '../../yaml/navigate.ts';
import { clientIdOf, identityOfAccount, tenantIdOf } from '../identities.ts';
import type { Proposal } from './item.ts';
import type { Target } from './target.ts';

/** Values of the same sort that other files of the workspace use: tenants, client ids, keys of Key Vault. */
export function knownValueProposals(target: Target): Proposal[] {
  switch (target.shape?.fact?.known) {
    case 'tenant-ids':
      return tenants(target);
    case 'client-ids':
      return clients(target);
    case 'key-urls':
      return keys(target.session).map((url, i) => proposal(url, i, parseKeyUrl(url)?.key));
    case 'vault-urls':
      return [...new Set(keys(target.session).map((url) => url.slice(0, url.indexOf('/keys/'))))].map((url, i) =>
        proposal(url, i),
      );
    default:
      return [];
  }
}

const proposal = (value: string, index: number, detail?: string, doc?: string): Proposal => ({
  label: value,
  kind: 'name',
  detail,
  documentation: () => doc ?? 'Used elsewhere in the workspace.',
  value,
  order: `0${String(index).padStart(3, '0')}`,
});

function tenants({ context }: Target): Proposal[] {
  const found = new Set<string>();
  for (const account of context.workspace.objects('', 'ServiceAccount')) {
    const tenant = tenantIdOf(account);
    if (tenant && !isTemplate(tenant)) found.add(tenant);
  }
  return [...found].slice(0, 20).map((t, i) => proposal(t, i));
}

function clients({ context }: Target): Proposal[] {
  const found = new Map<string, Proposal>();
  for (const account of context.workspace.objects('', 'ServiceAccount')) {
    const client = clientIdOf(account);
    if (!client || isTemplate(client) || found.has(client)) continue;
    const identity = identityOfAccount(account, context.workspace)?.name;
    const whose = `ServiceAccount ${code(account.name ?? '')}${account.namespace ? ` in ${code(account.namespace)}` : ''}`;
    found.set(
      client,
      proposal(
        client,
        found.size,
        identity ?? account.name,
        `The identity of ${whose}${identity ? `, ${code(identity)}` : ''}.`,
      ),
    );
    if (found.size >= 50) break;
  }
  return [...found.values()];
}

/** The keys of Key Vault that `.sops.yaml` files and encrypted files name, as URLs. */
function keys(session: Session): string[] {
  const found = new Set<string>();
  const add = (url: string | undefined) => {
    if (url && parseKeyUrl(url)) found.add(url);
  };
  for (const unit of session.workspace().units('sops-config'))
    for (const rule of items(get(unit.root, 'creation_rules'))) {
      const field = get(rule, 'azure_keyvault');
      const texts = field?.kind === 'seq' ? field.items.map((i) => text(i)) : [text(asScalar(field))];
      for (const list of texts) for (const url of list?.split(',') ?? []) add(url.trim());
    }
  for (const uri of session.uris()) {
    const source = session.file(uri)?.text;
    if (!source?.includes('azure_kv')) continue;
    for (const [, vault, name, version] of source.matchAll(ENCRYPTED_WITH)) add(`${vault}/keys/${name}/${version}`);
    if (found.size >= 50) break;
  }
  return [...found];
}

/** The three fields of a key as SOPS writes them, always in this order (getsops/sops stores/stores.go). */
const ENCRYPTED_WITH =
  /vault_url"?: *"?(https:\/\/[^\s",]+)"?,?\s+"?name"?: *"?([\w-]+)"?,?\s+"?version"?: *"?([0-9a-f]{32})/g;
