import * as vscode from 'vscode';
import { languageIds } from './documents.ts';
import { concernsUs } from './prefilter.ts';
import type { Status } from './protocol.ts';

/** The language status item: what is known, by which Flux version, and why nothing may be shown. */
export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem('azureGitops.status', [...languageIds]);
  private readonly listeners: vscode.Disposable[];
  private status: Status | undefined;
  private running = false;

  constructor() {
    this.item.name = vscode.l10n.t('Azure GitOps');
    this.item.command = {
      command: 'azureGitops.showLog',
      title: vscode.l10n.t('Show Log'),
    };
    this.listeners = [vscode.window.onDidChangeActiveTextEditor(() => this.render()), this.item];
    this.render();
  }

  /** The server runs, or has ended. */
  setRunning(running: boolean): void {
    this.running = running;
    if (!running) this.status = undefined;
    this.render();
  }

  update(status: Status): void {
    this.status = status;
    this.render();
  }

  dispose(): void {
    vscode.Disposable.from(...this.listeners).dispose();
  }

  private render(): void {
    const { text, detail, busy, severity } = this.describe();
    this.item.text = text;
    this.item.detail = detail;
    this.item.busy = busy ?? false;
    this.item.severity = severity ?? vscode.LanguageStatusSeverity.Information;
    this.item.accessibilityInformation = {
      label: [vscode.l10n.t('Azure GitOps'), text, detail].filter(Boolean).join(', '),
    };
  }

  private describe(): { text: string; detail?: string; busy?: boolean; severity?: vscode.LanguageStatusSeverity } {
    const { l10n } = vscode;
    const { status } = this;
    if (!this.running) {
      return { text: l10n.t('Azure GitOps is not running'), severity: vscode.LanguageStatusSeverity.Warning };
    }
    if (!status) return { text: l10n.t('Azure GitOps'), busy: true };
    const text = l10n.t('{0} objects in {1} files', status.objects, status.files);
    const details: string[] = [];
    if (status.message) details.push(status.message);
    const document = vscode.window.activeTextEditor?.document;
    if (document && !concernsUs(document.uri.path, document.getText())) {
      details.push(l10n.t('Nothing in this file concerns Flux, Argo CD, SOPS or identities on Azure.'));
    }
    if (status.fluxVersion) details.push(l10n.t('Flux {0} ({1})', status.fluxVersion.value, status.fluxVersion.why));
    if (status.argocdVersion) {
      details.push(l10n.t('Argo CD {0} ({1})', status.argocdVersion.value, status.argocdVersion.why));
    }
    return {
      text,
      detail: details.join(' · '),
      busy: status.indexing,
      severity: status.message ? vscode.LanguageStatusSeverity.Warning : undefined,
    };
  }
}
