import { nearest } from '../../azure/text-kinds.ts';
import { renameKey } from '../../yaml/edits.ts';
import { asMap, asScalar, asSeq, entries } from '../../yaml/navigate.ts';
import type { Entry } from '../../yaml/tree.ts';
import { defineRule, type Examples, type Report, report, unsafeFix } from '../define.ts';
import { RULE_IDS } from '../ids.generated.ts';
import { maps } from '../views.ts';

const SETTINGS = [
  'fluxVersion',
  'argocdVersion',
  'sopsVersion',
  'kubernetesVersion',
  'azureMode',
  'keyVaultSuffixes',
  'argocdExtraCommands',
  'exclude',
  'rules',
];
const SEVERITIES = ['off', 'hint', 'info', 'warning', 'error'];

export default defineRule({
  id: 'azure-gitops/setting-invalid',
  on: maps('azure-gitops-config'),
  severity: 'warning',
  summary: 'A setting in `.azure-gitops.yaml` is unknown or has a value it cannot have.',
  why: 'What is not understood is left out and the default holds, so the setting does not do what it says.',
  references: ['schemas/azure-gitops.schema.json'],
  *check({ root }) {
    for (const entry of entries(root)) yield* checkSetting(entry);
  },
});

function* checkSetting(entry: Entry): Iterable<Report> {
  const key = entry.key.text;
  const value = asScalar(entry.value);
  if (!SETTINGS.includes(key)) yield unknown(entry, `There is no setting "${key}"`, SETTINGS);
  else if (key === 'rules') {
    if (!asMap(entry.value))
      yield report(entry, 'rules must be a map of rule ids and severities: this one is ignored.');
    for (const rule of entries(entry.value)) {
      const severity = asScalar(rule.value);
      if (!RULE_IDS.includes(rule.key.text)) yield unknown(rule, `There is no rule "${rule.key.text}"`, RULE_IDS);
      // YAML 1.1 tools read a bare `off` as false.
      else if (severity?.value !== false && !SEVERITIES.includes(severity?.text ?? ''))
        yield report(
          severity ?? rule,
          `A severity is one of ${SEVERITIES.join(', ')}: this one is ignored and the default holds.`,
        );
    }
  } else if (key.endsWith('Version')) {
    if (!/^v?\d+\.\d+(\.\d+)?$/.test(value?.text ?? ''))
      yield report(
        value ?? entry,
        `${key} is a version such as "2.6" or "2.8.5": this value is ignored and the version is guessed.`,
      );
  } else if (key === 'azureMode') {
    if (!['auto', 'on', 'off'].includes(value?.text ?? ''))
      yield report(value ?? entry, 'azureMode is auto, on or off: this value is ignored and auto holds.');
  } else if (!asSeq(entry.value)) yield report(entry, `${key} must be a list of strings: this value is ignored.`);
}

function unknown(entry: Entry, problem: string, names: readonly string[]): Report {
  const meant = nearest(entry.key.text, names, 3);
  return report(entry, `${problem}${meant ? `; did you mean "${meant}"?` : '.'} It is ignored.`, {
    fix: meant ? unsafeFix(`Rename to ${meant}`, renameKey(entry, meant)) : undefined,
  });
}

export const examples: Examples = {
  bad: [
    {
      title: 'A misspelt setting, a rule that does not exist, and a value that is none',
      files: {
        '.azure-gitops.yaml': `<|fluxversion|>: "2.6"
argocdVersion: <|latest|>
rules:
  flux/registry-not-acr: <|warn|>
  <|flux/registry-not-ac|>: off
`,
      },
    },
  ],
  good: [
    {
      title: 'All kinds of settings',
      files: {
        '.azure-gitops.yaml': `fluxVersion: 2.6
argocdVersion: v3.1.2
azureMode: on
keyVaultSuffixes: [vault.local.azurestack.external]
rules:
  flux/registry-not-acr: off
  workload-identity/unknown-key: error
`,
      },
    },
  ],
};
