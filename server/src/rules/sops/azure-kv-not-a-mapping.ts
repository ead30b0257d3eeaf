import { isTemplate } from '../../azure/text-kinds.ts';
import { asMap } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { documents } from '../views.ts';
import { secretWith } from './_azure-kv.ts';

export default defineRule({
  id: 'sops/azure-kv-not-a-mapping',
  on: documents('sops-azure-kv'),
  severity: 'error',
  partial: true,
  summary: '`sops.azure-kv` is no YAML or JSON mapping.',
  why: 'The controller decodes the value into a structure with named fields: `failed to unmarshal Azure authentication file`.',
  references: ['fluxcd/kustomize-controller@v1.9.4 internal/sops/azkv/config.go LoadAADConfigFromBytes'],
  *check({ tree, root }) {
    const text = tree.text.trim();
    const error = tree.errors[0];
    if (text === '' || text.startsWith('ENC[') || (isTemplate(text) && !asMap(root)) || root?.kind === 'alias') return;
    if (error && isTemplate(tree.text)) return;
    if (error) {
      // The place of the error, or the whole where the parser gives none.
      const span = error.span.end > error.span.start ? error.span : { start: 0, end: tree.text.trimEnd().length };
      yield report(
        { tree, span },
        'failed to unmarshal Azure authentication file: sops.azure-kv must be a YAML or JSON mapping, and this is not valid YAML.',
      );
    } else if (root && !asMap(root))
      yield report(
        root,
        'failed to unmarshal Azure authentication file: sops.azure-kv must be a YAML or JSON mapping of tenantId, clientId and so on.',
      );
  },
});

export const examples: Examples = {
  bad: [{ title: 'A text', yaml: secretWith('<|some text|>') }],
  good: [{ title: 'A mapping in JSON', yaml: secretWith('{"clientId": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}') }],
};
