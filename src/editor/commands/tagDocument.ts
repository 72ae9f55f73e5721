import * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import { activeDocument } from '../documents/documents';
import { announceCounts } from './announce';
import type { CommandParts } from './parts';
import { withCancel } from '../progress';
import { registerCommand } from './registerCommand';

type Parts = Pick<CommandParts, 'documentTagger' | 'source' | 'view' | 'log'>;

/** Tags the document of the active editor; in a notebook, all of its Markdown cells. */
export function register(parts: Parts): vscode.Disposable {
  return registerCommand(commandIds.tagDocument, parts.log, async () => {
    await tagDocuments(await documentsToTag(parts), parts);
  });
}

async function documentsToTag({ view }: Parts): Promise<readonly vscode.TextDocument[]> {
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  if (!notebook) return [await documentToTag(view.lastRead)];
  return notebook
    .getCells()
    .filter(({ kind }) => kind === vscode.NotebookCellKind.Markup)
    .map(({ document }) => document);
}

/** Returns the active document. From a page without text, such as the walkthrough, the last read document is shown. */
async function documentToTag(lastRead: vscode.TextDocument | undefined): Promise<vscode.TextDocument> {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  const isText =
    vscode.window.activeTextEditor ?? (tab?.input instanceof vscode.TabInputText ? tab : undefined);
  if (isText || !lastRead) return activeDocument();
  return (await vscode.window.showTextDocument(lastRead)).document;
}

async function tagDocuments(documents: readonly vscode.TextDocument[], parts: Parts): Promise<void> {
  await withCancel(vscode.l10n.t('Tagging entities'), async (signal, report) => {
    for (const [index, document] of documents.entries()) {
      await parts.documentTagger.tagDocument(document, {
        signal,
        onProgress: ({ done, total }) => report((index + (total > 0 ? done / total : 0)) / documents.length),
      });
    }
  });
  announceCounts(documents.flatMap(({ uri }) => parts.source.get(uri)?.entities ?? []));
}
