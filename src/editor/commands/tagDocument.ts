import * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import { activeDocument } from '../documents';
import { announceCounts } from './announce';
import type { CommandParts } from './parts';
import { withCancel } from './progress';
import { registerCommand } from './register';

type Parts = Pick<CommandParts, 'tagging' | 'source' | 'log'>;

/** Tags the document of the active editor; in a notebook, all of its Markdown cells. */
export function register(parts: Parts): vscode.Disposable {
  return registerCommand(commandIds.tagDocument, parts.log, () => tagDocuments(documentsToTag(), parts));
}

function documentsToTag(): readonly vscode.TextDocument[] {
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  if (!notebook) return [activeDocument()];
  return notebook
    .getCells()
    .filter(({ kind }) => kind === vscode.NotebookCellKind.Markup)
    .map(({ document }) => document);
}

async function tagDocuments(documents: readonly vscode.TextDocument[], parts: Parts): Promise<void> {
  await withCancel(vscode.l10n.t('Tagging entities'), async (signal, report) => {
    for (const [index, document] of documents.entries()) {
      await parts.tagging.tagDocument(document, {
        signal,
        onProgress: ({ done, total }) => report((index + (total > 0 ? done / total : 0)) / documents.length),
      });
    }
  });
  announceCounts(documents.flatMap(({ uri }) => parts.source.get(uri)?.entities ?? []));
}
