import assert from 'node:assert/strict';
import { it } from 'node:test';
import { withoutBraces } from '../../../client/src/globs.ts';

it('withoutBraces expands what a list of globs cannot hold', () => {
  assert.deepEqual(withoutBraces('**/dist'), ['**/dist']);
  assert.deepEqual(withoutBraces('**/{a,b}/*.{x,y}'), ['**/a/*.x', '**/a/*.y', '**/b/*.x', '**/b/*.y']);
  assert.deepEqual(withoutBraces('**/{a,{b,c}}'), [], 'nested: left out, not half understood');
});
