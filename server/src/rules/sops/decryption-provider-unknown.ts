import { isTemplate } from '../../azure/text-kinds.ts';
import { replaceText } from '../../yaml/edits.ts';
import { asScalar, get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { kinds } from '../views.ts';

export default defineRule({
  id: 'sops/decryption-provider-unknown',
  on: kinds('kustomize.toolkit.fluxcd.io/Kustomization'),
  severity: 'error',
  partial: true,
  schema: true,
  summary: 'The only decryption provider is `sops`.',
  why: 'The field names the tool, not the place of the keys. Which vault a file was encrypted with stands in the metadata of the file.',
  references: ['fluxcd/kustomize-controller@v1.9.4 config/crd/bases'],
  *check(object) {
    const value = asScalar(get(object.root, 'spec', 'decryption', 'provider'));
    if (!value || typeof value.value !== 'string' || value.text === 'sops' || isTemplate(value.text)) return;
    yield report(
      value,
      `Unsupported value: "${value.text}": supported values: "sops". The Key Vault is taken from the metadata of each file.`,
      { fix: safeFix('Write sops', replaceText(value, 'sops')) },
    );
  },
});

const kustomization = (provider: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
spec:
  interval: 10m
  prune: true
  sourceRef: { kind: GitRepository, name: fleet }
  decryption:
    provider: ${provider}
`;

export const examples: Examples = {
  bad: [{ title: 'The name of the vault', yaml: kustomization('<|azure|>'), fixed: kustomization('sops') }],
  good: [{ title: 'sops', yaml: kustomization('sops') }],
};
