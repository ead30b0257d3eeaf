import { apiVersionHistory, fieldHistory, valueHistory } from '../../facts/structure.ts';
import { compareVersions } from '../../model/context.ts';
import { asScalar } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { view } from '../views.ts';
import { pathText, type StructureFinding, structureProblems } from './_structure.ts';
import { type VersionedObject, versioned } from './_versions.ts';

type Subject = StructureFinding | VersionedObject;

const problems = structureProblems('unknown-field', 'not-in-enum');

const newer = view<Subject>('every kind of Flux', function* (unit, context) {
  // A version that is guessed is the newest: nothing needs a newer one.
  if (!context.flux.known) return;
  yield* versioned.select(unit, context);
  yield* problems.select(unit, context);
});

export default defineRule({
  id: 'flux/field-needs-newer-flux',
  on: newer,
  severity: 'error',
  partial: true,
  schema: true,
  summary: 'A field, value or apiVersion of a later Flux version than the one that runs.',
  why: 'The CRDs of each Flux minor know what that minor knows. What a later one brought is an unknown field, an unsupported value or a missing version for them, and the API server refuses the object.',
  references: ['CRDs of the controllers of fluxcd/flux2@v2.0.0 to v2.9.4'],
  versions: 'Where a file or setting says which Flux runs',
  *check(subject, { flux }) {
    const late = (since: string | undefined): since is string =>
      since !== undefined && compareVersions(flux.minor, since) < 0;
    const here = `(${flux.why}: ${flux.full ?? flux.minor})`;
    if ('served' in subject) {
      const { object, node, served } = subject;
      if (!late(served.servedFrom)) return;
      yield report(
        node,
        `${object.apiVersion} of ${object.kind} needs Flux ${served.servedFrom} or newer ${here}. Until then there is no such kind in that version.`,
      );
      return;
    }
    const { object, problem } = subject;
    const { group, kind, version } = object;
    // Of an object whose version is too new as a whole the version alone is reported.
    if (late(apiVersionHistory(group, kind).find((v) => v.version === version)?.servedFrom)) return;
    if (problem.code === 'unknown-field' && problem.entry) {
      const since = fieldHistory(group, kind, version, problem.path)?.since;
      if (late(since))
        yield report(
          problem.entry,
          `${pathText(problem.path)} needs Flux ${since} or newer ${here}. Older CRDs do not declare the field.`,
        );
    }
    const value = asScalar(problem.node);
    if (problem.code === 'not-in-enum' && value) {
      const since = valueHistory(group, kind, version, problem.path, value.text)?.since;
      if (late(since))
        yield report(
          value,
          `${pathText(problem.path)} "${value.text}" needs Flux ${since} or newer ${here}. Until then the values are ${(problem.allowed ?? []).join(', ')}.`,
        );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'An identity for each GitRepository, in Flux 2.6',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/fleet
  provider: azure
  <|serviceAccountName|>: fleet-reader
`,
      settings: { fluxVersion: '2.6' },
      message: 'spec.serviceAccountName needs Flux 2.7 or newer (setting fluxVersion: 2.6)',
    },
    {
      title: 'A provider and a version of later minors',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: podinfo
spec:
  interval: 1m
  url: https://github.com/stefanprodan/podinfo
  provider: <|github|>
---
apiVersion: <|image.toolkit.fluxcd.io/v1|>
kind: ImageRepository
metadata:
  name: worker
spec:
  interval: 1m
  image: fleetregistry.azurecr.io/worker
`,
      settings: { fluxVersion: '2.4' },
    },
    {
      title: 'The version that gotk-components.yaml names',
      files: {
        'apps.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  prune: true
  sourceRef:
    kind: OCIRepository
    name: apps
  kubeConfig:
    <|configMapRef|>:
      name: cluster
`,
        'gotk-components.yaml': `apiVersion: v1
kind: Namespace
metadata:
  name: flux-system
  labels:
    app.kubernetes.io/part-of: flux
    app.kubernetes.io/version: v2.6.4
`,
      },
      message: 'needs Flux 2.7 or newer',
    },
  ],
  good: [
    {
      title: 'In the minor that brought it, and where no version is known',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: fleet
spec:
  interval: 1m
  url: https://dev.azure.com/contoso/platform/_git/fleet
  provider: azure
  serviceAccountName: fleet-reader
`,
      settings: { fluxVersion: '2.7' },
    },
    {
      title: 'Pull secrets are older than workload identity',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1beta2
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
  serviceAccountName: puller
`,
      settings: { fluxVersion: '2.5' },
    },
  ],
};
