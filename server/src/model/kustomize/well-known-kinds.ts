import type { ObjectType } from '../object.ts';

/**
 * Group and newest version of kinds that patches select by kind alone. A kind that exists in several groups stands under
 * the one that GitOps repositories mean by it.
 */
const KINDS: readonly (readonly [group: string, version: string, kinds: string])[] = [
  [
    '',
    'v1',
    'ConfigMap Endpoints LimitRange Namespace Node PersistentVolume PersistentVolumeClaim Pod ReplicationController ResourceQuota Secret Service ServiceAccount',
  ],
  ['apps', 'v1', 'DaemonSet Deployment ReplicaSet StatefulSet'],
  ['batch', 'v1', 'CronJob Job'],
  ['autoscaling', 'v2', 'HorizontalPodAutoscaler'],
  ['networking.k8s.io', 'v1', 'Ingress IngressClass NetworkPolicy'],
  ['policy', 'v1', 'PodDisruptionBudget'],
  ['rbac.authorization.k8s.io', 'v1', 'ClusterRole ClusterRoleBinding Role RoleBinding'],
  ['storage.k8s.io', 'v1', 'StorageClass'],
  ['apiextensions.k8s.io', 'v1', 'CustomResourceDefinition'],
  ['apiregistration.k8s.io', 'v1', 'APIService'],
  ['admissionregistration.k8s.io', 'v1', 'MutatingWebhookConfiguration ValidatingWebhookConfiguration'],
  ['scheduling.k8s.io', 'v1', 'PriorityClass'],
  ['source.toolkit.fluxcd.io', 'v1', 'Bucket ExternalArtifact GitRepository HelmChart HelmRepository OCIRepository'],
  ['source.extensions.fluxcd.io', 'v1beta1', 'ArtifactGenerator'],
  ['kustomize.toolkit.fluxcd.io', 'v1', 'Kustomization'],
  ['helm.toolkit.fluxcd.io', 'v2', 'HelmRelease'],
  ['image.toolkit.fluxcd.io', 'v1', 'ImagePolicy ImageRepository ImageUpdateAutomation'],
  ['notification.toolkit.fluxcd.io', 'v1beta3', 'Alert Provider'],
  ['notification.toolkit.fluxcd.io', 'v1', 'Receiver'],
  ['fluxcd.controlplane.io', 'v1', 'FluxInstance FluxReport ResourceSet ResourceSetInputProvider'],
  ['argoproj.io', 'v1alpha1', 'AppProject Application ApplicationSet'],
  ['external-secrets.io', 'v1', 'ClusterExternalSecret ClusterSecretStore ExternalSecret SecretStore'],
  ['secrets-store.csi.x-k8s.io', 'v1', 'SecretProviderClass'],
];

const BY_KIND = new Map<string, ObjectType>();
for (const [group, version, kinds] of KINDS)
  for (const kind of kinds.split(' '))
    BY_KIND.set(kind, { apiVersion: group === '' ? version : `${group}/${version}`, group, version, kind });

/** The type that a kind alone stands for; `undefined` for kinds nobody here knows. */
export const typeOfKind = (kind: string): ObjectType | undefined => BY_KIND.get(kind);

/** Groups whose objects kustomize merges by the schema of Kubernetes, with the merge keys of its lists. */
export const isBuiltInGroup = (group: string): boolean =>
  group === '' || !group.includes('.') || group.endsWith('.k8s.io');

const CLUSTER_SCOPED = new Set([
  '/Namespace',
  '/Node',
  '/PersistentVolume',
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'apiregistration.k8s.io/APIService',
  'certificates.k8s.io/CertificateSigningRequest',
  'flowcontrol.apiserver.k8s.io/FlowSchema',
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration',
  'networking.k8s.io/IngressClass',
  'node.k8s.io/RuntimeClass',
  'rbac.authorization.k8s.io/ClusterRole',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
  'scheduling.k8s.io/PriorityClass',
  'storage.k8s.io/CSIDriver',
  'storage.k8s.io/CSINode',
  'storage.k8s.io/StorageClass',
  'storage.k8s.io/VolumeAttachment',
]);

/**
 * True for the kinds of Kubernetes itself that have no namespace. kustomize knows no others: it sets metadata.namespace
 * of cluster-scoped custom resources as well (api/filters/namespace/namespace.go).
 */
export const isClusterScoped = (type: Pick<ObjectType, 'group' | 'kind'>): boolean =>
  CLUSTER_SCOPED.has(`${type.group}/${type.kind}`);

/** Kinds whose name no prefix or suffix changes (kustomize, api/internal/builtins/PrefixTransformer.go). */
export const keepsItsName = (type: Pick<ObjectType, 'group' | 'kind'>): boolean =>
  type.kind === 'CustomResourceDefinition' ||
  type.kind === 'Namespace' ||
  (type.kind === 'APIService' && type.group === 'apiregistration.k8s.io');
