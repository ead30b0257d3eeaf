import { isTemplate } from '../../azure/text-kinds.ts';
import { annotation } from '../../model/object.ts';
import { replaceText } from '../../yaml/edits.ts';
import { asScalar } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { anyObject } from '../views.ts';

const KEY = 'kustomize.toolkit.fluxcd.io/decrypt';

export default defineRule({
  id: 'sops/decrypt-annotation-value',
  on: anyObject,
  severity: 'warning',
  partial: true,
  summary: 'The annotation `kustomize.toolkit.fluxcd.io/decrypt` knows only the value `disabled`.',
  why: 'Any other value means nothing: the object is decrypted as if the annotation were not there.',
  references: ['fluxcd/kustomize-controller@v1.9.4 internal/decryptor/decryptor.go'],
  *check(object) {
    const value = asScalar(annotation(object, KEY)?.value);
    if (!value || isTemplate(value.text) || value.text.toLowerCase() === 'disabled') return;
    yield report(value, `${KEY} knows only the value "disabled": "${value.text}" has no effect.`, {
      fix: unsafeFix('Write disabled', replaceText(value, 'disabled')),
    });
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Another word',
      yaml: 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n  annotations:\n    kustomize.toolkit.fluxcd.io/decrypt: <|"false"|>\n',
      fixed:
        'apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n  annotations:\n    kustomize.toolkit.fluxcd.io/decrypt: "disabled"\n',
    },
  ],
  good: [
    {
      title: 'In any case',
      yaml: 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n  annotations:\n    kustomize.toolkit.fluxcd.io/decrypt: Disabled\n',
    },
  ],
};
