import { atLeast } from '../../model/context.ts';
import { removeEntry } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { providersOf } from './_notifications.ts';
import { editable, isSet, placeAt } from './_sources.ts';

const SUPPORTED = new Set(['github', 'gitlab', 'gitea', 'bitbucketserver', 'bitbucket', 'azuredevops']);

export default defineRule({
  id: 'flux/commit-status-expr-unsupported',
  on: providersOf(),
  severity: 'error',
  summary: 'A Provider that sets no commit status has a `commitStatusExpr`.',
  why: 'The expression makes the id of a commit status. Only the providers of Git services set one (`azuredevops` is the one of Azure); the API server refuses the field for all others.',
  references: ['fluxcd/notification-controller@v1.9.3 config/crd/bases'],
  versions: 'Flux 2.6 and later',
  *check({ object, type, specs }, { flux }) {
    if (SUPPORTED.has(type) || !specs.every((spec) => isSet(spec, 'commitStatusExpr')) || !atLeast(flux, '2.6')) return;
    const entry = editable(object, 'spec', 'commitStatusExpr');
    yield report(
      placeAt(object, 'spec', 'commitStatusExpr'),
      `spec.commitStatusExpr is only supported for the 'github', 'gitlab', 'gitea', 'bitbucketserver', 'bitbucket', 'azuredevops' provider types, and this one is ${type}.`,
      { fix: entry && safeFix('Remove commitStatusExpr', removeEntry(entry)) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'On an event hub',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
spec:
  type: azureeventhub
  address: flux-events
  <|commitStatusExpr|>: "event.metadata['clusterName']"
  channel: contoso-events
`,
      fixed: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
spec:
  type: azureeventhub
  address: flux-events
  channel: contoso-events
`,
    },
  ],
  good: [
    {
      title: 'On Azure DevOps; a type that is not known; and a field that an older Flux does not have at all',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: status
spec:
  type: azuredevops
  address: https://dev.azure.com/contoso/fleet/_git/clusters
  commitStatusExpr: "(event.involvedObject.kind + '/' + event.metadata['clusterName'])"
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: any
spec:
  type: \${PROVIDER}
  commitStatusExpr: "'west'"
`,
    },
    {
      title: 'Left to the rule about fields of a newer Flux',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: events
spec:
  type: azureeventhub
  address: flux-events
  channel: contoso-events
  commitStatusExpr: "'west'"
`,
      settings: { fluxVersion: '2.5' },
    },
  ],
};
