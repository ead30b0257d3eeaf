import { isTemplate, nearest } from '../../azure/text-kinds.ts';
import { replacePart } from '../../yaml/edits.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, partOf, report, unsafeFix } from '../define.ts';
import { podTemplates } from '../views.ts';
import { SKIP_CONTAINERS } from './_keys.ts';

/** Containers that other webhooks put into pods. */
const INJECTED = [
  'istio-proxy',
  'istio-init',
  'linkerd-proxy',
  'linkerd-init',
  'daprd',
  'vault-agent',
  'azwi-proxy',
  'azwi-proxy-init',
];

export default defineRule({
  id: 'workload-identity/skip-containers-unknown',
  on: podTemplates,
  severity: 'hint',
  summary: '`skip-containers` names a container that the pod does not have.',
  why: 'The webhook leaves out containers by their exact names; a name that matches none has no effect.',
  references: ['Azure/azure-workload-identity@v1.6.0 pkg/webhook/webhook.go'],
  *check(template) {
    const value = asScalar(template.annotation(SKIP_CONTAINERS)?.value);
    if (
      !value ||
      typeof value.value !== 'string' ||
      value.text.includes(',') ||
      isTemplate(value.text) ||
      !get(template.spec, 'containers')
    )
      return;
    const names = template.containers.map((c) => c.name ?? '');
    if (names.some(isTemplate)) return;
    for (const match of value.text.matchAll(/[^;]+/g)) {
      const name = match[0].trim();
      if (name === '' || names.includes(name) || INJECTED.includes(name)) continue;
      const start = match.index + match[0].indexOf(name);
      const meant = nearest(name, names, 2);
      yield report(
        partOf(value, start, start + name.length),
        `No container "${name}" in this pod: the entry has no effect.`,
        {
          fix: meant ? unsafeFix(`Write ${meant}`, replacePart(value, start, start + name.length, meant)) : undefined,
        },
      );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A misspelt container',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  annotations:
    azure.workload.identity/skip-containers: istio-proxy;<|loger|>
spec:
  containers: [{ name: worker, image: worker:1 }, { name: logger, image: logger:1 }]
`,
      fixed: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  annotations:
    azure.workload.identity/skip-containers: istio-proxy;logger
spec:
  containers: [{ name: worker, image: worker:1 }, { name: logger, image: logger:1 }]
`,
    },
  ],
  good: [
    {
      title: 'Containers of the pod, and injected ones',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  annotations:
    azure.workload.identity/skip-containers: worker; daprd
spec:
  containers: [{ name: worker, image: worker:1 }]
`,
    },
  ],
};
