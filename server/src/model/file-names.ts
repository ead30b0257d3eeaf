import { basename, dirname, isBelow } from '../text/uri.ts';

/**
 * Folders of dependencies, version control and tools: no manifest in them is the user's own. `dist` and `build` are not
 * among them: cdk8s and others write what a cluster gets from Git there.
 */
const SKIPPED = new Set('node_modules .git .hg .svn .terraform .venv .cache .vscode-test .bench vendor'.split(' '));
const MANIFEST = /\.(ya?ml|json|kubeconfig)$|^(Kustomization|kubeconfig)$/;
/** Files of tools that are common, often large, and never manifests. */
const NEVER = /^(package(-lock)?|npm-shrinkwrap|tsconfig.*|.*\.min)\.json$|^pnpm-lock\.yaml$/;

export const isSkippedFolder = (name: string): boolean => SKIPPED.has(name);

/** True where a file of this name may hold manifests. */
export const isManifestName = (name: string): boolean => MANIFEST.test(name) && !NEVER.test(name);

/** The same for a URI below a folder of the workspace; both must be canonical. */
export const mayHoldManifests = (folder: string, uri: string): boolean =>
  isBelow(folder, uri) &&
  isManifestName(basename(uri)) &&
  !dirname(uri.slice(folder.length)).split('/').some(isSkippedFolder);
