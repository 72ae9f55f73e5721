import * as vscode from 'vscode';
import { commandIds } from './commandIds';
import type { CommandParts } from './commands/parts';
import { registerCommand } from './commands/registerCommand';
import { bundlePath, loadBundle } from './loadBundle';

/** The languages of files of records. Other formats of records have extensions for VS Code of their own. */
const recordLanguages = ['medline', 'ris', 'wos', 'endnote'];

/** Names the records of a file where VS Code shows the parts of a document. */
export type RecordOutline = vscode.DocumentSymbolProvider & vscode.FoldingRangeProvider;

/** The exports of `dist/records.js`. */
export interface RecordsBundle {
  createOutline(): RecordOutline;
  /**
   * Lists the mentions of a name in the workspace folders.
   *
   * @param args A link of a hover or rows of the list. Default: the name at the caret, or else the user is asked.
   */
  findAllMentions(args: readonly unknown[], parts: CommandParts): Promise<void>;
}

/**
 * Registers what reads records in the extension host: the outline and the folds of their files, and Find All Mentions. It is
 * a bundle of its own, with the parsers of records: nobody who opens other files should wait for it.
 */
export function registerRecords(parts: CommandParts): vscode.Disposable {
  const file = bundlePath(parts.context, 'records');
  const load = () => loadBundle(file) as RecordsBundle;
  let loaded: RecordOutline | undefined;
  const outline = (): RecordOutline => (loaded ??= load().createOutline());
  return vscode.Disposable.from(
    registerCommand(commandIds.findAllMentions, parts.log, (...args) => load().findAllMentions(args, parts)),
    vscode.languages.registerDocumentSymbolProvider(recordLanguages, {
      provideDocumentSymbols: (...args) => outline().provideDocumentSymbols(...args),
    }),
    vscode.languages.registerFoldingRangeProvider(recordLanguages, {
      provideFoldingRanges: (...args) => outline().provideFoldingRanges(...args),
    }),
  );
}
