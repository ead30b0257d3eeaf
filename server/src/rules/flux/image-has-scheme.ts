import { replaceText } from '../../yaml/edits.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { kinds } from '../views.ts';

export default defineRule({
  id: 'flux/image-has-scheme',
  on: kinds('image.toolkit.fluxcd.io/ImageRepository'),
  severity: 'error',
  partial: true,
  summary: 'The image of an ImageRepository has a URL scheme.',
  why: 'An image is named without a scheme, unlike the URL of an OCIRepository. The controller stalls the object with reason `ImageURLInvalid` and never scans the tags.',
  references: ['fluxcd/image-reflector-controller@v1.2.0 internal/registry/helper.go'],
  *check(object) {
    const image = asScalar(get(object.root, 'spec', 'image'));
    const scheme = image && typeof image.value === 'string' ? /^([^:/]*):\/\//.exec(image.text) : null;
    if (!image || !scheme) return;
    yield report(image, `image '${image.text}' should not include URL scheme; remove '${scheme[0]}'`, {
      fix: safeFix(`Remove ${scheme[0]}`, replaceText(image, image.text.slice(scheme[0].length))),
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Written like the URL of an OCIRepository',
      yaml: `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: worker
spec:
  interval: 5m
  image: <|"oci://fleetregistry.azurecr.io/worker"|> # the worker
  provider: azure
`,
      fixed: `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: worker
spec:
  interval: 5m
  image: "fleetregistry.azurecr.io/worker" # the worker
  provider: azure
`,
    },
  ],
  good: [
    {
      title: 'Without a scheme',
      yaml: `apiVersion: image.toolkit.fluxcd.io/v1
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
};
