import { defineFacts } from '../define.ts';
import { fluxDocs, INTERVAL, remoteCluster, SUSPEND, secretName, serviceAccount, sourceName } from './_fields.ts';

// Source: fluxcd/kustomize-controller v1.9.4 internal/controller/kustomization_controller.go, internal/decryptor.
export default defineFacts({
  group: 'kustomize.toolkit.fluxcd.io',
  kinds: ['Kustomization'],
  version: 'v1',
  doc: 'Applies the manifests in a folder of a source. It has no `provider`: credentials for Azure belong to its source, to `decryption` and to `kubeConfig`.',
  link: fluxDocs('kustomize/kustomizations/'),
  fields: {
    'spec.interval': INTERVAL,
    'spec.sourceRef': {
      doc: 'The source that holds the manifests.',
      snippet: '\n  kind: ${1|OCIRepository,GitRepository,Bucket|}\n  name: ${2}',
    },
    'spec.sourceRef.kind': {
      doc: 'The kind of the source.',
      values: {
        GitRepository: { doc: 'A Git repository, in Azure DevOps for example.' },
        OCIRepository: { doc: 'An artifact in a registry such as Azure Container Registry.' },
        Bucket: { doc: 'A container of Azure Blob Storage, or another bucket.' },
        ExternalArtifact: {
          doc: 'An artifact that another controller made. Needs the feature gate `ExternalArtifact`.',
          since: 'Flux 2.7',
        },
      },
    },
    'spec.sourceRef.name': sourceName('The source’s name.'),
    'spec.sourceRef.namespace': {
      doc: 'The source’s namespace, where it is not that of this object. A controller with `--no-cross-namespace-refs`, as in AKS’ Flux extension, refuses it.',
    },
    'spec.path': {
      doc: 'The folder in the source. One without a kustomization.yaml counts as one that lists all its YAML files.',
      snippet: '${1:./}',
    },
    'spec.prune': {
      doc: 'Deletes from the cluster what is no longer in the source. For objects of Azure Service Operator that deletes the Azure resources too.',
    },
    'spec.serviceAccountName': {
      doc: 'The account that applies the manifests: Kubernetes permissions, never a cloud identity. For Key Vault it is `decryption.serviceAccountName`.',
      refersTo: { kind: 'ServiceAccount', group: '' },
    },
    'spec.decryption': {
      doc: 'Decrypts manifests that SOPS has encrypted. Without it an encrypted Secret is refused: `configuring decryption is required for this secret to be reconciled`.',
      link: fluxDocs('kustomize/kustomizations/#decryption'),
      snippet: '\n  provider: sops\n  serviceAccountName: ${1:secrets-decryptor}',
    },
    'spec.decryption.provider': {
      doc: 'The tool that encrypted the files. It is no cloud provider: which Key Vault to ask stands in the encrypted file itself.',
      values: { sops: { doc: 'SOPS, the only one.' } },
    },
    'spec.decryption.serviceAccountName': serviceAccount(
      'The identity that asks Key Vault to decrypt, for this object alone. A `sops.azure-kv` in `secretRef` goes first. The identity needs Key Vault Crypto User.',
      'Flux 2.6',
    ),
    'spec.decryption.secretRef': {
      doc: 'A Secret with keys or credentials for decryption. With workload identity none is needed for Key Vault.',
      link: fluxDocs('kustomize/kustomizations/#azure-key-vault'),
    },
    'spec.decryption.secretRef.name': secretName(
      'sops-decryption',
      'A Secret with `sops.azure-kv`, or keys of age or OpenPGP, in the namespace of this object.',
    ),
    ...remoteCluster(),
    'spec.targetNamespace': {
      doc: 'Puts every namespaced object into this namespace, whatever it says itself. ServiceAccounts move with it, and the subject of their federated credential has to name the new namespace.',
    },
    'spec.postBuild': { doc: 'Replaces `${VAR}` in the manifests after kustomize has built them.' },
    'spec.postBuild.substitute': { doc: 'Variables with their values. They win over `substituteFrom`.' },
    'spec.postBuild.substituteFrom': {
      doc: 'ConfigMaps and Secrets with variables: the one that Azure Service Operator exports a client id to, for example.',
    },
    'spec.postBuild.substituteFrom[].kind': {
      doc: 'Where the variables are.',
      values: { ConfigMap: { doc: 'Plain variables.' }, Secret: { doc: 'Confidential ones.' } },
    },
    'spec.postBuild.substituteFrom[].name': {
      doc: 'In the namespace of this object.',
      refersTo: { kind: 'ConfigMap', group: '', kindField: 'kind' },
    },
    'spec.dependsOn[].name': {
      doc: 'A Kustomization that has to be ready first.',
      refersTo: { kind: 'Kustomization', group: 'kustomize.toolkit.fluxcd.io', namespaceField: 'namespace' },
    },
    'spec.patches': {
      doc: 'Patches for the built manifests: strategic merge or JSON6902, with a `target` to select by.',
      snippet: '\n  - target:\n      kind: ${1:Deployment}\n      name: ${2}\n    patch: |\n      ${3}',
    },
    'spec.patches[].patch': { doc: 'The patch itself, as YAML in a string.' },
    'spec.patches[].target': {
      doc: 'The objects to patch. Every part that is given must match; kind and name are regular expressions.',
    },
    'spec.wait': { doc: 'Waits until all applied objects are ready.' },
    'spec.suspend': SUSPEND,
  },
  snippets: [
    {
      label: 'Kustomization of a source',
      doc: 'Applies a folder of an OCIRepository, GitRepository or Bucket.',
      body: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: \${1:app}
  namespace: \${2:flux-system}
spec:
  interval: \${3:10m}
  prune: true
  sourceRef:
    kind: \${4|OCIRepository,GitRepository,Bucket|}
    name: \${5:fleet}
  path: \${6:./}
`,
    },
    {
      label: 'Kustomization with SOPS and Key Vault',
      doc: 'Decrypts with workload identity of the object.',
      body: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: \${1:app}
  namespace: \${2:flux-system}
spec:
  interval: \${3:10m}
  prune: true
  sourceRef:
    kind: \${4|OCIRepository,GitRepository,Bucket|}
    name: \${5:fleet}
  path: \${6:./}
  decryption:
    provider: sops
    serviceAccountName: \${7:secrets-decryptor}
`,
    },
  ],
});
