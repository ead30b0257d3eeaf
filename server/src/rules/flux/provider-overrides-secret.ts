import { removeEntry } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { editable, IMAGE_REPOSITORY, inAllBuilds, isSet, placeAt, providerOf } from './_sources.ts';

export default defineRule({
  id: 'flux/provider-overrides-secret',
  on: kinds(IMAGE_REPOSITORY),
  severity: 'warning',
  summary: 'An ImageRepository with `provider: azure` has a `secretRef` that nobody reads.',
  why: 'The controller signs in with the provider first and looks at pull secrets only when there is none to sign in with. An OCIRepository does it the other way round.',
  references: ['fluxcd/image-reflector-controller@v1.2.0 internal/registry/options.go'],
  *check(object, { workspace }) {
    const both = inAllBuilds(
      object,
      workspace,
      (root) => providerOf(root) === 'azure' && isSet(root, 'spec', 'secretRef'),
    );
    if (!both) return;
    const secret = editable(object, 'spec', 'secretRef');
    const provider = editable(object, 'spec', 'provider');
    yield report(
      placeAt(object, 'spec', 'secretRef'),
      'With provider: azure an ImageRepository never reads its secretRef. Remove secretRef, or provider to sign in with the Secret.',
      {
        fix: [
          secret && unsafeFix('Remove secretRef, to sign in with Azure', removeEntry(secret)),
          provider && unsafeFix('Remove provider, to sign in with the Secret', removeEntry(provider)),
        ],
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Both',
      yaml: `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: worker
spec:
  interval: 5m
  image: fleetregistry.azurecr.io/worker
  provider: azure
  <|secretRef|>:
    name: fleetregistry-token
`,
      fixed: `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: worker
spec:
  interval: 5m
  image: fleetregistry.azurecr.io/worker
  provider: azure
`,
    },
  ],
  good: [
    {
      title: 'One of the two',
      yaml: `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: worker
spec:
  interval: 5m
  image: fleetregistry.azurecr.io/worker
  provider: azure
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: web
spec:
  interval: 5m
  image: fleetregistry.azurecr.io/web
  secretRef:
    name: fleetregistry-token
`,
    },
  ],
};
