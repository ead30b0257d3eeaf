import type { TextDocument, Uri } from 'vscode';

/** Languages of YAML and JSON files, among them those that other extensions give to manifests. */
export const languageIds: readonly string[] = [
  'yaml',
  'yaml-textmate',
  'yaml-tmlanguage',
  'manifest-yaml',
  'helm',
  'json',
];

/** Documents of these schemes are copies of what is elsewhere, or no files: a finding in them has no place to be mended. */
const foreignSchemes = new Set([
  'git',
  'gitfs',
  'gitlens',
  'review',
  'output',
  'vscode-settings',
  'vscode-userdata',
  'chat-editing-snapshot-text-model',
  'chat-editing-text-model',
]);

export const isForeignScheme = (uri: Uri): boolean => foreignSchemes.has(uri.scheme);

/** Whether a document is one that the server is told of. */
export const isServed = (document: TextDocument): boolean =>
  languageIds.includes(document.languageId) && !isForeignScheme(document.uri);
