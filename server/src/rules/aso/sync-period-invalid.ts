import { isPlaceholder, isTemplate } from '../../azure/text-kinds.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { credentialSecrets, SETTINGS, setItem } from './_credential-secrets.ts';

const DURATION = /^([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))+$/;

export default defineRule({
  id: 'aso/sync-period-invalid',
  on: credentialSecrets,
  severity: 'error',
  partial: true,
  summary: '`AZURE_SYNC_PERIOD` of Azure Service Operator is no duration.',
  why: 'The operator reads a duration of Go (`15m`, `1h30m`) or `never`, and does not start with anything else. A number needs a unit; days are no unit.',
  references: ['Azure/azure-service-operator@129173a1 docs/hugo/content/guide'],
  *check({ secret, data }) {
    const item = secret.name === SETTINGS ? data.get('AZURE_SYNC_PERIOD') : undefined;
    if (!item?.node || !item.text || isTemplate(item.text) || isPlaceholder(item.text)) return;
    if (item.text === 'never' || DURATION.test(item.text)) return;
    const seconds = /^[0-9]+$/.test(item.text) ? `${item.text}s` : undefined;
    const edit = seconds === undefined ? undefined : setItem(secret, item, seconds);
    yield report(
      item.node,
      `"${item.text}" is no duration of Go: write a number with its unit (15m, 1h) or never. The operator does not start otherwise.`,
      { fix: edit && unsafeFix(`Write ${seconds}`, edit) },
    );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A number',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aso-controller-settings
  namespace: azureserviceoperator-system
stringData:
  AZURE_SYNC_PERIOD: <|"3600"|>
`,
      fixed: `apiVersion: v1
kind: Secret
metadata:
  name: aso-controller-settings
  namespace: azureserviceoperator-system
stringData:
  AZURE_SYNC_PERIOD: "3600s"
`,
    },
    {
      title: 'Days, encoded',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aso-controller-settings
data:
  AZURE_SYNC_PERIOD: <|MWQ=|>
`,
    },
  ],
  good: [
    {
      title: 'Durations',
      yaml: `apiVersion: v1
kind: Secret
metadata:
  name: aso-controller-settings
stringData:
  AZURE_SYNC_PERIOD: 1h30m
---
apiVersion: v1
kind: Secret
metadata:
  name: aso-controller-settings
stringData:
  AZURE_SYNC_PERIOD: never
`,
    },
  ],
};
