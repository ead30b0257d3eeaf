import { replaceText } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { tagAt } from './_registries.ts';
import { IMAGE_REPOSITORY, literalAt } from './_sources.ts';

export default defineRule({
  id: 'flux/image-has-tag',
  on: kinds(IMAGE_REPOSITORY),
  severity: 'error',
  partial: true,
  summary: 'The image of an ImageRepository has a tag or digest.',
  why: 'An ImageRepository scans all tags of a repository, and an ImagePolicy chooses among them. With a tag in `spec.image` the controller stalls the object with reason `ImageURLInvalid` and scans nothing.',
  references: ['fluxcd/image-reflector-controller@v1.2.0 internal/registry/helper.go'],
  *check(object) {
    const image = literalAt(object.root, 'spec', 'image');
    if (!image || image.text.includes('://')) return;
    const tag = tagAt(image.text);
    // `registry:5000` may be a host without a repository as well as an image with a number for a tag.
    if (tag === undefined || (!image.text.includes('/') && /:\d+$/.test(image.text))) return;
    yield report(
      image,
      `image '${image.text}' should not include a tag; remove '${image.text.slice(tag)}'. An ImagePolicy chooses the tag.`,
      { fix: unsafeFix(`Remove ${image.text.slice(tag)}`, replaceText(image, image.text.slice(0, tag))) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A tag, and a digest',
      yaml: `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: worker
spec:
  interval: 5m
  image: <|fleetregistry.azurecr.io/worker:1.4.0|>
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: web
spec:
  interval: 5m
  image: <|"fleetregistry.azurecr.io:443/web@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"|>
`,
      fixed: `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: worker
spec:
  interval: 5m
  image: fleetregistry.azurecr.io/worker
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: web
spec:
  interval: 5m
  image: "fleetregistry.azurecr.io:443/web"
`,
    },
  ],
  good: [
    {
      title: 'A port is no tag, and a variable may be anything',
      yaml: `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: worker
spec:
  interval: 5m
  image: registry.contoso.com:5000/worker
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: web
spec:
  interval: 5m
  image: fleetregistry.azurecr.io/\${IMAGE:=web:1.0}
`,
    },
  ],
};
