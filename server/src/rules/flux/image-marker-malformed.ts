import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { imageMarkers } from './_markers.ts';

/** What the writer most likely meant: namespace, name and the optional part in any quotes and with any separator. */
const LOOSE =
  /^\{?\s*["']?\$imagepolicy["']?\s*:\s*["']?([^\s:/"'{}]+)\s*[:/]\s*([^\s:/"'{}]+)(?:\s*[:/]\s*(name|tag|digest))?["']?\s*\}*$/;

export default defineRule({
  id: 'flux/image-marker-malformed',
  on: imageMarkers,
  severity: 'warning',
  partial: true,
  summary: 'A marker for image updates is not written as the controller reads it.',
  why: 'image-automation-controller reads `{"$imagepolicy": "namespace:policy"}` as strict JSON, with `:name`, `:tag` or `:digest` for a part of the image. A comment that says it otherwise is a comment: the image is never updated, and nobody hears of it.',
  references: [
    'fluxcd/image-automation-controller@v1.2.1 internal/update/setters.go',
    'fluxcd/image-automation-controller@v1.2.1 docs/spec/v1/imageupdateautomations.md',
  ],
  *check(marker) {
    if (marker.policy) return;
    const meant = LOOSE.exec(marker.text);
    const better =
      meant && `{"$imagepolicy": "${meant[1]}:${meant[2]}${meant[3] === undefined ? '' : `:${meant[3]}`}"}`;
    yield report(
      marker,
      'Malformed image policy marker, which the controller takes for a comment: the image is never updated. Write {"$imagepolicy": "namespace:policy"}, with :name, :tag or :digest for a part of the image.',
      {
        fix: better
          ? unsafeFix(`Write ${better}`, { tree: marker.tree, edits: [{ span: marker.span, newText: better }] })
          : undefined,
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A slash for the colon',
      yaml: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
spec:
  template:
    spec:
      containers:
        - name: worker
          image: fleetregistry.azurecr.io/worker:1.4.0 # <|{"$imagepolicy": "flux-system/worker"}|>
`,
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
    },
    {
      title: 'No quotes, and single ones, in a kustomization',
      yaml: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - worker.yaml
images:
  - name: worker
    newName: fleetregistry.azurecr.io/worker # <|{$imagepolicy: flux-system:worker:name}|>
    newTag: 1.4.0 # <|{'$imagepolicy': 'flux-system:worker:tag'}|>
`,
      fixed: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - worker.yaml
images:
  - name: worker
    newName: fleetregistry.azurecr.io/worker # {"$imagepolicy": "flux-system:worker:name"}
    newTag: 1.4.0 # {"$imagepolicy": "flux-system:worker:tag"}
`,
    },
    {
      title: 'A part that there is not',
      yaml: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: worker
spec:
  interval: 1h
  chartRef:
    kind: OCIRepository
    name: worker
  values:
    image:
      tag: 1.4.0 # <|{"$imagepolicy": "flux-system:worker:version"}|>
`,
    },
  ],
  good: [
    {
      title: 'Markers, prose about them, and a script in a ConfigMap',
      yaml: `# The $imagepolicy comments below are read by Flux.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
spec:
  template:
    spec:
      containers:
        - name: worker
          image: fleetregistry.azurecr.io/worker:1.4.0 # {"$imagepolicy": "flux-system:worker"}
        - name: web
          image: fleetregistry.azurecr.io/web:1.4.0 # renewed by {"$imagepolicy": "flux-system:web"}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: docs
data:
  marker.md: |
    Write # {"$imagepolicy": worker} behind the image.
`,
    },
  ],
};
