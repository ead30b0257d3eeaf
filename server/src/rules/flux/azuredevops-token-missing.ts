import { atLeast } from '../../model/context.ts';
import { addEntry } from '../../yaml/edits.ts';
import { asMap, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { providersOf } from './_notifications.ts';
import { isSet, nameOf } from './_sources.ts';

export default defineRule({
  id: 'flux/azuredevops-token-missing',
  on: providersOf('azuredevops'),
  severity: 'error',
  summary: 'A Provider for Azure DevOps has no Secret, and this Flux cannot sign in without one.',
  why: 'Commit statuses in Azure DevOps with workload identity came with Flux 2.7. An older notification-controller needs a personal access token and refuses to start the Provider without it, which shows only as an event of the Alert.',
  references: ['fluxcd/notification-controller@v1.6.0 internal/notifier/azure_devops.go NewAzureDevOps'],
  versions: 'before Flux 2.7',
  *check({ object, specs, whole }, { flux }) {
    if (!whole || specs.some((spec) => isSet(spec, 'secretRef')) || atLeast(flux, '2.7')) return;
    const own = asMap(get(object.root, 'spec'));
    yield report(
      get(object.root, 'spec', 'type') ?? nameOf(object),
      `azure devops token cannot be empty: Flux ${flux.minor} needs a personal access token here, and workload identity from 2.7 on. Name a Secret with the key token in secretRef.`,
      { fix: own && unsafeFix('Add secretRef', addEntry(own, 'secretRef', { name: 'azure-devops-token' })) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Without a token, on Flux 2.6',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: status
spec:
  type: <|azuredevops|>
  address: https://dev.azure.com/contoso/fleet/_git/clusters
`,
      settings: { fluxVersion: '2.6' },
      fixed: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: status
spec:
  type: azuredevops
  address: https://dev.azure.com/contoso/fleet/_git/clusters
  secretRef:
    name: azure-devops-token
`,
      message: 'azure devops token cannot be empty',
    },
  ],
  good: [
    {
      title: 'With one',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: status
spec:
  type: azuredevops
  address: https://dev.azure.com/contoso/fleet/_git/clusters
  secretRef: { name: status-writer }
`,
      settings: { fluxVersion: '2.6' },
    },
    {
      title: 'Without, on a Flux that signs in by itself',
      yaml: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: status
spec:
  type: azuredevops
  address: https://dev.azure.com/contoso/fleet/_git/clusters
  serviceAccountName: status-writer
`,
      settings: { fluxVersion: '2.7' },
    },
  ],
};
