import type { InitializeParams } from 'vscode-languageserver';
import { canonicalUri } from '../text/uri.ts';
import type { InitializationOptions } from './messages.ts';

/** What matters of what the client says when it initializes. */
export interface ClientInfo {
  readonly options: InitializationOptions;
  readonly folders: readonly string[];
  /** The client answers requests for files, see {@link InitializationOptions.maxFiles}. */
  readonly suppliesFiles: boolean;
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesInlayHints: boolean;
  readonly refreshesCodeLenses: boolean;
  readonly answersConfiguration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly changesFolders: boolean;
  readonly showsProgress: boolean;
  readonly showsRelatedInformation: boolean;
  readonly documentChanges: boolean;
  readonly createsFiles: boolean;
  readonly snippetEdits: boolean;
  readonly snippetCompletions: boolean;
  readonly insertReplace: boolean;
  readonly labelDetails: boolean;
  readonly markdown: boolean;
  readonly resolvesCodeActionEdits: boolean;
  readonly disabledCodeActions: boolean;
  readonly definitionLinks: boolean;
}

export function readClientInfo(params: InitializeParams): ClientInfo {
  const { workspace, textDocument, window } = params.capabilities;
  const options = (params.initializationOptions ?? {}) as InitializationOptions;
  const item = textDocument?.completion?.completionItem;
  const root = params.rootUri ? [params.rootUri] : [];
  return {
    options,
    folders: (params.workspaceFolders?.map((folder) => folder.uri) ?? root).map(canonicalUri),
    suppliesFiles: typeof options.maxFiles === 'number',
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesInlayHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
    answersConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    changesFolders: workspace?.workspaceFolders === true,
    showsProgress: window?.workDoneProgress === true,
    showsRelatedInformation:
      (textDocument?.diagnostic?.relatedInformation ?? textDocument?.publishDiagnostics?.relatedInformation) === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    createsFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
    snippetEdits: workspace?.workspaceEdit?.snippetEditSupport === true,
    snippetCompletions: item?.snippetSupport === true,
    insertReplace: item?.insertReplaceSupport === true,
    labelDetails: item?.labelDetailsSupport === true,
    markdown: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    resolvesCodeActionEdits: textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true,
    disabledCodeActions: textDocument?.codeAction?.disabledSupport === true,
    definitionLinks: textDocument?.definition?.linkSupport === true,
  };
}
