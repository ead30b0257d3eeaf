import type { FieldFact, Reference, ValueFact } from '../shape.ts';

export const AZURE_INTEGRATION = 'https://fluxcd.io/flux/integrations/azure/';
const COMPONENTS = 'https://fluxcd.io/flux/components';
/** A page of Flux's own documentation: `source/buckets/#azure`. */
export const fluxDocs = (page: string): string => `${COMPONENTS}/${page}`;

/** Duration fields read Go's notation. */
export const INTERVAL: FieldFact = {
  doc: 'How often Flux looks again, as a Go duration such as `10m` or `1h30m`. Registries and Key Vault throttle: minutes are enough where a webhook Receiver announces changes.',
  snippet: '${1:10m}',
  suggestions: [
    { value: '5m', doc: 'Every five minutes.' },
    { value: '10m', doc: 'Every ten minutes.' },
    { value: '1h', doc: 'Every hour: for sources that change seldom.' },
  ],
};

export const GENERIC: ValueFact = {
  doc: 'No cloud login: the credentials of `secretRef`, or none.',
};
export const AWS: ValueFact = { doc: 'Login with an AWS identity. Means nothing for Azure.' };
export const GCP: ValueFact = { doc: 'Login with a Google Cloud identity. Means nothing for Azure.' };

export const serviceAccount = (doc: string, since?: string, more: Partial<FieldFact> = {}): FieldFact => ({
  doc: `${doc} The account stands in the namespace of this object and carries the annotations \`azure.workload.identity/client-id\` and \`azure.workload.identity/tenant-id\`, both; the controller needs the feature gate \`ObjectLevelWorkloadIdentity\`, which is off by default.`,
  since,
  link: `${AZURE_INTEGRATION}#at-the-object-level`,
  refersTo: { kind: 'ServiceAccount', group: '' },
  ...more,
});

export const secretName = (role: string | Pick<Reference, 'roleBy'>, doc: string): FieldFact => ({
  doc,
  refersTo: { kind: 'Secret', group: '', ...(typeof role === 'string' ? { role } : role) },
});

/** `spec.certSecretRef` and its name. */
export const certificateSecret = (prefix: string, doc?: string): Record<string, FieldFact> => ({
  [`${prefix}.certSecretRef`]: {
    doc:
      doc ??
      'A Secret with TLS certificates for the connection: `ca.crt` to trust a private authority, `tls.crt` and `tls.key` for a client certificate. It is no Azure credential.',
  },
  [`${prefix}.certSecretRef.name`]: secretName(
    'tls',
    'A Secret with `ca.crt`, or with `tls.crt` and `tls.key`, in the namespace of this object.',
  ),
});

export const proxySecret = (prefix: string, since: string): Record<string, FieldFact> => ({
  [`${prefix}.proxySecretRef`]: {
    doc: 'A Secret with the HTTP proxy for this object. The tokens of Entra ID are asked for through the same proxy.',
    since,
  },
  [`${prefix}.proxySecretRef.name`]: secretName(
    'proxy',
    'A Secret with `address` and, where the proxy wants them, `username` and `password`.',
  ),
});

export const SUSPEND: FieldFact = { doc: 'Stops reconciliation while it is `true`; what is in the cluster stays.' };

/** Kinds that can be sources, and the group they are in. */
export const sourceName = (doc: string): FieldFact => ({
  doc,
  refersTo: { kind: 'Source', kindField: 'kind', namespaceField: 'namespace' },
});

/** The reference to a cluster that a Kustomization or HelmRelease deploys to. */
export const remoteCluster = (): Record<string, FieldFact> => ({
  'spec.kubeConfig': {
    doc: 'Deploys to another cluster. Exactly one of `configMapRef` (an AKS cluster by its resource id, with workload identity, from Flux 2.7) and `secretRef` (a kubeconfig).',
    link: `${AZURE_INTEGRATION}#for-azure-kubernetes-service`,
    snippet: '\n  configMapRef:\n    name: ${1:cluster}',
  },
  'spec.kubeConfig.configMapRef': {
    doc: 'A ConfigMap that says which cluster, and with which identity: for AKS `provider: azure` and the cluster’s resource id, so that no kubeconfig is stored.',
    since: 'Flux 2.7',
  },
  'spec.kubeConfig.configMapRef.name': {
    doc: 'A ConfigMap with `provider: azure` and `cluster: /subscriptions/…/managedClusters/…`, in the namespace of this object.',
    since: 'Flux 2.7',
    refersTo: { kind: 'ConfigMap', group: '', role: 'kubeconfig-config' },
  },
  'spec.kubeConfig.secretRef': {
    doc: 'A Secret with a kubeconfig. Exec plugins such as kubelogin are dropped from it unless the controller runs with `--insecure-kubeconfig-exec`; for AKS use `configMapRef`.',
  },
  'spec.kubeConfig.secretRef.name': secretName(
    'kubeconfig',
    'A Secret whose key `value` (or `value.yaml`, or the one named by `key`) holds a kubeconfig.',
  ),
  'spec.kubeConfig.secretRef.key': {
    doc: 'The key of the Secret that holds the kubeconfig. Without it `value`, then `value.yaml`.',
  },
});
