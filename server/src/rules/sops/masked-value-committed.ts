import { dataOf } from '../../model/views/secret-data.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { kinds } from '../views.ts';

export default defineRule({
  id: 'sops/masked-value-committed',
  on: kinds('/Secret'),
  severity: 'error',
  partial: true,
  summary: 'The mask that `flux build` prints was committed in place of the secret.',
  why: '`flux build` and `flux diff` print `**SOPS**` for values they do not show. Whoever commits their output overwrites the secret with it.',
  references: ['https://github.com/fluxcd/flux2/issues/2690'],
  *check(secret) {
    for (const item of dataOf(secret).values())
      if (item.node && (item.field === 'data' ? item.node.text === 'KipTT1BTKio=' : item.text === '**SOPS**'))
        yield report(
          item.node,
          'This is the mask that flux build and flux diff print, not the secret: applied, it overwrites the value.',
        );
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'In data',
      yaml: 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: token\ndata:\n  token: <|KipTT1BTKio=|>\n',
    },
  ],
  good: [
    {
      title: 'A value',
      yaml: 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: token\nstringData:\n  token: ${TOKEN}\n',
    },
  ],
};
