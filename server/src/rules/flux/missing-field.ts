import type { Workspace } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import type { Data } from '../../yaml/edits.ts';
import { addEntry } from '../../yaml/edits.ts';
import { asMap, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { nameOf } from './_sources.ts';
import { EITHER_CHART, objectsWith, pathText } from './_structure.ts';

/** Values to start with. Of the others nobody can guess one. */
const USUAL: Readonly<Record<string, Data>> = { interval: '10m', prune: true };

const CHART = 'spec.chart or spec.chartRef';

const inWords = (list: readonly string[]): string =>
  list.length < 2 ? list.join() : `${list.slice(0, -1).join(', ')} and ${list.at(-1)}`;

const KUSTOMIZATIONS = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** True for a file beside a kustomization that does not list it: whatever it is for, it is not built as it stands. */
function isUnlisted({ document: { uri } }: KubernetesObject, workspace: Workspace): boolean {
  if (workspace.overlaysOf(uri).length > 0) return false;
  const folder = uri.slice(0, uri.lastIndexOf('/') + 1);
  return KUSTOMIZATIONS.some((name) => workspace.file(folder + name) !== undefined);
}

export default defineRule({
  id: 'flux/missing-field',
  on: objectsWith('missing-field', 'cel'),
  severity: 'error',
  schema: true,
  general: true,
  summary: 'A field that the kind must have is missing.',
  why: 'The API server refuses an object without a field that its CRD requires. A field that a visible patch or overlay adds is not missing, and neither is one that may come from a part of the build that the files do not show. An object that lacks several is most likely a patch that no kustomization lists: a hint of that, and no error.',
  references: ['CRDs of the controllers of fluxcd/flux2@v2.9.4'],
  *check({ object, problems }, { workspace }) {
    const missing = problems.filter(
      ({ code, rule }) => code === 'missing-field' || EITHER_CHART.test(rule?.message ?? ''),
    );
    const fields = missing.map(({ path, field }) => (field ? pathText([...path, field]) : CHART));
    const [first] = missing;
    if (!first) return;
    const lacking = `${object.kind} "${object.name ?? ''}" lacks ${inWords(fields)}, and the API server refuses it.`;
    if (missing.length > 1 || isUnlisted(object, workspace)) {
      yield report(nameOf(object), `${lacking} If it is a patch, no kustomization here lists it as one.`, {
        severity: 'info',
      });
      return;
    }
    if (!first.field) {
      yield report(nameOf(object), `${first.rule?.message}: ${lacking}`);
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
      title: 'Neither a chart nor a reference to one',
      yaml: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: <|podinfo|>
spec:
  interval: 10m
  values:
    replicas: 2
`,
      message: 'either chart or chartRef must be set',
      severity: 'error',
    },
    {
      title: 'A patch, as it seems, in a file that the kustomization beside it does not list',
      files: {
        'podinfo-patch.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: <|podinfo|>
spec:
  interval: 1h
`,
        'kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../base
`,
      },
      severity: 'info',
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
