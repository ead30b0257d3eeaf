import { isTemplate } from '../../azure/text-kinds.ts';
import { addAt } from '../../yaml/edits.ts';
import { asScalar, get, textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { IMAGE_POLICY, isSet, nameOf } from './_sources.ts';

export default defineRule({
  id: 'flux/image-policy-access-denied',
  on: kinds(IMAGE_POLICY),
  severity: 'error',
  summary: 'An ImagePolicy refers to an ImageRepository of another namespace that lets nobody in.',
  why: 'An ImageRepository may be used from other namespaces only where its `spec.accessFrom` selects them by their labels. Without the field the ImagePolicy is not allowed to read it.',
  references: [
    'fluxcd/pkg@e2cfd1a2 runtime/acl/acl.go',
    'fluxcd/image-reflector-controller@v1.2.0 internal/controller/imagepolicy_controller.go',
  ],
  *check(object, { workspace }) {
    const namespace = asScalar(get(object.root, 'spec', 'imageRepositoryRef', 'namespace'));
    const name = textAt(object.root, 'spec', 'imageRepositoryRef', 'name');
    if (!namespace || typeof namespace.value !== 'string' || name === undefined) return;
    if (namespace.text === '' || isTemplate(namespace.text) || isTemplate(name)) return;
    const own = workspace.namespacesOf(object);
    if (!own.known || own.names.has(namespace.text)) return;
    const found = workspace.find('image.toolkit.fluxcd.io', 'ImageRepository', name, { namespace: namespace.text });
    if (found.state !== 'found') return;
    if (found.values.some((r) => isSet(workspace.patched(r).root, 'spec', 'accessFrom') || !workspace.isComplete(r)))
      return;
    const [repository] = found.values;
    // Of an object whose namespace is unknown nobody can tell whether it is the one.
    if (!repository || !workspace.namespacesOf(repository).known) return;
    const [from] = own.names;
    yield report(
      namespace,
      `access denied: '${namespace.text}/${name}' can't be accessed due to missing ACL labels on 'accessFrom'. The ImageRepository must select namespace "${from}" in spec.accessFrom.`,
      {
        related: [related(nameOf(repository), `ImageRepository ${name} without accessFrom`)],
        fix:
          from === undefined || repository.root.synthetic
            ? undefined
            : unsafeFix(
                `Let namespace ${from} use the ImageRepository`,
                addAt(repository.root, ['spec', 'accessFrom'], {
                  namespaceSelectors: [{ matchLabels: { 'kubernetes.io/metadata.name': from } }],
                }),
              ),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'No accessFrom',
      files: {
        'policy.yaml': `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata:
  name: worker
  namespace: apps
spec:
  imageRepositoryRef:
    name: worker
    namespace: <|flux-system|>
  policy:
    semver:
      range: 1.x
`,
        'repository.yaml': `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: worker
  namespace: flux-system
spec:
  interval: 5m
  image: fleetregistry.azurecr.io/worker
  provider: azure
`,
      },
      fixed: {
        'repository.yaml': `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: worker
  namespace: flux-system
spec:
  interval: 5m
  image: fleetregistry.azurecr.io/worker
  provider: azure
  accessFrom:
    namespaceSelectors:
      - matchLabels:
          kubernetes.io/metadata.name: apps
`,
      },
      message: "access denied: 'flux-system/worker' can't be accessed due to missing ACL labels on 'accessFrom'",
    },
  ],
  good: [
    {
      title: 'With accessFrom, in the same namespace, and out of sight',
      files: {
        'policy.yaml': `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata:
  name: one
  namespace: apps
spec:
  imageRepositoryRef:
    name: open
    namespace: flux-system
  policy:
    semver:
      range: 1.x
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata:
  name: two
  namespace: flux-system
spec:
  imageRepositoryRef:
    name: closed
    namespace: flux-system
  policy:
    semver:
      range: 1.x
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata:
  name: three
  namespace: apps
spec:
  imageRepositoryRef:
    name: elsewhere
    namespace: flux-system
  policy:
    semver:
      range: 1.x
`,
        'repository.yaml': `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: open
  namespace: flux-system
spec:
  interval: 5m
  image: fleetregistry.azurecr.io/open
  accessFrom:
    namespaceSelectors:
      - matchLabels: {}
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: closed
  namespace: flux-system
spec:
  interval: 5m
  image: fleetregistry.azurecr.io/closed
`,
      },
    },
  ],
};
