import { CLOUDS, type Cloud, hostOf } from './clouds.ts';

export type Service =
  | 'key-vault'
  | 'managed-hsm'
  | 'container-registry'
  | 'blob-storage'
  | 'service-bus'
  | 'entra'
  | 'resource-manager'
  | 'graph'
  | 'cluster-api'
  | 'cluster-issuer'
  | 'devops'
  | 'public-registry';

export const SERVICE_TITLES: Readonly<Record<Service, string>> = {
  'key-vault': 'Azure Key Vault',
  'managed-hsm': 'Azure Key Vault Managed HSM',
  'container-registry': 'Azure Container Registry',
  'blob-storage': 'Azure Blob Storage',
  'service-bus': 'Azure Event Hubs or Service Bus',
  entra: 'Microsoft Entra ID',
  'resource-manager': 'Azure Resource Manager',
  graph: 'Microsoft Graph',
  'cluster-api': 'API server of an AKS cluster',
  'cluster-issuer': 'OIDC issuer of an AKS cluster',
  devops: 'Azure DevOps',
  'public-registry': 'Microsoft Artifact Registry (anonymous pull)',
};

export interface HostMeaning {
  readonly service: Service;
  /** undefined for services that exist once: Azure DevOps, mcr.microsoft.com. */
  readonly cloud: Cloud | undefined;
  /** The vault, registry, account, namespace, organization or region that the host names. */
  readonly name: string | undefined;
}

/** What a host, or the host of a URL, is in Azure; undefined for hosts that are not Azure's. */
export function serviceOfHost(text: string): HostMeaning | undefined {
  const host = hostOf(text);
  for (const cloud of CLOUDS) {
    if (cloud.authorityHosts.includes(host)) return { service: 'entra', cloud, name: undefined };
    if (host === cloud.resourceManagerHost) return { service: 'resource-manager', cloud, name: undefined };
    if (host === cloud.graphHost) return { service: 'graph', cloud, name: undefined };
    const suffixed: readonly (readonly [Service, string | undefined])[] = [
      ['key-vault', cloud.keyVaultSuffix],
      ['managed-hsm', cloud.managedHsmSuffix],
      ['container-registry', cloud.registrySuffix],
      ['blob-storage', cloud.blobSuffix],
      ['service-bus', cloud.serviceBusSuffix],
      ['cluster-api', cloud.clusterApiSuffix],
      ['cluster-issuer', cloud.issuerSuffix],
    ];
    for (const [service, suffix] of suffixed) {
      if (suffix === undefined || !host.endsWith(`.${suffix}`)) continue;
      return { service, cloud, name: host.slice(0, -suffix.length - 1).split('.')[0] };
    }
  }
  if (host === 'oidc.prod-aks.azure.com') return { service: 'cluster-issuer', cloud: CLOUDS[0], name: undefined };
  if (host === 'mcr.microsoft.com') return { service: 'public-registry', cloud: undefined, name: undefined };
  if (host === 'dev.azure.com' || host === 'ssh.dev.azure.com' || host === 'vs-ssh.visualstudio.com')
    return { service: 'devops', cloud: undefined, name: undefined };
  if (host.endsWith('.visualstudio.com')) return { service: 'devops', cloud: undefined, name: host.split('.')[0] };
  return undefined;
}
