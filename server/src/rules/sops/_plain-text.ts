import type { FixPlan } from '../define.ts';

/** Examples and tests hold credentials that open nothing. */
export const isExampleFolder = (uri: string): boolean => /\/(tests?|testdata|examples?|samples?|docs)\//.test(uri);

const fileName = (uri: string): string => {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};

/** Offers the command that encrypts the file: a person runs it. */
export function encryptCommand(uri: string): FixPlan {
  const name = fileName(uri);
  // What a shell would read otherwise is quoted.
  const shown = /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
  return {
    title: `Encrypt with: sops --encrypt --in-place ${shown}`,
    safe: false,
    edits: [],
    command: `sops --encrypt --in-place --encrypted-regex '^(data|stringData)$' ${shown}`,
  };
}
