import { defineRole, object, oneOf, string } from '../define.ts';

// Source: fluxcd/pkg apis/meta/reference_types.go, auth/utils/restconfig.go, auth/azure/provider.go.
export default [
  defineRole({
    role: 'kubeconfig-config',
    kind: 'ConfigMap',
    title: 'A remote cluster, for kubeConfig.configMapRef',
    doc: 'Which cluster a Kustomization or HelmRelease deploys to, and with which identity. Flux 2.7 and later. The identity needs Azure Kubernetes Service Cluster User Role, and rights inside the cluster.',
    link: 'https://fluxcd.io/flux/integrations/azure/#for-azure-kubernetes-service',
    shape: object(
      {
        provider: oneOf('Whose cluster it is.', {
          azure: { doc: 'AKS: the cluster is looked up by its resource id, with a token of Entra ID.' },
          generic: { doc: 'Any cluster that trusts tokens of this one. Needs `address`.' },
          aws: { doc: 'EKS.' },
          gcp: { doc: 'GKE.' },
        }),
        cluster: string('The resource id of the AKS cluster. Not needed where both `address` and `ca.crt` are given.', {
          snippet:
            '/subscriptions/${1:00000000-0000-0000-0000-000000000000}/resourceGroups/${2:resource-group}/providers/Microsoft.ContainerService/managedClusters/${3:cluster}',
          suggestions: [
            {
              value:
                '/subscriptions/${1:00000000-0000-0000-0000-000000000000}/resourceGroups/${2:resource-group}/providers/Microsoft.ContainerService/managedClusters/${3:cluster}',
              label: '/subscriptions/…/managedClusters/…',
              doc: 'The resource id of an AKS cluster.',
            },
          ],
        }),
        address: string(
          'The API server’s address, https. With `cluster` it chooses between the private and the public one and has to be one of the cluster’s own.',
          {
            snippet: 'https://${1:cluster}.hcp.${2:westeurope}.azmk8s.io',
          },
        ),
        'ca.crt': string('The certificate authority of the API server, PEM.', { snippet: '|\n  ${1}' }),
        audiences: string('The audiences of the token, one a line. Not used for AKS.'),
        serviceAccountName: string(
          'A ServiceAccount in the same namespace with both annotations of workload identity. Without it the controller’s identity is used. Needs the feature gate `ObjectLevelWorkloadIdentity`.',
          {
            refersTo: { kind: 'ServiceAccount', group: '' },
          },
        ),
      },
      { open: true, required: ['provider'] },
    ),
  }),
  defineRole({
    role: 'kubeconfig',
    kind: 'Secret',
    title: 'A kubeconfig for a remote cluster',
    doc: 'Flux reads the key that `secretRef.key` names, else `value`, else `value.yaml`. Exec plugins such as kubelogin are dropped: for AKS use a ConfigMap and `configMapRef`.',
    link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#kubeconfig-remote-clusters--cluster-api',
    shape: object(
      {
        value: string('The kubeconfig.', { secret: true, snippet: '|\n  ${1}' }),
        'value.yaml': string('The kubeconfig, where there is no `value`.', { secret: true, snippet: '|\n  ${1}' }),
      },
      { open: true },
    ),
  }),
];
