import { mayMeet } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { byText } from '../../model/object-index.ts';
import { replaceText } from '../../yaml/edits.ts';
import { get, textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, related, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { removeTrailing } from './_registries.ts';
import { HELM_REPOSITORY, inAllBuilds, literalAt, nameOf, textOr } from './_sources.ts';

const BY_CHARTS = byText('spec', 'chart', 'spec', 'sourceRef', 'name');

export default defineRule({
  id: 'flux/helm-url-includes-chart',
  on: kinds(HELM_REPOSITORY),
  severity: 'warning',
  summary: 'The URL of a HelmRepository ends in the name of the chart.',
  why: 'The URL of a registry names the folder of the charts, and the name of the chart of each HelmRelease is appended. With the chart in both the controller asks for `…/podinfo/podinfo` and gets 404.',
  references: ['https://github.com/fluxcd/flux2/issues/2900'],
  *check(object, { workspace }) {
    const url = literalAt(object.root, 'spec', 'url');
    if (!url?.text.startsWith('oci://')) return;
    const registry = inAllBuilds(
      object,
      workspace,
      (root) => get(root, 'spec', 'url') === url && textOr(root, ['spec', 'type'], 'default') === 'oci',
    );
    if (!registry) return;
    const folder = removeTrailing(url.text, '/');
    const last = folder.slice(folder.lastIndexOf('/') + 1);
    if (folder.lastIndexOf('/') < 'oci://x'.length) return;
    const releases = releasesOf(object);
    const [first] = releases;
    if (!first || !releases.every((r) => textAt(r.root, 'spec', 'chart', 'spec', 'chart') === last)) return;
    const better = folder.slice(0, folder.lastIndexOf('/'));
    yield report(
      url,
      `The name of the chart is appended to this URL: Flux asks for ${folder}/${last}, which the registry answers with 404. Write ${better}.`,
      {
        related: [related(nameOf(first), `HelmRelease ${first.name}`)],
        fix: unsafeFix(`Write ${better}`, replaceText(url, better)),
      },
    );

    /** The releases whose chart comes from the repository, patched. */
    function releasesOf(repository: KubernetesObject): KubernetesObject[] {
      const own = workspace.namespacesOf(repository);
      return workspace
        .having('helm.toolkit.fluxcd.io', 'HelmRelease', BY_CHARTS, repository.name ?? '')
        .flatMap((release) => {
          const source = ['spec', 'chart', 'spec', 'sourceRef'] as const;
          if (textAt(release.root, ...source, 'kind') !== 'HelmRepository') return [];
          const namespace = textAt(release.root, ...source, 'namespace');
          const theirs =
            namespace === undefined
              ? workspace.namespacesOf(release)
              : { known: true as const, names: new Set([namespace]) };
          // A release that may be meant counts: with another chart it is proof that the URL is right.
          return mayMeet(own, theirs) ? [workspace.patched(release)] : [];
        });
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'The chart in both',
      files: {
        'charts.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: podinfo
  namespace: flux-system
spec:
  interval: 1h
  type: oci
  provider: azure
  url: <|"oci://fleetregistry.azurecr.io/helm/podinfo/"|>
`,
        'release.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: podinfo
  namespace: apps
spec:
  interval: 1h
  chart:
    spec:
      chart: podinfo
      sourceRef:
        kind: HelmRepository
        name: podinfo
        namespace: flux-system
`,
      },
      fixed: `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: podinfo
  namespace: flux-system
spec:
  interval: 1h
  type: oci
  provider: azure
  url: "oci://fleetregistry.azurecr.io/helm"
`,
    },
  ],
  good: [
    {
      title: 'The folder; a folder that has the name of one of its charts',
      files: {
        'charts.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
  namespace: flux-system
spec:
  interval: 1h
  type: oci
  url: oci://fleetregistry.azurecr.io/helm
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: podinfo
  namespace: flux-system
spec:
  interval: 1h
  type: oci
  url: oci://fleetregistry.azurecr.io/podinfo
`,
        'releases.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: one
  namespace: flux-system
spec:
  interval: 1h
  chart:
    spec:
      chart: podinfo
      sourceRef:
        kind: HelmRepository
        name: charts
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: two
  namespace: flux-system
spec:
  interval: 1h
  chart:
    spec:
      chart: podinfo
      sourceRef:
        kind: HelmRepository
        name: podinfo
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: three
  namespace: flux-system
spec:
  interval: 1h
  chart:
    spec:
      chart: tools
      sourceRef:
        kind: HelmRepository
        name: podinfo
`,
      },
    },
  ],
};
