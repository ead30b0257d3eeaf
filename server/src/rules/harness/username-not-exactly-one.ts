import { removeEntry } from '../../yaml/edits.ts';
import { asMap, entry, get, textAt } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { connectors, isEmpty } from './_connectors.ts';

/** By type of login: the name as text, and as a secret. */
const FIELDS: Readonly<Record<string, readonly [string, string]>> = {
  UsernamePassword: ['username', 'usernameRef'],
  OpenIdConnect: ['oidcUsername', 'oidcUsernameRef'],
};

export default defineRule({
  id: 'harness/username-not-exactly-one',
  on: connectors,
  severity: 'error',
  summary: 'A connector has a user name as text and as a secret, or none.',
  why: 'Harness takes the name from one of the two fields and refuses both and none.',
  references: ['harness-core@1dcec145c5 954-connector-beans k8Connector/KubernetesUserNamePasswordDTO'],
  *check({ type, auth }) {
    const fields = FIELDS[textAt(auth, 'type') ?? ''];
    const spec = asMap(get(auth, 'spec'));
    const kind = get(auth, 'type');
    if (type !== 'K8sCluster' || !fields || !spec || !kind || spec.damaged) return;
    const [plain, secret] = fields.map((f) => entry(spec, f));
    const both = !isEmpty(plain?.value) && !isEmpty(secret?.value);
    if (both && plain && secret)
      yield report(secret, `${fields[0]} is there as well: Harness takes exactly one of the two.`, {
        fix: [
          unsafeFix(`Remove ${fields[1]}`, removeEntry(secret)),
          unsafeFix(`Remove ${fields[0]}`, removeEntry(plain)),
        ],
      });
    else if (isEmpty(plain?.value) && isEmpty(secret?.value))
      yield report(kind, `${textAt(auth, 'type')} needs a user name: set one of ${fields[0]} and ${fields[1]}.`);
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Both',
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
          type: UsernamePassword
          spec:
            username: fleet
            <|usernameRef|>: account.fleet
            passwordRef: account.password
`,
      fixed: `connector:
  name: Fleet
  identifier: fleet
  type: K8sCluster
  spec:
    credential:
      type: ManualConfig
      spec:
        masterUrl: https://fleet.hcp.westeurope.azmk8s.io:443
        auth:
          type: UsernamePassword
          spec:
            username: fleet
            passwordRef: account.password
`,
    },
    {
      title: 'None',
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
          type: <|UsernamePassword|>
          spec:
            passwordRef: account.password
`,
    },
  ],
  good: [
    {
      title: 'One',
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
          type: UsernamePassword
          spec:
            usernameRef: account.fleet
            passwordRef: account.password
`,
    },
  ],
};
