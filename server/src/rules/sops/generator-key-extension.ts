import { readKustomization } from '../../model/kustomize/read.ts';
import { replaceText } from '../../yaml/edits.ts';
import { get } from '../../yaml/navigate.ts';
import { defineRule, type Examples, report, unsafeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { formatOf, isEncryptedFile } from './_decryption.ts';
import { SOPS_BLOCK } from './_example.ts';

export default defineRule({
  id: 'sops/generator-key-extension',
  on: kinds('kustomize.config.k8s.io/Kustomization', 'kustomize.config.k8s.io/Component'),
  severity: 'error',
  partial: true,
  summary: 'The key of a generated Secret decides the format that Flux decrypts, and it has another extension.',
  why: 'Flux takes the format of an encrypted file from its key in `secretGenerator.files`, not from its own name. A key without an extension means binary, and decryption ends with `no binary data found in tree`.',
  references: [
    'fluxcd/kustomize-controller@v1.9.4 internal/decryptor/decryptor.go',
    'https://github.com/fluxcd/kustomize-controller/issues/399',
  ],
  *check(object, { workspace }) {
    const kustomization = readKustomization(object.document);
    if (!kustomization) return;
    const builders = workspace.fluxKustomizationsOf(object.document.uri);
    // Argo CD and plain kustomize do not decrypt at all: this is about Flux.
    if (builders.length > 0 && !builders.some((b) => get(b.root, 'spec', 'decryption'))) return;
    for (const generator of kustomization.configMapsAndSecrets) {
      if (generator.kind !== 'Secret') continue;
      for (const file of generator.files) {
        const format = formatOf(file.path);
        if (
          format === 'binary' ||
          formatOf(file.key) === format ||
          !isEncryptedFile(kustomization.folder, file.path, workspace)
        )
          continue;
        const extension = /\.[^./]+$/.exec(file.path)?.[0] ?? '';
        yield report(
          file.node,
          `Flux takes the format from the key: "${file.key}" means ${formatOf(file.key)}, but the file is ${format}. Decryption fails with: no binary data found in tree.`,
          {
            fix: unsafeFix(
              `Name the key ${file.key}${extension}`,
              replaceText(file.node, `${file.key}${extension}=${file.path}`),
            ),
          },
        );
      }
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'A key without an extension',
      files: {
        'kustomization.yaml': `secretGenerator:
  - name: values
    files:
      - <|values=values.enc.yaml|>
`,
        'values.enc.yaml': `token: ENC[AES256_GCM,data:AAEC,iv:aXY=,tag:dGFn,type:str]\n${SOPS_BLOCK}`,
      },
      fixed: `secretGenerator:
  - name: values
    files:
      - values.yaml=values.enc.yaml
`,
    },
  ],
  good: [
    {
      title: 'The extension of the file, and a file in plain text',
      files: {
        'kustomization.yaml': `secretGenerator:
  - name: values
    files:
      - values.yaml=values.enc.yaml
      - other=other.yaml
`,
        'values.enc.yaml': `token: ENC[AES256_GCM,data:AAEC,iv:aXY=,tag:dGFn,type:str]\n${SOPS_BLOCK}`,
        'other.yaml': 'a: b\n',
      },
    },
  ],
};
