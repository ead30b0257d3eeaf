import { atLeast } from '../../model/context.ts';
import { referrersOf } from '../../model/views/flux-references.ts';
import { removeEntry } from '../../yaml/edits.ts';
import { get, items } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { editable, inAllBuilds, isSet, nameOf, OCI_REPOSITORY, placeAt, providerOf } from './_sources.ts';

export default defineRule({
  id: 'flux/pull-secrets-override-provider',
  on: kinds('/ServiceAccount'),
  severity: 'warning',
  summary: 'The ServiceAccount of an OCIRepository with `provider: azure` has pull secrets.',
  why: 'The controller collects the pull secrets of the ServiceAccount first and asks Azure only when they yield nothing for the registry. With `imagePullSecrets` on it, the workload identity of the same ServiceAccount is not used. An ImageRepository does it the other way round.',
  references: ['fluxcd/source-controller@v1.9.1 internal/controller/ocirepository_controller.go keychain'],
  versions: 'Flux 2.6 and later',
  *check(account, { workspace, flux }) {
    const patched = workspace.patched(account);
    if (items(get(patched.root, 'imagePullSecrets')).length === 0 || !atLeast(flux, '2.6')) return;
    const user = referrersOf(account, [OCI_REPOSITORY], ['spec', 'serviceAccountName'], workspace).find((source) => {
      // A Secret goes before both: flux/secret-overrides-provider.
      return inAllBuilds(
        source,
        workspace,
        (root) => providerOf(root) === 'azure' && !isSet(root, 'spec', 'secretRef'),
      );
    });
    if (!user) return;
    const own = editable(account, 'imagePullSecrets');
    yield report(
      placeAt(account, 'imagePullSecrets'),
      `The pull secrets of ServiceAccount "${account.name}" win: OCIRepository "${user.name}" does not use its workload identity. Remove imagePullSecrets, or use another ServiceAccount there.`,
      {
        related: [related(nameOf(user), `OCIRepository ${user.name}`)],
        fix: own && unsafeFix('Remove imagePullSecrets', removeEntry(own)),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'An account for both',
      files: {
        'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: registry-reader
  namespace: team-a
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    azure.workload.identity/tenant-id: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
<|imagePullSecrets|>:
  - name: fleetregistry-token
`,
        'apps.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
  namespace: team-a
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  provider: azure
  serviceAccountName: registry-reader
`,
      },
      fixed: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: registry-reader
  namespace: team-a
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    azure.workload.identity/tenant-id: 1b4e28ba-2fa1-41d2-883f-0016d3cca427
`,
    },
  ],
  good: [
    {
      title: 'Pull secrets for a source without the provider, and for an ImageRepository',
      files: {
        'account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata:
  name: puller
  namespace: team-a
imagePullSecrets:
  - name: fleetregistry-token
`,
        'sources.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
  namespace: team-a
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  serviceAccountName: puller
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: worker
  namespace: team-a
spec:
  interval: 10m
  image: fleetregistry.azurecr.io/worker
  provider: azure
  serviceAccountName: puller
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: tools
  namespace: team-b
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/tools
  provider: azure
  serviceAccountName: puller
`,
      },
    },
  ],
};
