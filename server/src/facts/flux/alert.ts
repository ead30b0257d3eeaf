import { defineFacts } from '../define.ts';
import { fluxDocs, SUSPEND, sourceName } from './_fields.ts';

export default defineFacts({
  group: 'notification.toolkit.fluxcd.io',
  kinds: ['Alert'],
  version: 'v1beta3',
  doc: 'Sends events of some objects to a Provider.',
  link: fluxDocs('notification/alerts/'),
  fields: {
    'spec.providerRef': { doc: 'Where the events go.' },
    'spec.providerRef.name': {
      doc: 'A Provider in the namespace of this object.',
      refersTo: { kind: 'Provider', group: 'notification.toolkit.fluxcd.io' },
    },
    'spec.eventSources': {
      doc: 'The objects whose events are sent. For a commit status (`azuredevops`) only Kustomizations count: other kinds carry no commit.',
      snippet: '\n  - kind: ${1:Kustomization}\n    name: "${2:*}"',
    },
    'spec.eventSources[].kind': { doc: 'The kind of the object.' },
    'spec.eventSources[].name': sourceName('The object’s name, or `*` for all of the kind in the namespace.'),
    'spec.eventSources[].namespace': {
      doc: 'The object’s namespace, where it is not that of this object. A controller with `--no-cross-namespace-refs` refuses it.',
    },
    'spec.eventSeverity': {
      doc: 'What is sent.',
      values: {
        info: { doc: 'Everything. The default.' },
        error: { doc: 'Failures alone. For a commit status that leaves commits pending for ever.' },
      },
    },
    'spec.suspend': SUSPEND,
  },
  snippets: [
    {
      label: 'Alert',
      doc: 'Sends events of all Kustomizations of the namespace.',
      body: `apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Alert
metadata:
  name: \${1:fleet}
  namespace: \${2:flux-system}
spec:
  providerRef:
    name: \${3:provider}
  eventSeverity: \${4|info,error|}
  eventSources:
    - kind: Kustomization
      name: "*"
`,
    },
  ],
});
