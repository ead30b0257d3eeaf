import { annotation } from '../../model/object.ts';
import { removeEntry } from '../../yaml/edits.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { IDENTITY_BINDING, INJECT_PROXY, PROXY_PORT, SKIP_CONTAINERS } from './_keys.ts';

export default defineRule({
  id: 'workload-identity/pod-annotation-on-service-account',
  on: kinds('/ServiceAccount'),
  severity: 'warning',
  partial: true,
  summary: 'An annotation that is read from pods stands on a ServiceAccount.',
  why: 'The webhook reads the sidecar, the containers to skip and the identity binding from the pod alone. On a ServiceAccount they do nothing.',
  references: ['Azure/azure-workload-identity@v1.6.0 pkg/webhook/webhook.go'],
  *check(account) {
    for (const key of [SKIP_CONTAINERS, INJECT_PROXY, PROXY_PORT, IDENTITY_BINDING]) {
      const entry = annotation(account, key);
      if (entry)
        yield report(entry, `${key} is read from pods only: put it on the pod template.`, {
          fix: entry.key.synthetic ? undefined : unsafeFix('Remove it here', removeEntry(entry)),
        });
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'On the ServiceAccount',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
    <|azure.workload.identity/inject-proxy-sidecar|>: "true"
`,
      fixed: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/client-id: 7c9e6679-7425-40de-944b-e07fc1f90ae7
`,
    },
  ],
  good: [
    {
      title: 'The expiration, which is read from both',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/service-account-token-expiration: "7200"
`,
    },
  ],
};
