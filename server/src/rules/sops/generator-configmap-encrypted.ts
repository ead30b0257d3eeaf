import { readKustomization } from '../../model/kustomize/read.ts';
import { defineRule, type Examples, report } from '../define.ts';
import { kinds } from '../views.ts';
import { isEncryptedFile } from './_decryption.ts';
import { SOPS_BLOCK } from './_example.ts';

export default defineRule({
  id: 'sops/generator-configmap-encrypted',
  on: kinds('kustomize.config.k8s.io/Kustomization', 'kustomize.config.k8s.io/Component'),
  severity: 'error',
  partial: true,
  summary: 'Flux does not decrypt the files of a configMapGenerator.',
  why: 'Before the build Flux decrypts the files of secret generators and of patches alone. The ConfigMap will hold the cipher text.',
  references: ['fluxcd/kustomize-controller@v1.9.4 internal/decryptor/decryptor.go'],
  *check(object, { workspace }) {
    const kustomization = readKustomization(object.document);
    if (!kustomization) return;
    const decrypted = new Set(
      kustomization.configMapsAndSecrets
        .filter((g) => g.kind === 'Secret')
        .flatMap((g) => [...g.files.map((f) => f.path), ...g.envs.map((e) => e.text)]),
    );
    for (const generator of kustomization.configMapsAndSecrets) {
      if (generator.kind !== 'ConfigMap') continue;
      for (const { path, node } of [...generator.files, ...generator.envs.map((e) => ({ path: e.text, node: e.node }))])
        if (!decrypted.has(path) && isEncryptedFile(kustomization.folder, path, workspace))
          yield report(
            node,
            'Flux does not decrypt files of a configMapGenerator: the ConfigMap will hold cipher text. Move the entry to a secretGenerator.',
          );
    }
  },
});

export const examples: Examples = {
  bad: [
    {
      title: 'Encrypted values for a ConfigMap',
      files: {
        'kustomization.yaml': `configMapGenerator:
  - name: values
    files:
      - <|values.yaml=values.enc.yaml|>
`,
        'values.enc.yaml': `token: ENC[AES256_GCM,data:AAEC,iv:aXY=,tag:dGFn,type:str]\n${SOPS_BLOCK}`,
      },
    },
  ],
  good: [
    {
      title: 'A secretGenerator',
      files: {
        'kustomization.yaml': `secretGenerator:
  - name: values
    files:
      - values.yaml=values.enc.yaml
`,
        'values.enc.yaml': `token: ENC[AES256_GCM,data:AAEC,iv:aXY=,tag:dGFn,type:str]\n${SOPS_BLOCK}`,
      },
    },
  ],
};
