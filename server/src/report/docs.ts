import { SEVERITIES } from '../engine/configuration.ts';
import type { Example, Examples, Rule } from '../rules/define.ts';
import { EXAMPLES } from '../rules/examples.generated.ts';
import { RULES } from '../rules/index.generated.ts';

export { EXAMPLES, RULES };

/** The docs page of a rule, as Markdown. */
export function rulePage(rule: Rule, examples: Examples | undefined): string {
  const lines = [
    `# ${rule.id}`,
    '',
    rule.summary,
    '',
    `Severity: ${rule.severity}${rule.versions ? ` · Versions: ${rule.versions}` : ''}`,
    '',
    '## Why',
    '',
    rule.why,
    '',
  ];
  for (const [title, list] of [
    ['Wrong', examples?.bad ?? []],
    ['Right', examples?.good ?? []],
  ] as const) {
    if (list.length === 0) continue;
    lines.push(`## ${title}`, '');
    for (const example of list) lines.push(...exampleLines(example));
  }
  lines.push(
    '## Switch it off',
    '',
    '```yaml',
    `# azure-gitops-disable-next-line ${rule.id} -- say why`,
    '```',
    '',
    `Or for a folder, in \`.azure-gitops.yaml\`: \`rules: { ${rule.id}: off }\`.`,
    '',
    '## Sources',
    '',
  );
  for (const reference of rule.references) lines.push(`- ${reference}`);
  return `${lines.join('\n')}\n`;
}

function exampleLines(example: Example & { fixed?: unknown }): string[] {
  const lines = [`### ${example.title}`, ''];
  if (example.settings) lines.push(`With the settings \`${JSON.stringify(example.settings)}\`:`, '');
  for (const [name, source] of Object.entries(filesOf(example))) {
    if (Object.keys(filesOf(example)).length > 1) lines.push(`\`${name}\``, '');
    lines.push('```yaml', source.replace(/<\||\|>/g, '').trimEnd(), '```', '');
  }
  if (typeof example.fixed === 'string')
    lines.push('After the fix:', '', '```yaml', example.fixed.trimEnd(), '```', '');
  return lines;
}

/** The files of an example by path. */
export const filesOf = (example: Example): Readonly<Record<string, string>> =>
  example.files ?? { 'manifest.yaml': example.yaml ?? '' };

/** JSON Schema of `.azure-gitops.yaml`. */
export const SETTINGS_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Azure GitOps settings',
  type: 'object',
  additionalProperties: false,
  properties: {
    fluxVersion: {
      type: ['string', 'number'],
      description: 'The Flux version that runs in the cluster, as 2.6 or 2.8.5.',
    },
    argocdVersion: { type: ['string', 'number'], description: 'The Argo CD version that runs in the cluster, as 3.1.' },
    sopsVersion: { type: ['string', 'number'], description: 'The SOPS version in use, as 3.10.' },
    kubernetesVersion: { type: ['string', 'number'], description: 'The Kubernetes version of the cluster.' },
    azureMode: {
      type: 'string',
      enum: ['auto', 'on', 'off'],
      description: 'Whether rules that only make sense on Azure hold: auto looks for signs of Azure in the workspace.',
    },
    keyVaultSuffixes: {
      type: 'array',
      items: { type: 'string' },
      description: 'DNS suffixes of Key Vaults in private clouds.',
    },
    argocdExtraCommands: {
      type: 'array',
      items: { type: 'string' },
      description: 'Commands that the Argo CD image holds besides those of the upstream image.',
    },
    exclude: {
      type: 'array',
      items: { type: 'string' },
      description: 'Parts of paths; files whose path holds one of them are not looked at.',
    },
    rules: {
      type: 'object',
      description: 'Severity by rule.',
      additionalProperties: false,
      properties: Object.fromEntries(
        [
          ...RULES.map((r) => [r.id, r.summary] as const),
          ['azure-gitops/unused-suppression', 'A comment suppresses a rule that reports nothing there.'] as const,
        ].map(([id, summary]) => [
          id,
          { type: 'string', enum: [...SEVERITIES], description: summary.replaceAll('`', '') },
        ]),
      ),
    },
  },
};
