import { atLeast, type Workspace } from '../../model/context.ts';
import { annotation, type KubernetesObject } from '../../model/object.ts';
import { addItems } from '../../yaml/edits.ts';
import { asSeq, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { eventSourcesOf } from './_alerts.ts';
import { isWhole, specsOf } from './_fields.ts';
import { ALERT, providerFrom } from './_notifications.ts';
import { literalAt, placeAt, textOr } from './_sources.ts';

/** The groups of kinds whose objects may carry the commit themselves. */
const GROUPS: Readonly<Record<string, string>> = {
  HelmRelease: 'helm.toolkit.fluxcd.io',
  GitRepository: 'source.toolkit.fluxcd.io',
  OCIRepository: 'source.toolkit.fluxcd.io',
  HelmRepository: 'source.toolkit.fluxcd.io',
  HelmChart: 'source.toolkit.fluxcd.io',
  Bucket: 'source.toolkit.fluxcd.io',
  ImageRepository: 'image.toolkit.fluxcd.io',
  ImagePolicy: 'image.toolkit.fluxcd.io',
  ImageUpdateAutomation: 'image.toolkit.fluxcd.io',
};
const COMMIT = 'event.toolkit.fluxcd.io/commit';

export default defineRule({
  id: 'flux/commit-status-event-source',
  on: kinds(ALERT),
  severity: 'warning',
  summary: 'An Alert for Azure DevOps has no event source that knows a commit.',
  why: 'A commit status needs a commit, and only the events of Kustomizations name one. Events of HelmReleases and sources are dropped: `event dropped for commit status providers due to missing commit metadata key`. From Flux 2.8 on an object can name its commit in the annotation `event.toolkit.fluxcd.io/commit`.',
  references: [
    'fluxcd/notification-controller@v1.9.3 internal/server/event_handlers.go',
    'fluxcd/website@6da0f383 content/en/flux/monitoring/alerts.md',
  ],
  *check(alert, { workspace, flux }) {
    const specs = specsOf(alert, workspace);
    const name = literalAt(specs[0], 'providerRef', 'name');
    if (!name || !isWhole(alert, specs, workspace)) return;
    if (specs.some((spec) => textOr(spec, ['providerRef', 'name'], '') !== name.text)) return;
    const lists = specs.map(eventSourcesOf);
    const sources = lists[0];
    if (!sources?.length || !lists.every((list) => list?.length && list.every((s) => s.kind !== 'Kustomization')))
      return;
    // Since Flux 2.9 errors are reported without a commit in the event.
    if (atLeast(flux, '2.9') && specs.some((spec) => textOr(spec, ['eventSeverity'], 'info') !== 'info')) return;
    const found = workspace.find('notification.toolkit.fluxcd.io', 'Provider', name.text, alert);
    if (found.state !== 'found' || !found.values.every((p) => providerFrom(p, workspace)?.type === 'azuredevops'))
      return;
    const kindsHere = [...new Set(sources.map((s) => s.kind))];
    if (atLeast(flux, '2.8') && kindsHere.some((kind) => namesCommit(kind, workspace))) return;
    const list = asSeq(get(alert.root, 'spec', 'eventSources'));
    yield report(
      placeAt(alert, 'spec', 'eventSources'),
      `Only events of Kustomizations name a commit, and those of ${kindsHere.join(' and ')} are dropped by Provider "${name.text}" of type azuredevops. Add the Kustomizations that deploy from the repository.`,
      {
        fix: list && unsafeFix('Add all Kustomizations', addItems(list, [{ kind: 'Kustomization', name: '*' }])),
      },
    );
  },
});

function namesCommit(kind: string, workspace: Workspace): boolean {
  const group = GROUPS[kind];
  const has = (object: KubernetesObject) => annotation(workspace.patched(object), COMMIT) !== undefined;
  return group === undefined || workspace.objects(group, kind).some(has);
}

const PROVIDER = `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata: { name: status, namespace: flux-system }
spec:
  type: azuredevops
  address: https://dev.azure.com/contoso/fleet/_git/clusters
`;
const alert = (sources: string): string => `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Alert
metadata:
  name: status
  namespace: flux-system
spec:
  providerRef:
    name: status
${sources}`;

export const examples: Examples = {
  bad: [
    {
      title: 'HelmReleases alone',
      files: {
        'alert.yaml': alert(`  <|eventSources|>:
    - kind: HelmRelease
      name: '*' # all
  eventSeverity: info
`),
        'provider.yaml': PROVIDER,
      },
      fixed: alert(`  eventSources:
    - kind: HelmRelease
      name: '*' # all
    - kind: Kustomization
      name: "*"
  eventSeverity: info
`),
    },
  ],
  good: [
    {
      title: 'A Kustomization among them; a Provider of another type or one that is not here',
      files: {
        'alerts.yaml': `${alert("  eventSources: [{ kind: GitRepository, name: '*' }, { kind: Kustomization, name: shop }]\n")}---
${alert("  eventSources: [{ kind: HelmRelease, name: '*' }]\n").replaceAll('name: status', 'name: teams')}---
${alert("  eventSources: [{ kind: HelmRelease, name: '*' }]\n").replaceAll('name: status', 'name: elsewhere')}---
${alert("  eventSources: [{ kind: '${KIND}', name: '*' }]\n").replace('name: status', 'name: variable')}`,
        'providers.yaml': `${PROVIDER}---
${PROVIDER.replace('azuredevops', 'msteams').replace('name: status', 'name: teams')}`,
      },
    },
    {
      title: 'Releases that name their commit, and errors on Flux 2.9',
      files: {
        'alerts.yaml': `${alert("  eventSources: [{ kind: HelmRelease, name: '*' }]\n")}---
${alert("  eventSources: [{ kind: Bucket, name: '*' }]\n  eventSeverity: error\n").replace('name: status', 'name: errors')}`,
        'provider.yaml': PROVIDER,
        'shop.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: shop
  annotations:
    event.toolkit.fluxcd.io/commit: \${COMMIT}
spec: { interval: 10m, chartRef: { kind: OCIRepository, name: shop } }
`,
      },
    },
  ],
};
