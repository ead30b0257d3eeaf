import { RULES } from './docs.ts';
import type { Report } from './report.ts';

const LEVELS = { error: 'error', warning: 'warning', info: 'note', hint: 'note' } as const;

/**
 * A report as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0), as code scanning services read it. Columns
 * count UTF-16 units, from 1.
 */
export function sarifReport(report: Report, version: string): string {
  const used = new Set(report.findings.map((f) => f.rule));
  const rules = RULES.filter((r) => used.has(r.id)).map((r) => ({
    id: r.id,
    shortDescription: { text: r.summary.replaceAll('`', '') },
    fullDescription: { text: r.why },
    helpUri: r.references.find((u) => u.startsWith('https://')),
  }));
  const region = ({ start, end }: Report['findings'][number]['range']) => ({
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  });
  const location = (file: string, range: Report['findings'][number]['range'], message?: string) => ({
    physicalLocation: {
      artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
      region: region(range),
    },
    ...(message ? { message: { text: message } } : {}),
  });
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'azure-gitops', version, rules } },
        columnKind: 'utf16CodeUnits',
        results: report.findings.map((f) => ({
          ruleId: f.rule,
          level: LEVELS[f.severity],
          message: { text: f.message },
          locations: [location(f.file, f.range)],
          relatedLocations: f.related.map((r) => location(r.file, r.range, r.message)),
          fixes: f.fixes
            .filter((fix) => fix.edits.length > 0)
            .map((fix) => ({
              description: { text: fix.title },
              artifactChanges: [...new Set(fix.edits.map((e) => e.file))].map((file) => ({
                artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
                replacements: fix.edits
                  .filter((e) => e.file === file)
                  .map((e) => ({ deletedRegion: region(e.range), insertedContent: { text: e.newText } })),
              })),
            })),
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 1)}\n`;
}
