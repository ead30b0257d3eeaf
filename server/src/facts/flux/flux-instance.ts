import { defineFacts } from '../define.ts';
import { AWS, GCP } from './_fields.ts';

// Source: controlplaneio-fluxcd/flux-operator v0.58.1 api/v1, internal/builder.
const DOCS = 'https://fluxoperator.dev/docs/crd/fluxinstance/';

export default defineFacts({
  group: 'fluxcd.controlplane.io',
  kinds: ['FluxInstance'],
  version: 'v1',
  doc: 'The installation of Flux in a cluster, kept by the Flux Operator. Its name must be `flux`. Its patches are the place for the controllers’ identities.',
  link: DOCS,
  fields: {
    'spec.distribution': {
      doc: 'Which Flux is installed.',
      snippet: '\n  version: "${1:2.x}"\n  registry: ${2:ghcr.io/fluxcd}',
    },
    'spec.distribution.version': {
      doc: 'The Flux version, or a range such as `2.9.x`. Findings here are measured by it.',
    },
    'spec.distribution.registry': {
      doc: 'The registry of the controllers’ images: a mirror in Azure Container Registry, for example.',
    },
    'spec.distribution.imagePullSecret': {
      doc: 'A pull secret for the controllers’ images. AKS with an attached registry needs none.',
      refersTo: { kind: 'Secret', group: '', role: 'registry-pull' },
    },
    'spec.cluster.type': {
      doc: 'The kind of cluster.',
      values: {
        kubernetes: { doc: 'Any. The default.' },
        azure: {
          doc: 'AKS. It changes nothing in what is installed: workload identity is set up by patches all the same.',
        },
        openshift: { doc: 'OpenShift.' },
        aws: { doc: 'EKS. It changes nothing either.' },
        gcp: { doc: 'GKE. It changes nothing either.' },
      },
    },
    'spec.cluster.objectLevelWorkloadIdentity': {
      doc: 'Switches the feature gate `ObjectLevelWorkloadIdentity` on in all controllers, so that objects can have their own ServiceAccount for Azure.',
      since: 'Flux 2.6',
    },
    'spec.cluster.multitenantWorkloadIdentity': {
      doc: 'Objects without a ServiceAccount of their own get the tenant’s default one, and no longer the controller’s identity. Needs `objectLevelWorkloadIdentity`.',
      since: 'Flux 2.7',
    },
    'spec.cluster.tenantDefaultServiceAccount': {
      doc: 'The ServiceAccount that objects get where they name none. In each tenant’s namespace one of this name has to exist.',
    },
    'spec.cluster.tenantDefaultDecryptionServiceAccount': { doc: 'The same for `decryption` of Kustomizations.' },
    'spec.cluster.tenantDefaultKubeConfigServiceAccount': { doc: 'The same for remote clusters.' },
    'spec.kustomize.patches': {
      doc: 'Patches for the controllers: the annotation on their ServiceAccounts and the label on their pods that give them an identity in Azure.',
      link: 'https://fluxcd.io/flux/integrations/azure/#at-the-controller-level',
      snippet:
        '\n  - target:\n      kind: ServiceAccount\n      name: "${1:(source-controller|kustomize-controller)}"\n    patch: |\n      apiVersion: v1\n      kind: ServiceAccount\n      metadata:\n        name: all\n        annotations:\n          azure.workload.identity/client-id: ${2:client-id}\n          azure.workload.identity/tenant-id: ${3:tenant-id}\n  - target:\n      kind: Deployment\n      name: "${1:(source-controller|kustomize-controller)}"\n    patch: |\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata:\n        name: all\n      spec:\n        template:\n          metadata:\n            labels:\n              azure.workload.identity/use: "true"',
    },
    'spec.sync': {
      doc: 'The source and the Kustomization that everything else hangs on.',
      snippet:
        '\n  kind: ${1|OCIRepository,GitRepository,Bucket|}\n  url: ${2}\n  ref: ${3}\n  path: ${4:./}\n  provider: azure',
    },
    'spec.sync.kind': {
      doc: 'The kind of the source.',
      values: {
        OCIRepository: { doc: 'An artifact in a registry such as Azure Container Registry.' },
        GitRepository: { doc: 'A Git repository, in Azure DevOps for example.' },
        Bucket: { doc: 'A container of Azure Blob Storage, or another bucket.' },
      },
    },
    'spec.sync.url': {
      doc: 'The source’s URL.',
      suggestions: [
        {
          value: 'oci://${1:registry}.azurecr.io/${2:manifests/fleet}',
          label: 'oci://….azurecr.io/…',
          doc: 'Azure Container Registry, for `kind: OCIRepository`.',
        },
        {
          value: 'https://dev.azure.com/${1:organization}/${2:project}/_git/${3:repository}',
          label: 'https://dev.azure.com/…/_git/…',
          doc: 'Azure DevOps, for `kind: GitRepository`.',
        },
      ],
    },
    'spec.sync.provider': {
      doc: 'How Flux logs in to the source. The sync has no ServiceAccount of its own: with `azure` source-controller’s identity is used.',
      values: {
        generic: { doc: 'The credentials of `pullSecret`, or none.' },
        azure: { doc: 'A token of Entra ID with source-controller’s own identity.' },
        aws: AWS,
        gcp: GCP,
        github: { doc: 'A GitHub App, from `pullSecret`.' },
      },
    },
    'spec.sync.pullSecret': {
      doc: 'A Secret with credentials for the source. Not needed with `provider: azure`.',
      refersTo: {
        kind: 'Secret',
        group: '',
        roleBy: { field: 'spec.sync.kind', roles: { OCIRepository: 'registry-pull', GitRepository: 'git' } },
      },
    },
  },
  snippets: [
    {
      label: 'FluxInstance on AKS',
      doc: 'Flux synced from Azure Container Registry, with workload identity for source-controller.',
      body: `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata:
  name: flux
  namespace: flux-system
spec:
  distribution:
    version: "\${1:2.x}"
    registry: ghcr.io/fluxcd
  cluster:
    type: azure
    objectLevelWorkloadIdentity: true
  sync:
    kind: OCIRepository
    url: oci://\${2:registry}.azurecr.io/\${3:manifests/fleet}
    ref: \${4:latest}
    path: \${5:./}
    provider: azure
  kustomize:
    patches:
      - target:
          kind: ServiceAccount
          name: source-controller
        patch: |
          apiVersion: v1
          kind: ServiceAccount
          metadata:
            name: source-controller
            annotations:
              azure.workload.identity/client-id: \${6:client-id}
              azure.workload.identity/tenant-id: \${7:tenant-id}
      - target:
          kind: Deployment
          name: source-controller
        patch: |
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: source-controller
          spec:
            template:
              metadata:
                labels:
                  azure.workload.identity/use: "true"
`,
    },
  ],
});
