import { isTemplate } from '../../azure/text-kinds.ts';
import { mayMeet, type Workspace } from '../../model/context.ts';
import type { KubernetesObject } from '../../model/object.ts';
import { byPatchedText } from '../../model/object-index.ts';
import { isEncryptedRoot } from '../../model/views/sops-file.ts';
import { joinPath } from '../../text/uri.ts';
import { asMap } from '../../yaml/navigate.ts';

const BY_SECRET = byPatchedText('spec', 'decryption', 'secretRef', 'name');

/** The Flux Kustomizations whose `spec.decryption.secretRef` names a Secret. */
export function decryptionUsers(secret: KubernetesObject, workspace: Workspace): KubernetesObject[] {
  const own = workspace.namespacesOf(secret);
  if (secret.name === undefined || isTemplate(secret.name)) return [];
  return workspace.having('kustomize.toolkit.fluxcd.io', 'Kustomization', BY_SECRET, secret.name).filter((k) => {
    const theirs = workspace.namespacesOf(k);
    return mayMeet(own, theirs);
  });
}

/** The format SOPS takes a file for, by its extension. */
export const formatOf = (path: string): 'yaml' | 'json' | 'dotenv' | 'ini' | 'binary' => {
  if (/\.ya?ml$/i.test(path)) return 'yaml';
  if (/\.json$/i.test(path)) return 'json';
  if (/\.env$/i.test(path)) return 'dotenv';
  return /\.ini$/i.test(path) ? 'ini' : 'binary';
};

/** True where a file of the workspace is encrypted by SOPS; false also where it is not visible. */
export function isEncryptedFile(folder: string, path: string, workspace: Workspace): boolean {
  const file = workspace.file(joinPath(folder, path));
  return (
    file?.documents.some((d) => {
      const root = d.text.includes('sops') ? asMap(d.tree.root) : undefined;
      return root !== undefined && isEncryptedRoot(root);
    }) ?? false
  );
}
