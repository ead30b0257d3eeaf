import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GENERATORS } from '../../../server/src/features/generate/index.ts';
import { generate } from '../../../server/src/features/generate/run.ts';
import { contextOf, pathsOf } from '../../support/generator-paths.ts';
import { findingsOf, sessionOf } from '../../support/workspace.ts';

/** Flux and Argo CD releases to write for: the newest, and those at which something changed. */
const TARGETS = [
  ['2.9', '3.5'],
  ['2.8', '3.1'],
  ['2.7', '3.0.7'],
  ['2.6', '2.14'],
  ['2.4', '2.13'],
  ['2.3', '2.8'],
] as const;

/** What may be said of a choice that somebody made on purpose: below a warning, and true. */
const ALLOWED = new Set([
  'flux/eventhub-jwt-deprecated', // the token mode, deprecated upstream
  'sops/azure-kv-managed-identity', // a managed identity of the nodes
]);

for (const generator of GENERATORS)
  test(`${generator.name}: what it writes lints clean`, () => {
    const seen = new Set<string>();
    for (const [flux, argocd] of TARGETS) {
      const context = contextOf(flux, argocd);
      if (generator.refused?.(context) !== undefined) continue;
      for (const values of pathsOf(generator, context)) {
        const result = generate(generator.name, values, context);
        assert.ok(result.ok);
        const files = Object.fromEntries(
          result.files.filter((file) => file.language === 'yaml').map((file) => [file.path, file.content]),
        );
        const key = JSON.stringify([flux, argocd, files]);
        if (seen.has(key)) continue;
        seen.add(key);
        const session = sessionOf(files, { fluxVersion: flux, argocdVersion: argocd });
        for (const path of Object.keys(files))
          for (const finding of findingsOf(session, path)) {
            const allowed = ALLOWED.has(finding.rule) && finding.severity === 'info';
            assert.ok(
              allowed,
              `${finding.rule} (${finding.severity}) ${finding.message}\nFlux ${flux}, Argo CD ${argocd} ${JSON.stringify(values)}\n${files[path]}`,
            );
          }
      }
    }
    assert.ok(seen.size > 0);
  });
