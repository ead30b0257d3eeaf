import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXAMPLES, filesOf } from '../../../server/src/report/docs.ts';
import { RULES } from '../../../server/src/rules/index.generated.ts';
import { sessionOf, unmark } from '../../support/workspace.ts';

test('a view that says where it finds nothing is right: no example has anything there', () => {
  const views = [...new Set(RULES.map((rule) => rule.on))].filter((view) => view.only);
  assert.ok(views.length > 100);
  let skipped = 0;
  for (const examples of Object.values(EXAMPLES))
    for (const example of [...examples.bad, ...examples.good]) {
      const files = Object.fromEntries(
        Object.entries(filesOf(example)).map(([name, text]) => [name, unmark(text).text]),
      );
      const session = sessionOf(files, example.settings);
      for (const uri of session.uris())
        for (const document of session.file(uri)?.documents ?? [])
          for (const unit of session.unitsOf(document)) {
            const type = unit.object && `${unit.object.group}/${unit.object.kind}`;
            const context = session.context(unit);
            for (const view of views) {
              if (view.only?.(unit.language, type)) continue;
              skipped++;
              assert.deepEqual([...view.select(unit, context)], [], `${view.name} in ${example.title}`);
            }
          }
    }
  assert.ok(skipped > 10_000);
});
