import type { Data } from '../../yaml/edits.ts';
import { addEntry } from '../../yaml/edits.ts';
import { asMap, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { nameOf } from './_sources.ts';
import { objectsWith, pathText } from './_structure.ts';

/** Values to start with. Of the others nobody can guess one. */
const USUAL: Readonly<Record<string, Data>> = { interval: '10m', prune: true };

export default defineRule({
  id: 'flux/missing-field',
  on: objectsWith('missing-field'),
  severity: 'error',
  schema: true,
  general: true,
  summary: 'A field that the kind must have is missing.',
  why: 'The API server refuses an object without a field that its CRD requires. A field that a visible patch or overlay adds is not missing, and neither is one that may come from a part of the build that the files do not show. An object that lacks several is most likely a patch that no kustomization lists: a hint of that, and no error.',
  references: ['CRDs of the controllers of fluxcd/flux2@v2.9.4'],
  *check({ object, problems }) {
    const fields = problems.map(({ path, field }) => pathText([...path, field ?? '']));
    const [first] = problems;
    if (!first?.field) return;
    if (problems.length > 1) {
      yield report(
        nameOf(object),
        `${object.kind} "${object.name ?? ''}" lacks ${fields.slice(0, -1).join(', ')} and ${fields.at(-1)}, and the API server refuses it. If it is a patch, no kustomization here lists it as one.`,
        { severity: 'info' },
      );
      return;
    }
    const { path, field, entry } = first;
    const own = asMap(get(object.root, ...path));
    const usual = USUAL[field];
    yield report(
      // What lacks a field of its spec is shown by its name; deeper down by the key of the object that lacks it.
      path.length > 1 && entry !== undefined ? entry : nameOf(object),
      `${fields[0]}: Required value. The API server refuses ${object.kind} "${object.name ?? ''}" without it.`,
      {
        fix:
          own && usual !== undefined && !own.synthetic
            ? unsafeFix(`Add ${field}: ${usual}`, addEntry(own, field, usual))
            : undefined,
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'No interval',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: <|apps|>
spec:
  url: oci://fleetregistry.azurecr.io/manifests/apps
  provider: azure
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  url: oci://fleetregistry.azurecr.io/manifests/apps
  provider: azure
  interval: 10m
`,
      message: 'spec.interval: Required value',
    },
    {
      title: 'A reference without a name',
      yaml: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
spec:
  interval: 10m
  prune: true
  <|sourceRef|>:
    kind: OCIRepository
`,
      message: 'spec.sourceRef.name: Required value',
    },
    {
      title: 'A patch, as it seems, that nothing includes',
      yaml: `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: <|flux-system|>
spec:
  timeout: 2m
`,
      severity: 'info',
      message: 'lacks spec.interval, spec.prune and spec.sourceRef',
    },
  ],
  good: [
    {
      title: 'An overlay adds what is missing',
      files: {
        'base/apps.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: apps
spec:
  url: oci://fleetregistry.azurecr.io/manifests/apps
`,
        'base/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - apps.yaml
`,
        'production/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../base
patches:
  - target:
      kind: OCIRepository
    patch: |
      - op: add
        path: /spec/interval
        value: 10m
`,
      },
    },
    {
      title: 'A patch lacks everything',
      yaml: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - apps.yaml
patches:
  - patch: |
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: OCIRepository
      metadata:
        name: apps
      spec:
        suspend: true
`,
    },
  ],
};
