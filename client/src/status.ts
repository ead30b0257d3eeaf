import * as vscode from 'vscode';
import { concernsUs } from '../../server/src/model/prefilter.ts';
import { languageIds } from './documents.ts';
import type { Status, VersionFact } from './protocol.ts';

const { Information, Warning } = vscode.LanguageStatusSeverity;

/**
 * The language status: what is known, by which versions the findings are measured, and why nothing may be shown. One item
 * for each, because the editor gives an item one short line.
 */
export class StatusItems implements vscode.Disposable {
  private readonly main = vscode.languages.createLanguageStatusItem('azureGitops.status', [...languageIds]);
  private readonly versions = new Map<string, vscode.LanguageStatusItem>();
  private readonly listener: vscode.Disposable;
  private status: Status | undefined;
  private running = false;

  constructor() {
    this.main.name = vscode.l10n.t('Azure GitOps');
    this.main.command = { command: 'azureGitops.showLog', title: vscode.l10n.t('Show Log') };
    this.listener = vscode.window.onDidChangeActiveTextEditor(() => this.render());
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
    vscode.Disposable.from(this.listener, this.main, ...this.versions.values()).dispose();
  }

  private render(): void {
    const { l10n } = vscode;
    const { status } = this;
    this.main.busy = this.running && (!status || status.indexing);
    this.main.severity = !this.running || status?.message ? Warning : Information;
    if (!this.running) set(this.main, l10n.t('Azure GitOps is not running'));
    else if (!status) set(this.main, l10n.t('Azure GitOps'));
    else set(this.main, l10n.t('{0} objects in {1} files', status.objects, status.files), status.message ?? foreign());
    this.version('flux', 'Flux', status?.fluxVersion);
    this.version('argocd', 'Argo CD', status?.argocdVersion);
  }

  private version(id: string, product: string, fact: VersionFact | undefined): void {
    let item = this.versions.get(id);
    if (!fact) {
      item?.dispose();
      this.versions.delete(id);
      return;
    }
    if (!item) {
      item = vscode.languages.createLanguageStatusItem(`azureGitops.${id}`, [...languageIds]);
      item.name = vscode.l10n.t('Azure GitOps: version of {0}', product);
      item.command = {
        command: 'workbench.action.openSettings',
        title: vscode.l10n.t('Change'),
        arguments: [`azureGitops.${id}Version`],
      };
      this.versions.set(id, item);
    }
    set(item, `${product} ${fact.value}`, fact.why);
  }
}

/** Why nothing is shown in the file before the user, where it is none of ours. */
function foreign(): string | undefined {
  const document = vscode.window.activeTextEditor?.document;
  if (!document || concernsUs(document.uri.path, document.getText())) return undefined;
  return vscode.l10n.t('nothing in this file concerns Flux, Argo CD, SOPS or Azure');
}

function set(item: vscode.LanguageStatusItem, text: string, detail?: string): void {
  item.text = text;
  item.detail = detail;
  item.accessibilityInformation = { label: [vscode.l10n.t('Azure GitOps'), text, detail].filter(Boolean).join(', ') };
}
