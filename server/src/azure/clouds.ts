/**
 * Azure's clouds: their hosts and the names that tools give them.
 * Hosts: Azure/go-autorest autorest/azure/environments.go; AKS hosts: MicrosoftDocs/azure-aks-docs, egress rules.
 */

export type CloudId = 'public' | 'usGovernment' | 'china' | 'german';

export interface Cloud {
  readonly id: CloudId;
  readonly title: string;
  /** True for a cloud that no longer exists; its hosts still count as known. */
  readonly closed: boolean;
  /** Hosts of Microsoft Entra ID, the usual one first. */
  readonly authorityHosts: readonly string[];
  readonly resourceManagerHost: string;
  readonly graphHost: string;
  /** Suffixes are written without a leading dot. */
  readonly keyVaultSuffix: string;
  readonly managedHsmSuffix: string | undefined;
  readonly registrySuffix: string;
  readonly blobSuffix: string;
  readonly serviceBusSuffix: string;
  readonly clusterApiSuffix: string | undefined;
  /** Suffix after `<region>.` of the issuer of an AKS cluster. */
  readonly issuerSuffix: string | undefined;
  readonly names: CloudNames;
}

/** How each tool calls the cloud; undefined where it does not know it. */
export interface CloudNames {
  /** go-autorest: the workload identity webhook's AZURE_ENVIRONMENT, Flux, ASO. */
  readonly autorest: string;
  /** Azure CLI: `az cloud set --name`. */
  readonly cli: string;
  /** All names that kubelogin 0.2 reads as this cloud, without regard to case. */
  readonly kubelogin: readonly string[];
  /** External Secrets environmentType. */
  readonly externalSecrets: string;
  /** Terraform azurerm `environment`. */
  readonly terraform: string | undefined;
  /** Harness azureEnvironmentType. */
  readonly harness: string | undefined;
}

const PUBLIC: Cloud = {
  id: 'public',
  title: 'Azure public cloud',
  closed: false,
  authorityHosts: ['login.microsoftonline.com'],
  resourceManagerHost: 'management.azure.com',
  graphHost: 'graph.microsoft.com',
  keyVaultSuffix: 'vault.azure.net',
  managedHsmSuffix: 'managedhsm.azure.net',
  registrySuffix: 'azurecr.io',
  blobSuffix: 'blob.core.windows.net',
  serviceBusSuffix: 'servicebus.windows.net',
  clusterApiSuffix: 'azmk8s.io',
  issuerSuffix: 'oic.prod-aks.azure.com',
  names: {
    autorest: 'AzurePublicCloud',
    cli: 'AzureCloud',
    kubelogin: ['AzurePublicCloud', 'AzureCloud', 'AzurePublic'],
    externalSecrets: 'PublicCloud',
    terraform: 'public',
    harness: 'AZURE',
  },
};

const US_GOVERNMENT: Cloud = {
  id: 'usGovernment',
  title: 'Azure US Government',
  closed: false,
  authorityHosts: ['login.microsoftonline.us'],
  resourceManagerHost: 'management.usgovcloudapi.net',
  graphHost: 'graph.microsoft.us',
  keyVaultSuffix: 'vault.usgovcloudapi.net',
  managedHsmSuffix: 'managedhsm.usgovcloudapi.net',
  registrySuffix: 'azurecr.us',
  blobSuffix: 'blob.core.usgovcloudapi.net',
  serviceBusSuffix: 'servicebus.usgovcloudapi.net',
  clusterApiSuffix: 'cx.aks.containerservice.azure.us',
  issuerSuffix: 'oic.prod-aks.azure.us',
  names: {
    autorest: 'AzureUSGovernmentCloud',
    cli: 'AzureUSGovernment',
    kubelogin: ['AzureUSGovernmentCloud', 'AzureUSGovernment'],
    externalSecrets: 'USGovernmentCloud',
    terraform: 'usgovernment',
    harness: 'AZURE_US_GOVERNMENT',
  },
};

const CHINA: Cloud = {
  id: 'china',
  title: 'Azure China (21Vianet)',
  closed: false,
  authorityHosts: ['login.chinacloudapi.cn', 'login.partner.microsoftonline.cn'],
  resourceManagerHost: 'management.chinacloudapi.cn',
  graphHost: 'microsoftgraph.chinacloudapi.cn',
  keyVaultSuffix: 'vault.azure.cn',
  managedHsmSuffix: 'managedhsm.azure.cn',
  registrySuffix: 'azurecr.cn',
  blobSuffix: 'blob.core.chinacloudapi.cn',
  serviceBusSuffix: 'servicebus.chinacloudapi.cn',
  clusterApiSuffix: 'cx.prod.service.azk8s.cn',
  issuerSuffix: 'oic.prod-aks.azure.cn',
  names: {
    autorest: 'AzureChinaCloud',
    cli: 'AzureChinaCloud',
    kubelogin: ['AzureChinaCloud'],
    externalSecrets: 'ChinaCloud',
    terraform: 'china',
    harness: undefined,
  },
};

const GERMAN: Cloud = {
  id: 'german',
  title: 'Azure Germany (closed in 2021)',
  closed: true,
  authorityHosts: ['login.microsoftonline.de'],
  resourceManagerHost: 'management.microsoftazure.de',
  graphHost: 'graph.microsoft.de',
  keyVaultSuffix: 'vault.microsoftazure.de',
  managedHsmSuffix: undefined,
  registrySuffix: 'azurecr.de',
  blobSuffix: 'blob.core.cloudapi.de',
  serviceBusSuffix: 'servicebus.cloudapi.de',
  clusterApiSuffix: undefined,
  issuerSuffix: undefined,
  names: {
    autorest: 'AzureGermanCloud',
    cli: 'AzureGermanCloud',
    kubelogin: [],
    externalSecrets: 'GermanCloud',
    terraform: undefined,
    harness: undefined,
  },
};

/** All clouds, the closed German one last. */
export const CLOUDS: readonly Cloud[] = [PUBLIC, US_GOVERNMENT, CHINA, GERMAN];

/** The clouds that can be used today. */
export const OPEN_CLOUDS: readonly Cloud[] = CLOUDS.filter((cloud) => !cloud.closed);

export const cloudById = (id: CloudId): Cloud => CLOUDS.find((cloud) => cloud.id === id)!;

/** The cloud that any of the tools calls by this name, without regard to case. */
export function cloudByName(name: string): Cloud | undefined {
  const lower = name.toLowerCase();
  return CLOUDS.find(({ names }) =>
    [names.autorest, names.cli, ...names.kubelogin, names.externalSecrets].some((n) => n.toLowerCase() === lower),
  );
}

/**
 * The cloud kubelogin 0.2 takes for an environment name. Every name it does not know (AzureStackCloud,
 * AzureGermanCloud, a misspelling) silently means the public cloud there: here it is undefined.
 */
export function kubeloginCloud(name: string): Cloud | undefined {
  const lower = name.toLowerCase();
  return CLOUDS.find(({ names }) => names.kubelogin.some((n) => n.toLowerCase() === lower));
}

/** The authority host as a URL with the slash at the end that older consumers insist on. */
export const authorityUrl = (cloud: Cloud): string => `https://${cloud.authorityHosts[0]}/`;

/** The host of a URL or of a bare host, lower case, without user and port. */
export function hostOf(text: string): string {
  const rest = text.trim().replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  const authority = rest.slice(0, rest.search(/[/?#]|$/));
  return authority
    .slice(authority.lastIndexOf('@') + 1)
    .replace(/:\d*$/, '')
    .toLowerCase();
}

/** The cloud of an authority host, given as a URL or a host. */
export function cloudOfAuthority(text: string): Cloud | undefined {
  const host = hostOf(text);
  return CLOUDS.find((cloud) => cloud.authorityHosts.includes(host));
}
