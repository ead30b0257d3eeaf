import type { Generator } from './generator.ts';
import { argocdCluster } from './generators/argocd-cluster.ts';
import { argocdIdentity } from './generators/argocd-identity.ts';
import { argocdRepository } from './generators/argocd-repository.ts';
import { fluxAcrHelm } from './generators/flux-acr-helm.ts';
import { fluxAcrImage } from './generators/flux-acr-image.ts';
import { fluxAcrOci } from './generators/flux-acr-oci.ts';
import { fluxBlobBucket } from './generators/flux-blob-bucket.ts';
import { fluxControllerIdentity } from './generators/flux-controller-identity.ts';
import { fluxDevopsAutomation } from './generators/flux-devops-automation.ts';
import { fluxDevopsGit } from './generators/flux-devops-git.ts';
import { fluxObjectLevelGate } from './generators/flux-object-level-gate.ts';
import { fluxProviderDevops } from './generators/flux-provider-devops.ts';
import { fluxProviderEventhub } from './generators/flux-provider-eventhub.ts';
import { fluxRemoteCluster } from './generators/flux-remote-cluster.ts';
import { kubeconfigUser } from './generators/kubeconfig-user.ts';
import { sopsConfig } from './generators/sops-config.ts';
import { sopsDecryptionSecret } from './generators/sops-decryption-secret.ts';
import { sopsKustomization } from './generators/sops-kustomization.ts';
import { workloadIdentity } from './generators/workload-identity.ts';

/** All generators, in the order they are offered. */
export const GENERATORS: readonly Generator[] = [
  fluxAcrOci,
  fluxAcrHelm,
  fluxAcrImage,
  fluxDevopsGit,
  fluxDevopsAutomation,
  fluxBlobBucket,
  fluxProviderDevops,
  fluxProviderEventhub,
  fluxControllerIdentity,
  fluxObjectLevelGate,
  fluxRemoteCluster,
  workloadIdentity,
  sopsConfig,
  sopsDecryptionSecret,
  sopsKustomization,
  argocdCluster,
  argocdRepository,
  argocdIdentity,
  kubeconfigUser,
];
