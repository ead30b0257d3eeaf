import { isTemplate } from '../../azure/text-kinds.ts';
import { atLeast } from '../../model/context.ts';
import { annotation, type KubernetesObject } from '../../model/object.ts';
import { identityUsers } from '../../model/views/object-level-identity.ts';
import { addAt } from '../../yaml/edits.ts';
import { get, getEntry, textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { CLIENT_ID, TENANT_ID } from './_keys.ts';

export default defineRule({
  id: 'workload-identity/flux-annotation-missing',
  on: kinds('/ServiceAccount'),
  severity: 'error',
  summary:
    'Flux needs both annotations, client id and tenant id, on a ServiceAccount that an object authenticates with.',
  why: 'With object-level workload identity Flux reads `azure.workload.identity/client-id` and `azure.workload.identity/tenant-id` from the ServiceAccount itself. The webhook fills in a missing tenant for pods, but not here: the controller fails with `azure tenant ID is not set in the service account annotation azure.workload.identity/tenant-id`.',
  references: ['fluxcd/pkg@e2cfd1a2 auth/azure/options.go:42-54'],
  versions:
    'OCIRepository, ImageRepository, decryption, azureeventhub: Flux 2.6; GitRepository, Bucket, kubeConfig, azuredevops: Flux 2.7',
  *check(account, { workspace, flux }) {
    const name = getEntry(account.root, 'metadata', 'name');
    if (!name || account.name === undefined || isTemplate(account.name)) return;
    const missing = [CLIENT_ID, TENANT_ID].filter((key) => !annotation(workspace.patched(account), key));
    if (missing.length === 0) return;
    const users = identityUsers(account, workspace).filter((u) => atLeast(flux, u.since));
    // An account that has pull secrets and no identity at all is there for the pull secrets.
    const pulls = missing.length === 2 && get(account.root, 'imagePullSecrets') !== undefined;
    const user = users.find((u) => !(u.pullSecrets && pulls) && decryptsWithAzure(u.object));
    if (!user) return;
    const adds = missing.map((key) => addAt(account.root, ['metadata', 'annotations', key], ''));
    for (const [i, key] of missing.entries()) {
      const error = `azure ${key === TENANT_ID ? 'tenant' : 'client'} ID is not set in the service account annotation ${key}`;
      yield report(
        name.value,
        `Flux needs both annotations on ServiceAccount "${account.name}", which ${user.object.kind} "${user.object.name}" authenticates with: ${key} is missing. The controller says: ${error}`,
        {
          related: [related(user.account, `${user.object.kind} ${user.object.name} names it here`)],
          fix: adds[i] && unsafeFix(`Add ${key}, to be filled in`, adds[i]),
        },
      );
    }
  },
});

/** A Kustomization authenticates only to decrypt; without decryption the field means nothing. */
const decryptsWithAzure = (object: KubernetesObject): boolean =>
  object.kind !== 'Kustomization' || textAt(object.root, 'spec', 'decryption', 'provider') === 'sops';

export const examples: Examples = {
  bad: [
    {
      title: 'The tenant is missing, in another file',
      files: {
        'source.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
  namespace: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  provider: azure
  serviceAccountName: registry-reader
`,
        'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: <|registry-reader|>
  namespace: apps
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
      },
      fixed: {
        'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: registry-reader
  namespace: apps
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    azure.workload.identity/tenant-id: ""
`,
      },
    },
  ],
  good: [
    {
      title: 'Both annotations',
      files: {
        'source.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
  namespace: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  provider: azure
  serviceAccountName: registry-reader
`,
        'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: registry-reader
  namespace: apps
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    azure.workload.identity/tenant-id: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
`,
      },
    },
    {
      title: 'The account of another namespace, and one nobody sees',
      files: {
        'source.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
  namespace: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  provider: azure
  serviceAccountName: registry-reader
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: registry-reader
  namespace: other
`,
      },
    },
  ],
};
