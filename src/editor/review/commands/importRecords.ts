import * as vscode from 'vscode';
import { chooseFiles, type FileChoice, readSelection } from '../chooseFiles';
import { confirmFiles } from '../confirmFiles';
import { importFiles, whoDecided, withImporter } from '../importFiles';
import type { RunCommand } from '../reviewTools';

/**
 * Imports files into the open review. From the explorer it gets the file or folder that was clicked and the selected
 * ones; otherwise it asks.
 */
export const run: RunCommand = async (tools, [clicked, selected]) => {
  const review = await tools.session.open();
  const uris = selectedUris(clicked, selected);
  await withImporter(tools, async (importer) => {
    const title = vscode.l10n.t('Import Records');
    const folder = vscode.Uri.file(review.folder);
    const choice: FileChoice = { tools, importer, folder, hasReview: true, title };
    const read = uris.length > 0 ? await readSelection(choice, uris) : await chooseFiles(choice);
    if (read === undefined || read === 'later') return;
    const files = await confirmFiles(read, folder, title);
    if (files === undefined || files.length === 0) return;
    const decidedBy = await whoDecided(files, tools.session.reviewer);
    await importFiles({ tools, importer, review }, files, { decidedBy });
  });
};

function selectedUris(clicked: unknown, selected: unknown): readonly vscode.Uri[] {
  const all = Array.isArray(selected) && selected.length > 0 ? (selected as unknown[]) : [clicked];
  return all.filter((each) => each instanceof vscode.Uri);
}
