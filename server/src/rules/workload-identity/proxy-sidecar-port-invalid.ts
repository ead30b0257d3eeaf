import { isTemplate } from '../../azure/text-kinds.ts';
import { replaceSource } from '../../yaml/edits.ts';
import { asScalar } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { metadata, PROXY_PORT } from './_keys.ts';

export default defineRule({
  id: 'workload-identity/proxy-sidecar-port-invalid',
  on: metadata,
  severity: 'error',
  partial: true,
  summary: 'The port of the proxy sidecar is no port number.',
  why: 'The webhook reads the value as a decimal integer and refuses every pod where it is none.',
  references: ['Azure/azure-workload-identity@v1.6.0 pkg/webhook/webhook.go'],
  *check({ entry, in: field, of }) {
    if (field !== 'annotations' || of !== 'pod' || entry.key.text !== PROXY_PORT) return;
    const value = asScalar(entry.value);
    if (!value || typeof value.value !== 'string' || isTemplate(value.text)) return;
    const port = /^\d+$/.test(value.text) ? Number(value.text) : 0;
    if (port >= 1 && port <= 65_535) return;
    yield report(value, `Pods are refused: "${value.text}" is not a port number from 1 to 65535.`, {
      fix: unsafeFix('Write "8000", the default', replaceSource(value, '"8000"')),
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A name for a number',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  annotations:
    azure.workload.identity/proxy-sidecar-port: <|http|>
`,
      fixed: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  annotations:
    azure.workload.identity/proxy-sidecar-port: "8000"
`,
    },
  ],
  good: [
    {
      title: 'A port',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  annotations:
    azure.workload.identity/proxy-sidecar-port: "8080"
`,
    },
  ],
};
