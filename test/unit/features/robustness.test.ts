// Whatever stands in a file, and wherever the cursor is: features answer, quickly, and do not throw.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Session } from '../../../server/src/engine/session.ts';
import { codeActions, fixAll } from '../../../server/src/features/code-actions.ts';
import { codeLenses } from '../../../server/src/features/code-lens.ts';
import { complete } from '../../../server/src/features/completion.ts';
import { documentLinks } from '../../../server/src/features/document-links.ts';
import { hover } from '../../../server/src/features/hover.ts';
import { inlayHints } from '../../../server/src/features/inlay-hints.ts';
import { definition, prepareRename, references, rename } from '../../../server/src/features/navigation.ts';
import { workspaceSymbols } from '../../../server/src/features/symbols.ts';
import { ROOT } from '../../support/workspace.ts';

const FLEET = readdirSync('examples', { recursive: true })
  .map((f) => String(f).replaceAll('\\', '/'))
  .filter((f) => f.endsWith('.yaml'))
  .map((path) => ({ path, text: readFileSync(`examples/${path}`, 'utf8') }));

const JUNK = [
  '\n',
  '  ',
  '- ',
  ': ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '|',
  '|\n',
  '#',
  ',',
  '&a',
  '*a',
  '<<: ',
  '---\n',
  '\t',
  '\r\n',
  '${',
  '{{',
  '\ud800',
  '\0',
  'é',
  '~',
  '!!binary ',
];

type Feature = (session: Session, uri: string, offset: number) => unknown;
const FEATURES: Readonly<Record<string, Feature>> = {
  complete: (session, uri, offset) => {
    for (const item of complete(session, uri, offset).items) {
      item.documentation();
      const length = session.file(uri)?.text.length ?? 0;
      assert.ok(
        item.replace.start >= 0 && item.replace.start <= item.replace.end && item.replace.end <= length,
        item.label,
      );
    }
  },
  hover: (session, uri, offset) => {
    const found = hover(session, uri, offset);
    assert.ok(!found || (found.contents !== '' && found.span.start <= offset && offset <= found.span.end));
  },
  navigation: (session, uri, offset) => {
    definition(session, uri, offset);
    references(session, uri, offset, true);
    prepareRename(session, uri, offset);
    const renamed = rename(session, uri, offset, 'other');
    for (const { uri: file, edits } of renamed && 'ok' in renamed ? renamed.ok : [])
      for (const { span } of edits)
        assert.ok(span.start <= span.end && span.end <= (session.file(file)?.text.length ?? 0));
  },
  codeActions: (session, uri, offset) => void codeActions(session, uri, { start: offset, end: offset }),
};

const mutation = fc.tuple(fc.nat(), fc.nat(40), fc.constantFrom(...JUNK, ''), fc.nat());

describe('on files that are being broken', () => {
  for (const [name, feature] of Object.entries(FEATURES))
    test(name, () => {
      const session = new Session();
      for (const { path, text } of FLEET) session.setFile(ROOT + path, text);
      fc.assert(
        fc.property(
          fc.nat(FLEET.length - 1),
          fc.array(mutation, { maxLength: 4 }),
          fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
          (file, mutations, cursors) => {
            const { path, text: original } = FLEET[file] as (typeof FLEET)[number];
            let text = original;
            for (const [at, remove, junk] of mutations) {
              const start = at % (text.length + 1);
              text = text.slice(0, start) + junk + text.slice(start + remove);
            }
            session.setFile(ROOT + path, text);
            for (const cursor of cursors) feature(session, ROOT + path, cursor % (text.length + 1));
            session.setFile(ROOT + path, original);
          },
        ),
        { numRuns: 400 },
      );
    });
});

/** Features that answer for a whole file. */
const WHOLE: Readonly<
  Record<string, (session: Session, uri: string) => readonly { readonly span?: { end: number } }[]>
> = {
  documentLinks,
  codeLenses,
  inlayHints: (session, uri) => inlayHints(session, uri).map(({ offset }) => ({ span: { end: offset } })),
  fixAll: (session, uri) => fixAll(session, uri).flatMap((f) => f.edits),
};

test('whole files that are broken', () => {
  const session = new Session();
  for (const { path, text } of FLEET) session.setFile(ROOT + path, text);
  fc.assert(
    fc.property(fc.nat(FLEET.length - 1), fc.array(mutation, { maxLength: 4 }), (file, mutations) => {
      const { path, text: original } = FLEET[file] as (typeof FLEET)[number];
      let text = original;
      for (const [at, remove, junk] of mutations) {
        const start = at % (text.length + 1);
        text = text.slice(0, start) + junk + text.slice(start + remove);
      }
      session.setFile(ROOT + path, text);
      for (const [name, feature] of Object.entries(WHOLE))
        for (const { span } of feature(session, ROOT + path)) assert.ok((span?.end ?? 0) <= text.length, name);
      workspaceSymbols(session, path.slice(0, 3));
      session.setFile(ROOT + path, original);
    }),
    { numRuns: 200 },
  );
});

describe('at every offset of the fleet', () => {
  for (const [name, feature] of Object.entries(FEATURES))
    test(name, () => {
      const session = new Session();
      for (const { path, text } of FLEET) session.setFile(ROOT + path, text);
      for (const { path, text } of FLEET)
        for (let offset = 0; offset <= text.length; offset += 3) feature(session, ROOT + path, offset);
    });
});
