import { isTemplate } from '../../azure/text-kinds.ts';
import { replaceSource } from '../../yaml/edits.ts';
import { asScalar } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { metadata, TOKEN_EXPIRATION } from './_keys.ts';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const MINIMUM = 3600;
const MAXIMUM = 86_400;

export default defineRule({
  id: 'workload-identity/token-expiration-invalid',
  on: metadata,
  severity: 'error',
  partial: true,
  summary: 'The expiration of the token must be whole seconds from 3600 to 86400.',
  why: 'The webhook reads the value as an integer of seconds. Anything else, or a value out of range, makes it refuse every pod that uses the ServiceAccount: `token expiration %d not valid. Expected value to be between 3600 and 86400`.',
  references: ['Azure/azure-workload-identity@v1.6.0 pkg/webhook/webhook.go getServiceAccountTokenExpiration'],
  versions: 'webhook v1.0.0 and later',
  *check({ entry, in: field, object, of }) {
    if (field !== 'annotations' || entry.key.text !== TOKEN_EXPIRATION) return;
    if (of !== 'pod' && object.kind !== 'ServiceAccount') return;
    const value = asScalar(entry.value);
    if (!value || typeof value.value !== 'string' || value.text === '' || isTemplate(value.text)) return;
    const number = /^[+-]?\d+$/.test(value.text) ? Number(value.text) : undefined;
    if (number !== undefined && number >= MINIMUM && number <= MAXIMUM) return;
    const unit = /^(\d+)([smhd])$/.exec(value.text.trim());
    const meant = number ?? (unit ? Number(unit[1]) * (SECONDS[unit[2] as string] as number) : undefined);
    const fixed = meant === undefined ? undefined : String(Math.min(MAXIMUM, Math.max(MINIMUM, meant)));
    yield report(
      value,
      `Pods are refused: token expiration "${value.text}" is not valid. Expected value to be between 3600 and 86400, in whole seconds.`,
      {
        fix: fixed ? unsafeFix(`Write "${fixed}"`, replaceSource(value, `"${fixed}"`)) : undefined,
      },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Too short',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/service-account-token-expiration: <|"600"|>
`,
      fixed: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/service-account-token-expiration: "3600"
`,
    },
    {
      title: 'With a unit, on a pod',
      yaml: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  annotations:
    azure.workload.identity/service-account-token-expiration: <|2h|>
`,
      fixed: `apiVersion: v1
kind: Pod
metadata:
  name: worker
  annotations:
    azure.workload.identity/service-account-token-expiration: "7200"
`,
    },
  ],
  good: [
    {
      title: 'In range',
      yaml: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  annotations:
    azure.workload.identity/service-account-token-expiration: "86400"
`,
    },
  ],
};
