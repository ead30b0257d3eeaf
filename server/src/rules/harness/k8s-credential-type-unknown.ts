import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { connectors, literal } from './_connectors.ts';

const TYPES = ['ManualConfig', 'InheritFromDelegate'];

export default defineRule({
  id: 'harness/k8s-credential-type-unknown',
  on: connectors,
  severity: 'error',
  partial: true,
  summary: 'A connector for a cluster has a credential of a type that Harness does not know.',
  why: 'The credential says where it comes from; how it logs in (`ServiceAccount`, `UsernamePassword`, `OpenIdConnect`, `ClientKeyCert`) is the type of `spec.auth` in it.',
  references: ['harness-core@1dcec145c5 954-connector-beans k8Connector/KubernetesCredentialType.java'],
  *check({ type, credential }) {
    const node = type === 'K8sCluster' ? literal(get(credential, 'type')) : undefined;
    if (!node || node.text === '' || TYPES.includes(node.text)) return;
    yield report(
      node,
      `Invalid value: "${node.text}". Credentials are ${TYPES.join(' or ')}; how to log in belongs to credential.spec.auth.type.`,
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'How to log in for where from',
      yaml: `connector:
  name: Fleet
  identifier: fleet
  type: K8sCluster
  spec:
    credential:
      type: <|ServiceAccount|>
`,
    },
  ],
  good: [
    {
      title: 'Both in their places',
      yaml: `connector:
  name: Fleet
  identifier: fleet
  type: K8sCluster
  spec:
    credential:
      type: ManualConfig
      spec:
        masterUrl: https://fleet.hcp.westeurope.azmk8s.io:443
        auth:
          type: ServiceAccount
          spec:
            serviceAccountTokenRef: account.fleet
`,
    },
  ],
};
