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

/** Serves the pages, which the extension holds in one file. It is read with the first page that somebody wants. */
export function registerRulePages(extensionUri: vscode.Uri): vscode.Disposable {
  let pages: Promise<Readonly<Record<string, string>>> | undefined;
  const read = async (): Promise<Readonly<Record<string, string>>> => {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'dist/rule-pages.json'));
    return JSON.parse(new TextDecoder().decode(bytes));
  };
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent({ path }) {
      pages ??= read();
      const known = await pages;
      const name = path.replace(/^\//, '');
      return Object.hasOwn(known, name) ? known[name] : undefined;
    },
  });
}
