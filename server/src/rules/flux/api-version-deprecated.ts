import { atLeast } from '../../model/context.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { moveTo, versioned } from './_versions.ts';

export default defineRule({
  id: 'flux/api-version-deprecated',
  on: versioned,
  severity: 'hint',
  partial: true,
  summary: 'An apiVersion that this Flux version serves for the last minors.',
  why: 'The API server still takes the object and warns about it. A later minor of Flux no longer serves the version; moving before the upgrade costs a line.',
  references: ['deprecatedVersion in the CRDs of the controllers of fluxcd/flux2@v2.2.0 to v2.8.0'],
  versions: 'Flux 2.2 to 2.8, where a file or setting says which Flux runs',
  *check(subject, { flux }) {
    const { object, node, served, newest } = subject;
    const { deprecatedIn, removedIn } = served;
    if (deprecatedIn === undefined || !atLeast(flux, deprecatedIn)) return;
    if (removedIn !== undefined && atLeast(flux, removedIn)) return;
    yield report(
      node,
      `${object.apiVersion} of ${object.kind} is deprecated since Flux ${deprecatedIn}${removedIn === undefined ? '' : ` and removed in ${removedIn}`}. Use ${newest ?? 'the newest version'}.`,
      {
        tags: ['deprecated'],
        fix: newest === undefined ? undefined : moveTo(newest, subject, flux),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'In Flux 2.7',
      yaml: `apiVersion: <|source.toolkit.fluxcd.io/v1beta2|>
kind: HelmRepository
metadata:
  name: charts
spec:
  interval: 10m
  type: oci
  url: oci://fleetregistry.azurecr.io/charts
`,
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
spec:
  interval: 10m
  type: oci
  url: oci://fleetregistry.azurecr.io/charts
`,
      settings: { fluxVersion: '2.7' },
    },
  ],
  good: [
    {
      title: 'Before it was deprecated',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1beta2
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
`,
      settings: { fluxVersion: '2.5' },
    },
    {
      title: 'When it is gone altogether',
      yaml: `apiVersion: source.toolkit.fluxcd.io/v1beta2
kind: OCIRepository
metadata:
  name: apps
spec:
  interval: 10m
  url: oci://fleetregistry.azurecr.io/manifests/apps
`,
    },
  ],
};
