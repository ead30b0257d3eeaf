import { isTemplate } from '../../azure/text-kinds.ts';
import { atLeast } from '../../model/context.ts';
import { annotation, type KubernetesObject } from '../../model/object.ts';
import { OBJECT_LEVEL_KINDS, objectLevelIdentityOf } from '../../model/views/object-level-identity.ts';
import { addAt } from '../../yaml/edits.ts';
import { get, getEntry } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { CLIENT_ID, TENANT_ID } from './_keys.ts';

export default defineRule({
  id: 'workload-identity/flux-annotation-missing',
  on: kinds(...OBJECT_LEVEL_KINDS),
  severity: 'error',
  summary:
    'Flux needs both annotations, client id and tenant id, on a ServiceAccount that an object authenticates with.',
  why: 'With object-level workload identity Flux reads `azure.workload.identity/client-id` and `azure.workload.identity/tenant-id` from the ServiceAccount itself. The webhook fills in a missing tenant for pods, but not here: the controller fails with `azure tenant ID is not set in the service account annotation azure.workload.identity/tenant-id`.',
  references: ['fluxcd/pkg@e2cfd1a2 auth/azure/options.go:42-54'],
  versions:
    'OCIRepository, ImageRepository, decryption, azureeventhub: Flux 2.6; GitRepository, Bucket, kubeConfig, azuredevops: Flux 2.7',
  *check(object, { workspace, flux }) {
    const identity = objectLevelIdentityOf(object);
    if (!identity || isTemplate(identity.account.text) || !atLeast(flux, identity.since)) return;
    if (object.kind === 'Kustomization' && !decryptsWithAzure(object)) return;
    const accounts = workspace.find('', 'ServiceAccount', identity.account.text, object);
    if (accounts.state !== 'found') return;
    const wanting = accounts.values.map((account) => ({ account, missing: missingIn(workspace.patched(account)) }));
    // An account used only for its pull secrets needs no identity.
    if (
      identity.pullSecrets &&
      accounts.values.some((a) => get(a.root, 'imagePullSecrets') && missingIn(workspace.patched(a)).length === 2)
    )
      return;
    // Several accounts of one name, one per cluster say: it is wrong only if it is wrong in all.
    if (wanting.some((w) => w.missing.length === 0) || wanting.some((w) => w.account.partial)) return;
    const [first] = wanting;
    if (!first) return;
    const name = getEntry(first.account.root, 'metadata', 'name');
    for (const key of first.missing) {
      const add = addAt(first.account.root, ['metadata', 'annotations', key], '');
      yield report(
        identity.account,
        `Flux needs both annotations on ServiceAccount "${identity.account.text}": ${key} is missing. ${key === TENANT_ID ? 'azure tenant ID' : 'azure client ID'} is not set in the service account annotation ${key}`,
        {
          related: name ? [related(name.value, 'The ServiceAccount')] : [],
          fix: add && unsafeFix(`Add ${key} to ServiceAccount ${identity.account.text}`, add),
        },
      );
    }
  },
});

const missingIn = (account: KubernetesObject): string[] =>
  [CLIENT_ID, TENANT_ID].filter((key) => !annotation(account, key));

const decryptsWithAzure = (kustomization: KubernetesObject): boolean =>
  get(kustomization.root, 'spec', 'decryption') !== undefined;

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
  serviceAccountName: <|registry-reader|>
`,
        'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: registry-reader
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
