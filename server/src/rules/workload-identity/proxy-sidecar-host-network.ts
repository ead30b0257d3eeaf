import { removeEntry } from '../../yaml/edits.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { podTemplates } from '../views.ts';
import { INJECT_PROXY, isLabelled } from './_keys.ts';

export default defineRule({
  id: 'workload-identity/proxy-sidecar-host-network',
  on: podTemplates,
  severity: 'error',
  partial: true,
  summary: 'The proxy sidecar cannot be injected into a pod on the host network.',
  why: 'The sidecar redirects the traffic of its own network namespace. On the host network the webhook refuses the pod: `hostNetwork is set to true, cannot inject proxy sidecar`.',
  references: ['Azure/azure-workload-identity@v1.6.0 pkg/webhook/webhook.go:198-203'],
  *check(template) {
    const entry = template.annotation(INJECT_PROXY);
    if (!entry || !isLabelled(template) || asScalar(get(template.spec, 'hostNetwork'))?.value !== true) return;
    yield report(entry, 'The webhook refuses this pod: hostNetwork is set to true, cannot inject proxy sidecar.', {
      fix: entry.key.synthetic ? undefined : unsafeFix('Remove the annotation', removeEntry(entry)),
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Host network and sidecar',
      yaml: `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  template:
    metadata:
      labels:
        azure.workload.identity/use: "true"
      annotations:
        a: b
        <|azure.workload.identity/inject-proxy-sidecar|>: "true"
    spec:
      hostNetwork: true
      containers: [{ name: agent, image: agent:1 }]
`,
    },
  ],
  good: [
    {
      title: "The pod's own network",
      yaml: `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  template:
    metadata:
      labels:
        azure.workload.identity/use: "true"
      annotations:
        azure.workload.identity/inject-proxy-sidecar: "true"
    spec:
      hostNetwork: false
      containers: [{ name: agent, image: agent:1 }]
`,
    },
  ],
};
