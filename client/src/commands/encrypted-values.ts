import * as vscode from 'vscode';

/** A value that SOPS has encrypted, wherever it stands; on one line, as SOPS writes it. */
const ENCRYPTED = /ENC\[[A-Z0-9_]+,data:[^\]\r\n]*\]/g;
/** More than this in one file is a bundle that nobody reads. */
const MAX_VALUES = 5_000;

/**
 * Shows a lock in place of encrypted values, and the values again. Nothing in the text changes: what is hidden is
 * searched, copied and saved as before.
 */
class EncryptedValues implements vscode.Disposable {
  private readonly hidden = vscode.window.createTextEditorDecorationType({
    textDecoration: 'none; display: none',
    before: { contentText: '🔒', color: new vscode.ThemeColor('editorCodeLens.foreground') },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  private readonly listeners = [
    vscode.window.onDidChangeVisibleTextEditors((editors) => {
      for (const editor of editors) this.show(editor);
    }),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) this.show(editor);
    }),
    // The line that is being edited is shown as it is.
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.show(textEditor)),
  ];

  constructor() {
    for (const editor of vscode.window.visibleTextEditors) this.show(editor);
  }

  dispose(): void {
    vscode.Disposable.from(...this.listeners, this.hidden).dispose();
  }

  private show(editor: vscode.TextEditor): void {
    const { document } = editor;
    const text = document.getText();
    const ranges: vscode.Range[] = [];
    if (text.includes('ENC['))
      for (const { index, 0: value } of text.matchAll(ENCRYPTED)) {
        const start = document.positionAt(index);
        const range = new vscode.Range(start, document.positionAt(index + value.length));
        if (!editor.selections.some((s) => s.active.line === start.line)) ranges.push(range);
        if (ranges.length > MAX_VALUES) break;
      }
    editor.setDecorations(this.hidden, ranges);
  }
}

let values: EncryptedValues | undefined;

/** Hides encrypted values in all editors, or shows them again. */
export function toggleEncryptedValues(): void {
  if (values) {
    values.dispose();
    values = undefined;
  } else values = new EncryptedValues();
}
