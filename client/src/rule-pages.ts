import * as vscode from 'vscode';

/** The pages of the rules as documents of their own: package.json gives this scheme to the Markdown preview. */
const scheme = 'azure-gitops-rule';

/** The page of a rule as a document of our own scheme. */
export const rulePage = (rule: string): vscode.Uri => vscode.Uri.from({ scheme, path: `/${rule}.md` });

/**
 * The code of a finding links to the page of its rule, a Markdown file of the extension. The editor refuses commands in
 * such a link, shows the source of a file, and opens a page that comes from the web outside: a document of our own
 * scheme is shown as it should be in all hosts.
 */
export function withRulePage(diagnostic: vscode.Diagnostic): vscode.Diagnostic {
  const { code } = diagnostic;
  if (typeof code !== 'object' || !code.target.path.endsWith('.md')) return diagnostic;
  diagnostic.code = { value: code.value, target: rulePage(String(code.value)) };
  return diagnostic;
}

/** Serves the pages out of the extension's folder. */
export function registerRulePages(extensionUri: vscode.Uri): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent({ path }) {
      if (!/^\/(?:[a-z0-9-]+\/)?[a-z0-9-]+\.md$/i.test(path)) return undefined;
      const page = vscode.Uri.joinPath(extensionUri, 'docs/rules', path);
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(page));
    },
  });
}
