import { readKustomization } from '../../model/kustomize/read.ts';
import { addEntry, blockSource, columnOf, insertText, lineBreak, removeEntry, removeItem } from '../../yaml/edits.ts';
import { asSeq, entry } from '../../yaml/navigate.ts';
import type { MapNode, ScalarNode } from '../../yaml/tree.ts';
import { defineRule, type Examples, report, safeFix } from '../define.ts';
import { kinds } from '../views.ts';
import { isEncryptedFile } from './_decryption.ts';
import { SOPS_BLOCK } from './_example.ts';

export default defineRule({
  id: 'sops/encrypted-strategic-merge-patch',
  on: kinds('kustomize.config.k8s.io/Kustomization', 'kustomize.config.k8s.io/Component'),
  severity: 'error',
  partial: true,
  summary: 'Flux decrypts files of `patches`, not of `patchesStrategicMerge`.',
  why: 'Before the build Flux decrypts what `patches[].path` names. A file in the deprecated list goes into the build encrypted.',
  references: ['fluxcd/kustomize-controller@v1.9.4 internal/decryptor/decryptor.go'],
  *check(object, { workspace }) {
    const kustomization = readKustomization(object.document);
    if (!kustomization) return;
    for (const patch of kustomization.patches) {
      if (
        patch.list !== 'patchesStrategicMerge' ||
        !patch.path ||
        !isEncryptedFile(kustomization.folder, patch.path.text, workspace)
      )
        continue;
      yield report(
        patch.path.node,
        'Flux decrypts patches[].path only, not patchesStrategicMerge: this patch goes into the build encrypted.',
        { fix: safeFix('Move it to patches', ...moved(kustomization.root, patch.path.node, patch.path.text)) },
      );
    }
  },
});

/** Takes the item out of the old list and adds it to the new one, in block style. */
function moved(root: MapNode, item: ScalarNode, path: string) {
  const list = item.parent;
  const holder = entry(root, 'patchesStrategicMerge');
  if (list?.kind !== 'seq' || !holder) return [undefined];
  const remove = list.items.length === 1 ? removeEntry(holder) : removeItem(item);
  const patches = entry(root, 'patches');
  if (!patches) return [remove, addEntry(root, 'patches', [{ path }])];
  const known = asSeq(patches.value);
  const last = known?.items.at(-1);
  if (!known || known.flow || !last) return [undefined];
  const text = root.tree.text;
  const column = columnOf(text, text.lastIndexOf('-', last.span.start));
  const end = last.span.start + text.slice(last.span.start, last.span.end).trimEnd().length;
  return [
    remove,
    insertText(root.tree, end, `${lineBreak(text)}${' '.repeat(column)}${blockSource([{ path }], ' '.repeat(column))}`),
  ];
}

export const examples: Examples = {
  bad: [
    {
      title: 'An encrypted patch',
      files: {
        'kustomization.yaml': `resources:
  - base
patchesStrategicMerge:
  - <|token.enc.yaml|>
`,
        'token.enc.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: token
stringData:
  token: ENC[AES256_GCM,data:AAEC,iv:aXY=,tag:dGFn,type:str]
${SOPS_BLOCK}`,
      },
      fixed: {
        'kustomization.yaml': `resources:
  - base
patches:
  - path: token.enc.yaml
`,
      },
    },
  ],
  good: [
    {
      title: 'In patches',
      files: {
        'kustomization.yaml': `patches:
  - path: token.enc.yaml
`,
        'token.enc.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: token
${SOPS_BLOCK}`,
      },
    },
  ],
};
