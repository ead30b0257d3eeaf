import { atLeast } from '../../model/context.ts';
import { addAt, removeEntry } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { editable, IMAGE_POLICY, inAllBuilds, isSet, placeAt, textOr } from './_sources.ts';

export default defineRule({
  id: 'flux/digest-interval-mismatch',
  on: kinds(IMAGE_POLICY),
  severity: 'error',
  schema: true,
  summary: 'An ImagePolicy has an `interval` without `digestReflectionPolicy: Always`, or the other way round.',
  why: 'With `Always` the controller looks up the digest of the newest tag again and again and must know how often; with the other policies there is nothing to repeat. Rules of the CRD refuse either half alone.',
  references: ['fluxcd/image-reflector-controller@v1.2.0 config/crd/bases/image.toolkit.fluxcd.io_imagepolicies.yaml'],
  versions: 'Flux 2.6 and later',
  *check(object, { workspace, flux }) {
    if (!atLeast(flux, '2.6') || !workspace.isComplete(object)) return;
    const wrong = inAllBuilds(object, workspace, (root) => {
      const policy = textOr(root, ['spec', 'digestReflectionPolicy'], 'Never');
      if (isSet(root, 'spec', 'interval')) return (policy === 'Never' || policy === 'IfNotPresent') && 'surplus';
      return policy === 'Always' && 'missing';
    });
    if (wrong === 'missing')
      yield report(
        placeAt(object, 'spec', 'digestReflectionPolicy'),
        "spec.interval must be set when spec.digestReflectionPolicy is set to 'Always'. Add the interval at which the digest is looked up.",
        { fix: unsafeFix('Add interval: 10m', addAt(object.root, ['spec', 'interval'], '10m')) },
      );
    if (wrong === 'surplus') {
      const own = editable(object, 'spec', 'interval');
      yield report(
        placeAt(object, 'spec', 'interval'),
        "spec.interval is only accepted when spec.digestReflectionPolicy is set to 'Always'. The ImageRepository has the interval of the scans.",
        { fix: own && unsafeFix('Remove interval', removeEntry(own)) },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'No interval',
      yaml: `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata:
  name: worker
spec:
  imageRepositoryRef:
    name: worker
  <|digestReflectionPolicy|>: Always
  policy:
    semver:
      range: ">=1.0.0"
`,
      fixed: `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata:
  name: worker
spec:
  imageRepositoryRef:
    name: worker
  digestReflectionPolicy: Always
  policy:
    semver:
      range: ">=1.0.0"
  interval: 10m
`,
    },
    {
      title: 'An interval that nothing uses',
      yaml: `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata:
  name: worker
spec:
  imageRepositoryRef:
    name: worker
  <|interval|>: 5m # as in the ImageRepository
  policy:
    semver:
      range: ">=1.0.0"
`,
      fixed: `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata:
  name: worker
spec:
  imageRepositoryRef:
    name: worker
  policy:
    semver:
      range: ">=1.0.0"
`,
    },
  ],
  good: [
    {
      title: 'Both, and neither',
      yaml: `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata:
  name: worker
spec:
  imageRepositoryRef:
    name: worker
  digestReflectionPolicy: Always
  interval: 10m
  policy:
    semver:
      range: ">=1.0.0"
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata:
  name: web
spec:
  imageRepositoryRef:
    name: web
  digestReflectionPolicy: IfNotPresent
  policy:
    semver:
      range: ">=1.0.0"
`,
    },
  ],
};
