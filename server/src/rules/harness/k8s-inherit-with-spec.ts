import { addEntry, removeEntry } from '../../yaml/edits.ts';
import { asScalar, entry, get, items, text } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { connectors, isEmpty } from './_connectors.ts';

export default defineRule({
  id: 'harness/k8s-inherit-with-spec',
  on: connectors,
  severity: 'error',
  partial: true,
  summary: 'A connector takes the credential of a delegate and has a `spec` for it.',
  why: 'The delegate uses its own ServiceAccount: there is nothing to say. The delegates themselves are listed in `spec.delegateSelectors` of the connector.',
  references: ['harness-core@1dcec145c5 954-connector-beans k8Connector/KubernetesCredentialDTO'],
  *check({ type, spec, credential, credentialType }) {
    if (type !== 'K8sCluster' || credentialType !== 'InheritFromDelegate' || !spec) return;
    const own = entry(credential, 'spec');
    if (!own || asScalar(own.value)?.value === null) return;
    const selectors = items(get(own.value, 'delegateSelectors')).flatMap((item) => text(item) ?? []);
    const move = selectors.length > 0 && isEmpty(get(spec, 'delegateSelectors'));
    yield report(
      own,
      'No spec should be provided with the inherit from delegate type: remove it; delegateSelectors belong to spec of the connector.',
      {
        fix: unsafeFix(
          move ? 'Remove spec and move delegateSelectors' : 'Remove spec',
          removeEntry(own),
          ...(move && !get(spec, 'delegateSelectors') ? [addEntry(spec, 'delegateSelectors', selectors)] : []),
        ),
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'An empty one',
      yaml: `connector:
  name: Fleet
  identifier: fleet
  type: K8sCluster
  spec:
    credential:
      type: InheritFromDelegate
      <|spec|>: {}
    delegateSelectors:
      - fleet
`,
      fixed: `connector:
  name: Fleet
  identifier: fleet
  type: K8sCluster
  spec:
    credential:
      type: InheritFromDelegate
    delegateSelectors:
      - fleet
`,
    },
  ],
  good: [
    {
      title: 'None, and null',
      yaml: `connector:
  name: Fleet
  identifier: fleet
  type: K8sCluster
  spec:
    credential:
      type: InheritFromDelegate
      spec:
    delegateSelectors:
      - fleet
`,
    },
  ],
};
