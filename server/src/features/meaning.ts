import { applicationById, SCOPES, TOKEN_EXCHANGE_AUDIENCE } from '../azure/applications.ts';
import { parseDevOpsUrl } from '../azure/devops.ts';
import { SERVICE_TITLES, serviceOfHost } from '../azure/hosts.ts';
import { parseKeyUrl } from '../azure/key-vault.ts';
import { kindOfId, parseResourceId } from '../azure/resource-ids.ts';
import { roleByGuid } from '../azure/roles.ts';
import { isGuid, isTemplate } from '../azure/text-kinds.ts';
import { code } from '../facts/describe.ts';
import type { Workspace } from '../model/context.ts';
import { identityOfClientId } from './identities.ts';

/** What a text is in Azure, in a line of Markdown: a host, a URL, a resource id, a well-known GUID. */
export function meaningOf(value: string, workspace: Workspace): string | undefined {
  const text = value.trim();
  if (text === '' || text.length > 2000 || isTemplate(text)) return undefined;
  if (isGuid(text)) return meaningOfGuid(text, workspace);
  if (text.startsWith('/')) return meaningOfId(text);
  if (text === TOKEN_EXCHANGE_AUDIENCE)
    return 'The audience of tokens that Microsoft Entra ID exchanges, the same in every cloud.';
  const scope = Object.entries(SCOPES).find(([, s]) => s === text);
  if (scope) return `The scope of tokens for ${SCOPE_TITLES[scope[0]] ?? scope[0]}.`;
  const subject = /^system:serviceaccount:([^:\s]+):([^:\s]+)$/.exec(text);
  if (subject)
    return `The subject of tokens of ServiceAccount ${code(subject[2] as string)} in namespace ${code(subject[1] as string)}.`;
  return meaningOfUrl(text);
}

const SCOPE_TITLES: Readonly<Record<string, string>> = {
  aks: 'the API servers of AKS',
  devops: 'Azure DevOps',
  blobStorage: 'Azure Blob Storage',
  eventHubs: 'Azure Event Hubs',
  registry: 'Azure Container Registry',
};

function meaningOfGuid(guid: string, workspace: Workspace): string | undefined {
  const application = applicationById(guid);
  if (application) return `The application **${application.name}**.`;
  const role = roleByGuid(guid);
  if (role) return `The built-in role **${role.name}**.`;
  const identity = identityOfClientId(guid, workspace);
  return identity && `The client id of the identity **${identity.name}** (${identity.from}).`;
}

function meaningOfId(text: string): string | undefined {
  const id = parseResourceId(text);
  if (!id) return undefined;
  const role = /\/roleDefinitions\//i.test(text) ? roleByGuid(text) : undefined;
  if (role) return `The built-in role **${role.name}**.`;
  const kind = kindOfId(id);
  const title =
    kind?.title ??
    (id.type === 'resourceGroup' ? 'resource group' : id.type === 'subscription' ? 'subscription' : id.type);
  const where = [
    id.type !== 'resourceGroup' && id.resourceGroup ? `resource group ${code(id.resourceGroup.text)}` : '',
    id.type !== 'subscription' && id.subscription ? `subscription ${code(id.subscription.text)}` : '',
  ].filter(Boolean);
  return `The ${title} **${id.name.text}**${where.length > 0 ? ` in ${where.join(', ')}` : ''}.`;
}

function meaningOfUrl(text: string): string | undefined {
  const repository = parseDevOpsUrl(text);
  if (repository)
    return `Azure DevOps: repository **${decode(repository.repository)}** of project ${code(decode(repository.project))}, organization ${code(repository.organization)}.`;
  const key = parseKeyUrl(text);
  if (key?.vault)
    return `The key **${key.key}** of ${key.vault.hsm ? 'Managed HSM' : 'Key Vault'} ${code(key.vault.name)}${key.version ? '' : ', in its newest version'}${cloudOf(key.vault.cloud?.title)}.`;
  // A sentence is no host, nor is a file name.
  if (!/^(?:[a-z][a-z0-9+.-]*:\/\/)?[^\s/]+\.[^\s/]+(?:\/\S*)?$/i.test(text)) return undefined;
  const meaning = serviceOfHost(text);
  if (!meaning) return undefined;
  return `${SERVICE_TITLES[meaning.service]}${meaning.name ? ` **${meaning.name}**` : ''}${cloudOf(meaning.cloud?.title)}.`;
}

const cloudOf = (title: string | undefined): string => (title ? ` in ${title}` : '');

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
