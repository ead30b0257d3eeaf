/** Azure DevOps repositories: the forms their clone URLs take. */

export type DevOpsForm =
  | 'https' // https://dev.azure.com/{org}/{project}/_git/{repo}
  | 'short' // https://dev.azure.com/{org}/_git/{repo}: the project has the repository's name
  | 'visualstudio' // https://{org}.visualstudio.com/[DefaultCollection/]{project}/_git/{repo}
  | 'ssh' // ssh://git@ssh.dev.azure.com/v3/{org}/{project}/{repo}
  | 'scp'; // git@ssh.dev.azure.com:v3/{org}/{project}/{repo}

export interface DevOpsRepository {
  readonly form: DevOpsForm;
  readonly scheme: 'https' | 'http' | 'ssh' | undefined;
  readonly user: string | undefined;
  /** As written, so possibly percent-encoded. */
  readonly organization: string;
  readonly project: string;
  readonly repository: string;
}

const SSH_HOSTS = new Set(['ssh.dev.azure.com', 'vs-ssh.visualstudio.com']);

/** True for a host of Azure DevOps Services. */
export const isDevOpsHost = (host: string): boolean =>
  /^(ssh\.)?dev\.azure\.com$|^.+\.visualstudio\.com$/i.test(host.replace(/:\d*$/, ''));

/** Reads a clone URL that Azure DevOps would accept; undefined for other hosts and other paths. */
export function parseDevOpsUrl(text: string): DevOpsRepository | undefined {
  const scp = /^([^@/\s]+)@([^:/\s]+):v3\/([^/\s]+)\/([^/\s]+)\/([^/\s]+)$/.exec(text);
  if (scp !== null) {
    if (!SSH_HOSTS.has(scp[2]!.toLowerCase())) return undefined;
    const [, user, , organization, project, repository] = scp as unknown as string[];
    return {
      form: 'scp',
      scheme: undefined,
      user,
      organization: organization!,
      project: project!,
      repository: repository!,
    };
  }
  const url = /^(https?|ssh):\/\/(?:([^@/\s]*)@)?([^/:\s]+)(?::\d+)?\/([^?#\s]*)$/i.exec(text);
  if (url === null) return undefined;
  const scheme = url[1]!.toLowerCase() as 'https' | 'http' | 'ssh';
  const host = url[3]!.toLowerCase();
  const parts = url[4]!.split('/').filter((part) => part !== '');
  const found = scheme === 'ssh' ? sshParts(host, parts) : webParts(host, parts);
  return found && { ...found, scheme, user: url[2]?.split(':')[0] };
}

type Parts = Pick<DevOpsRepository, 'form' | 'organization' | 'project' | 'repository'>;

function sshParts(host: string, [v3, organization, project, repository, ...more]: string[]): Parts | undefined {
  if (!SSH_HOSTS.has(host) || v3 !== 'v3' || repository === undefined || more.length > 0) return undefined;
  return { form: 'ssh', organization: organization!, project: project!, repository };
}

function webParts(host: string, parts: string[]): Parts | undefined {
  if (host === 'dev.azure.com') {
    const [organization, second, third, fourth] = parts;
    if (parts.length === 4 && third === '_git')
      return { form: 'https', organization: organization!, project: second!, repository: fourth! };
    if (parts.length === 3 && second === '_git')
      return { form: 'short', organization: organization!, project: third!, repository: third! };
    return undefined;
  }
  if (!host.endsWith('.visualstudio.com') || SSH_HOSTS.has(host)) return undefined;
  const path = parts[0]?.toLowerCase() === 'defaultcollection' ? parts.slice(1) : parts;
  const organization = host.slice(0, host.indexOf('.'));
  if (path.length === 3 && path[1] === '_git')
    return { form: 'visualstudio', organization, project: path[0]!, repository: path[2]! };
  if (path.length === 2 && path[0] === '_git')
    return { form: 'visualstudio', organization, project: path[1]!, repository: path[1]! };
  return undefined;
}

type Named = Pick<DevOpsRepository, 'organization' | 'project' | 'repository'>;

/** The canonical https URL, the only form that provider azure and Provider azuredevops both accept. */
export const devOpsHttpsUrl = ({ organization, project, repository }: Named): string =>
  `https://dev.azure.com/${organization}/${project}/_git/${repository}`;

/** The ssh URL in the form that Flux accepts. */
export const devOpsSshUrl = ({ organization, project, repository }: Named): string =>
  `ssh://git@ssh.dev.azure.com/v3/${organization}/${project}/${repository}`;

const ORGANIZATION = /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,48}[a-zA-Z0-9])?$/;

export const isOrganizationName = (text: string): boolean => ORGANIZATION.test(text);

export const ORGANIZATION_RULE =
  'an Azure DevOps organization has at most 50 letters, digits and hyphens and neither starts nor ends with a hyphen';

export const DEVOPS_SSH_HOST = 'ssh.dev.azure.com';

/** The host key of Azure DevOps over SSH as a line of `known_hosts`: published by Microsoft, and RSA alone. */
export const DEVOPS_SSH_HOST_KEY = `${DEVOPS_SSH_HOST} ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7Hr1oTWqNqOlzGJOfGJ4NakVyIzf1rXYd4d7wo6jBlkLvCA4odBlL0mDUyZ0/QUfTTqeu+tm22gOsv+VrVTMk6vwRU75gY/y9ut5Mb3bR5BV58dKXyq9A9UeB5Cakehn5Zgm6x1mKoVyf+FFn26iYqXJRgzIZZcZ5V6hrE0Qg39kZm4az48o0AUbf6Sp4SLdvnuMa2sVNwHBboS7EJkm57XQPVU3/QpyNLHbWDdzwtrlS+ez30S3AdYhLKEOxAG8weOnyrtLJAUen9mTkol8oII1edf7mWWbWVf0nBmly21+nZcmCTISQBtdcyPaEno7fFQMDD26/s0lfKob4Kw8H`;
