// Prose tests: each heading of test/mdtest/*.md is a workspace in fenced blocks, and what is to be found in it.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { findingsOf, ROOT, sessionOf } from '../support/workspace.ts';

interface Case {
  readonly title: string;
  readonly files: Record<string, string>;
  readonly expected: string[] | undefined;
}

/** A fence names its file: ```yaml apps/source.yaml; the fence ```findings lists `file:line rule`, lines from 1. */
function casesOf(markdown: string): Case[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const files: Record<string, string> = {};
      let expected: string[] | undefined;
      for (const [, info = '', body = ''] of section.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)) {
        if (info === 'findings') expected = body.split('\n').filter((l) => l !== '');
        // What an editor would not keep in a Markdown file is written as an escape.
        else
          files[info.replace(/^\S+ /, '')] = body
            .replaceAll('␍\n', '\r\n')
            .replaceAll('⇥', '\t')
            .replaceAll('⍰', '\ufeff');
      }
      return { title: section.slice(0, section.indexOf('\n')), files, expected };
    });
}

for (const name of readdirSync('test/mdtest').filter((f) => f.endsWith('.md')))
  describe(name, () => {
    for (const { title, files, expected } of casesOf(readFileSync(`test/mdtest/${name}`, 'utf8')))
      test(title, () => {
        assert.ok(expected, 'a case says what is to be found');
        const session = sessionOf(files);
        const found = Object.keys(files).flatMap((path) =>
          findingsOf(session, path).map(
            (f) => `${path}:${(session.file(ROOT + path)?.lines.position(f.span.start).line ?? 0) + 1} ${f.rule}`,
          ),
        );
        assert.deepEqual(found.sort(), [...expected].sort());
      });
  });
