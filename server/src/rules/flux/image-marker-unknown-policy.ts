import { nearest } from '../../azure/text-kinds.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { imageMarkers } from './_markers.ts';
import { nameOf } from './_sources.ts';

export default defineRule({
  id: 'flux/image-marker-unknown-policy',
  on: imageMarkers,
  severity: 'info',
  partial: true,
  summary: 'A marker for image updates names a policy that is not here.',
  why: 'A marker names the namespace and the name of an ImagePolicy, and an ImageUpdateAutomation looks only at policies of its own namespace. A marker that names none of them is skipped silently.',
  references: [
    'fluxcd/image-automation-controller@v1.2.1 internal/controller/imageupdateautomation_controller.go getPolicies',
  ],
  *check(marker, { workspace }) {
    const { policy, tree } = marker;
    if (!policy) return;
    const kind = ['image.toolkit.fluxcd.io', 'ImagePolicy'] as const;
    // The usual case first: it asks for no more than the policy itself.
    if (workspace.find(...kind, policy.name, { namespace: policy.namespace }).state !== 'absent') return;
    const policies = workspace.objects(...kind);
    if (policies.length === 0) return;
    const known = policies.map((object) => ({
      object,
      names: workspace.namesOf(object),
      namespaces: workspace.namespacesOf(object),
    }));
    // A policy whose name or namespace is still open may be the one.
    if (known.some(({ names, namespaces }) => !names.known || !namespaces.known)) return;
    const has = (what: 'names' | 'namespaces', value: string) => (k: (typeof known)[number]) =>
      k[what].known && k[what].names.has(value);
    const here = known.filter(has('namespaces', policy.namespace));
    if (here.some(has('names', policy.name))) return;
    const [namesake] = known.filter(has('names', policy.name));
    const near = nearest(
      policy.name,
      here.flatMap(({ names }) => (names.known ? [...names.names] : [])),
      2,
    );
    const [elsewhere] = namesake?.namespaces.known ? namesake.namespaces.names : [];
    const better = elsewhere !== undefined ? `${elsewhere}:${policy.name}` : near && `${policy.namespace}:${near}`;
    yield report(
      { tree, span: policy.span },
      elsewhere !== undefined
        ? `There is no ImagePolicy "${policy.name}" in namespace "${policy.namespace}", only in "${elsewhere}": the marker is skipped. An ImageUpdateAutomation uses policies of its own namespace alone.`
        : `No ImagePolicy "${policy.name}" of namespace "${policy.namespace}" is defined in this workspace; without it the marker is skipped.`,
      {
        severity: elsewhere === undefined ? undefined : 'warning',
        related: namesake ? [related(nameOf(namesake.object), `ImagePolicy ${policy.name}`)] : [],
        fix: better
          ? unsafeFix(`Write ${better}`, { tree, edits: [{ span: policy.span, newText: better }] })
          : undefined,
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The policy is in another namespace',
      files: {
        'worker.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
spec:
  template:
    spec:
      containers:
        - name: worker
          image: fleetregistry.azurecr.io/worker:1.4.0 # {"$imagepolicy": "<|apps:worker|>:tag"}
`,
        'policy.yaml': `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata:
  name: worker
  namespace: flux-system
spec:
  imageRepositoryRef:
    name: worker
  policy:
    semver:
      range: 1.x
`,
      },
      fixed: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
spec:
  template:
    spec:
      containers:
        - name: worker
          image: fleetregistry.azurecr.io/worker:1.4.0 # {"$imagepolicy": "flux-system:worker:tag"}
`,
      severity: 'warning',
    },
    {
      title: 'A slip of the pen',
      files: {
        'worker.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
spec:
  template:
    spec:
      containers:
        - name: worker
          image: fleetregistry.azurecr.io/worker:1.4.0 # {"$imagepolicy": "<|flux-system:wroker|>"}
`,
        'policy.yaml': `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata:
  name: worker
  namespace: flux-system
spec:
  imageRepositoryRef:
    name: worker
  policy:
    semver:
      range: 1.x
`,
      },
      fixed: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
spec:
  template:
    spec:
      containers:
        - name: worker
          image: fleetregistry.azurecr.io/worker:1.4.0 # {"$imagepolicy": "flux-system:worker"}
`,
      severity: 'info',
    },
  ],
  good: [
    {
      title: 'The policy is there',
      files: {
        'worker.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
spec:
  template:
    spec:
      containers:
        - name: worker
          image: fleetregistry.azurecr.io/worker:1.4.0 # {"$imagepolicy": "flux-system:worker"}
`,
        'policy.yaml': `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata:
  name: worker
  namespace: flux-system
spec:
  imageRepositoryRef:
    name: worker
  policy:
    semver:
      range: 1.x
`,
      },
    },
    {
      title: 'No policies at all, or policies of a namespace that nobody knows',
      files: {
        'worker.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
spec:
  template:
    spec:
      containers:
        - name: worker
          image: fleetregistry.azurecr.io/worker:1.4.0 # {"$imagepolicy": "flux-system:worker"}
`,
        'policy.yaml': `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata:
  name: web
spec:
  imageRepositoryRef:
    name: web
  policy:
    semver:
      range: 1.x
`,
      },
    },
  ],
};
