import type { Values } from './generator.ts';

/** Which snippets there are: a generator with the answers that decide what the text consists of. */
export interface SnippetPlan {
  /** What VS Code's list of snippets shows. */
  readonly title: string;
  readonly prefix: string;
  readonly description: string;
  readonly generator: string;
  /** Answers that are fixed; the others become tab stops, or keep their default. */
  readonly values: Values;
  /** What tab stops show where the example of the step would not fit. */
  readonly shown?: Values;
}

const plan = (
  prefix: string,
  title: string,
  description: string,
  generator: string,
  values: Values = {},
  shown: Values = {},
): SnippetPlan => ({
  title,
  prefix,
  description,
  generator,
  values,
  shown,
});

export const SNIPPETS: readonly SnippetPlan[] = [
  plan('flux-acr-oci', 'Flux: OCIRepository on ACR', 'Pulled with the identity of source-controller', 'flux-acr-oci'),
  plan(
    'flux-acr-oci-identity',
    'Flux: OCIRepository on ACR with a ServiceAccount',
    'Pulled with an identity for this object',
    'flux-acr-oci',
    { auth: 'serviceAccount' },
  ),
  plan('flux-acr-oci-secret', 'Flux: OCIRepository on ACR with a Secret', 'Pulled with a pull Secret', 'flux-acr-oci', {
    auth: 'secret',
  }),
  plan('flux-acr-helm', 'Flux: HelmRepository on ACR', 'Charts of a registry', 'flux-acr-helm'),
  plan(
    'flux-acr-image',
    'Flux: ImageRepository and ImagePolicy on ACR',
    'Chooses the newest version',
    'flux-acr-image',
  ),
  plan(
    'flux-acr-image-identity',
    'Flux: ImageRepository and ImagePolicy on ACR with a ServiceAccount',
    'Scanned with an identity for this object',
    'flux-acr-image',
    { auth: 'serviceAccount' },
  ),
  plan(
    'flux-devops-git',
    'Flux: GitRepository on Azure DevOps',
    'Cloned with the identity of source-controller',
    'flux-devops-git',
  ),
  plan(
    'flux-devops-git-identity',
    'Flux: GitRepository on Azure DevOps with a ServiceAccount',
    'Cloned with an identity for this object',
    'flux-devops-git',
    { auth: 'serviceAccount' },
  ),
  plan(
    'flux-devops-git-token',
    'Flux: GitRepository on Azure DevOps with a token',
    'Cloned with a personal access token',
    'flux-devops-git',
    { auth: 'secret' },
  ),
  plan(
    'flux-devops-automation',
    'Flux: ImageUpdateAutomation for Azure DevOps',
    'Commits new image tags',
    'flux-devops-automation',
    { authorName: 'fluxbot', authorEmail: 'fluxbot@users.noreply.example.com' },
  ),
  plan(
    'flux-blob-bucket',
    'Flux: Bucket on Azure Blob Storage',
    'Read with the identity of source-controller',
    'flux-blob-bucket',
  ),
  ...(
    [
      ['identity', 'with a ServiceAccount', 'serviceAccount'],
      ['client-secret', 'with a service principal', 'clientSecret'],
      ['certificate', 'with a certificate', 'certificate'],
      ['managed-identity', 'with a managed identity', 'managedIdentity'],
      ['account-key', 'with the account key', 'accountKey'],
      ['sas', 'with a shared access signature', 'sasKey'],
    ] as const
  ).map(([suffix, how, auth]) =>
    plan(
      `flux-blob-bucket-${suffix}`,
      `Flux: Bucket on Azure Blob Storage ${how}`,
      `A container of blobs as source, read ${how}`,
      'flux-blob-bucket',
      { auth },
    ),
  ),
  plan(
    'flux-provider-devops',
    'Flux: Provider and Alert for Azure DevOps',
    'Commit statuses, written with the identity of notification-controller',
    'flux-provider-devops',
  ),
  plan(
    'flux-provider-devops-token',
    'Flux: Provider and Alert for Azure DevOps with a token',
    'Commit statuses, written with a personal access token',
    'flux-provider-devops',
    { auth: 'secret' },
  ),
  plan(
    'flux-provider-eventhub',
    'Flux: Provider and Alert for Event Hubs',
    'Events, sent with the identity of notification-controller',
    'flux-provider-eventhub',
    { cloud: 'public' },
  ),
  plan(
    'flux-provider-eventhub-identity',
    'Flux: Provider and Alert for Event Hubs with a ServiceAccount',
    'Events, sent with an identity for this object',
    'flux-provider-eventhub',
    { auth: 'serviceAccount', cloud: 'public' },
  ),
  plan(
    'flux-provider-eventhub-sas',
    'Flux: Provider and Alert for Event Hubs with a connection string',
    'Events, sent with a shared access key',
    'flux-provider-eventhub',
    { auth: 'sas' },
  ),
  plan(
    'flux-identity-aks',
    'Flux: identity of the controllers on AKS',
    'kustomization.yaml of flux bootstrap with workload identity',
    'flux-controller-identity',
    { otherTenantId: '' },
  ),
  plan(
    'flux-identity-federated',
    'Flux: identity of the controllers on another cluster',
    'kustomization.yaml of flux bootstrap with a projected token',
    'flux-controller-identity',
    { platform: 'other' },
  ),
  plan(
    'flux-identity-certificate',
    'Flux: identity of the controllers with a certificate',
    'kustomization.yaml of flux bootstrap with a certificate from a Secret',
    'flux-controller-identity',
    { platform: 'certificate' },
  ),
  plan(
    'flux-object-level-gate',
    'Flux: feature gate for identities of objects',
    'kustomization.yaml of flux bootstrap with ObjectLevelWorkloadIdentity',
    'flux-object-level-gate',
  ),
  plan(
    'flux-instance-object-level',
    'Flux Operator: identities of objects',
    'FluxInstance with objectLevelWorkloadIdentity',
    'flux-object-level-gate',
    { install: 'instance' },
  ),
  plan(
    'flux-remote-kustomization',
    'Flux: Kustomization on a remote AKS cluster',
    'ConfigMap and kubeConfig reference',
    'flux-remote-cluster',
    { address: '' },
  ),
  plan(
    'flux-remote-helmrelease',
    'Flux: HelmRelease on a remote AKS cluster',
    'ConfigMap and kubeConfig reference',
    'flux-remote-cluster',
    { kind: 'HelmRelease', address: '' },
  ),
  plan(
    'wi-serviceaccount',
    'Workload identity: ServiceAccount for pods',
    'The pods need the label azure.workload.identity/use as well',
    'workload-identity',
    { integration: 'vaultSecrets', usage: 'workload', method: 'az', tenantId: '', issuer: '' },
    { serviceAccount: 'app', namespace: 'default' },
  ),
  plan(
    'wi-serviceaccount-flux',
    'Workload identity: ServiceAccount for objects of Flux',
    'Both annotations, as Flux wants them',
    'workload-identity',
    { integration: 'registry', usage: 'flux', method: 'az', issuer: '' },
  ),
  ...(
    [
      ['acr', 'AcrPull', 'registry', 'source-controller'],
      ['blob', 'Storage Blob Data Reader', 'blobStorage', 'source-controller'],
      ['sops', 'Key Vault Crypto User', 'sops', 'kustomize-controller'],
      ['secrets', 'Key Vault Secrets User', 'vaultSecrets', 'app'],
      ['aks', 'Azure Kubernetes Service Cluster User Role', 'cluster', 'kustomize-controller'],
      ['eventhub', 'Azure Event Hubs Data Sender', 'eventHubs', 'notification-controller'],
      ['devops', 'no role: Azure DevOps has its own', 'devops', 'source-controller'],
    ] as const
  ).map(([suffix, role, integration, serviceAccount]) =>
    plan(
      `aso-identity-${suffix}`,
      `Azure Service Operator: identity (${role})`,
      `Managed identity and federated credential, ${integration === 'devops' ? role : `with the role ${role}`}`,
      'workload-identity',
      { integration, usage: 'existing', method: 'aso', container: '', key: '', eventHub: '' },
      {
        serviceAccount,
        identity: `id-${serviceAccount}`,
        namespace: integration === 'vaultSecrets' ? 'default' : 'flux-system',
      },
    ),
  ),
  plan('sops-config', 'SOPS: rule for Azure Key Vault', '.sops.yaml for Kubernetes Secrets', 'sops-config'),
  plan(
    'sops-azure-kv',
    'SOPS: decryption Secret with a service principal',
    'sops.azure-kv with a client secret',
    'sops-decryption-secret',
    { cloud: 'public' },
  ),
  plan(
    'sops-azure-kv-certificate',
    'SOPS: decryption Secret with a certificate',
    'sops.azure-kv with a client certificate',
    'sops-decryption-secret',
    { credential: 'certificate', cloud: 'public' },
  ),
  plan(
    'flux-sops',
    'Flux: Kustomization with SOPS decryption',
    'Decrypted with the identity of kustomize-controller',
    'sops-kustomization',
  ),
  plan(
    'flux-sops-identity',
    'Flux: Kustomization with SOPS decryption and a ServiceAccount',
    'Decrypted with an identity for this object',
    'sops-kustomization',
    { auth: 'serviceAccount' },
  ),
  plan(
    'argocd-cluster',
    'Argo CD: AKS cluster with workload identity',
    'Cluster Secret with argocd-k8s-auth',
    'argocd-cluster',
    { cloud: 'public', caData: '' },
  ),
  plan(
    'argocd-cluster-principal',
    'Argo CD: AKS cluster with a service principal',
    'Cluster Secret with argocd-k8s-auth and a client secret',
    'argocd-cluster',
    { login: 'clientSecret', cloud: 'public', caData: '' },
  ),
  plan(
    'argocd-cluster-msi',
    'Argo CD: AKS cluster with a managed identity',
    'Cluster Secret with argocd-k8s-auth and the identity of the nodes',
    'argocd-cluster',
    { login: 'msi', caData: '' },
  ),
  plan(
    'argocd-repo-devops',
    'Argo CD: repository of Azure DevOps',
    'Repository Secret with workload identity',
    'argocd-repository',
    { kind: 'repository' },
  ),
  plan(
    'argocd-repo-devops-token',
    'Argo CD: repository of Azure DevOps with a token',
    'Repository Secret with a personal access token',
    'argocd-repository',
    { kind: 'repository', auth: 'password' },
  ),
  plan(
    'argocd-repo-acr',
    'Argo CD: charts of Azure Container Registry',
    'Repository Secret with workload identity',
    'argocd-repository',
    { provider: 'registry', kind: 'repository' },
  ),
  plan(
    'argocd-identity',
    'Argo CD: patches for workload identity',
    'Label and annotations for clusters and repositories',
    'argocd-identity',
    { purposes: 'clusters,devops,registries' },
  ),
  plan(
    'argocd-identity-values',
    'Argo CD: chart values for workload identity',
    'Label and annotations for clusters and repositories',
    'argocd-identity',
    { install: 'helm', purposes: 'clusters,devops,registries' },
  ),
  plan('kubelogin-azurecli', 'kubeconfig: kubelogin with Azure CLI', 'A user entry', 'kubeconfig-user', { server: '' }),
  ...(
    [
      ['devicecode', 'a device code'],
      ['workloadidentity', 'workload identity'],
      ['msi', 'a managed identity'],
      ['clientSecret', 'a service principal'],
      ['azurepipelines', 'Azure Pipelines'],
    ] as const
  ).map(([login, how]) =>
    plan(
      `kubelogin-${login === 'clientSecret' ? 'spn' : login}`,
      `kubeconfig: kubelogin with ${how}`,
      'A user entry',
      'kubeconfig-user',
      { login, server: '', cloud: 'public' },
    ),
  ),
];
