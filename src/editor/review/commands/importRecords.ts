import * as vscode from 'vscode';
import { chooseFiles, type FileChoice, readSelection } from '../chooseFiles';
import { confirmFiles } from '../confirmFiles';
import { importFiles, whoDecided, withImporter } from '../importFiles';
import type { RunCommand } from '../reviewTools';

/** The argument with which other parts of the extension call the command without questions. */
interface ImportArguments {
  readonly files: readonly vscode.Uri[];
}

/**
 * Imports files into the open review. From the explorer it gets the file or folder that was clicked and the selected
 * ones, which the user confirms; otherwise it asks for files.
 */
export const run: RunCommand = async (tools, [clicked, selected]) => {
  const review = await tools.session.open();
  const given = givenFiles(clicked);
  const uris = given ?? selectedUris(clicked, selected);
  await withImporter(tools, async (importer) => {
    const title = vscode.l10n.t('Import Records');
    const folder = vscode.Uri.file(review.folder);
    const choice: FileChoice = { tools, importer, folder, hasReview: true, title };
    const read = uris.length > 0 ? await readSelection(choice, uris) : await chooseFiles(choice);
    if (read === undefined || read === 'later') return;
    const files = given ? read.files : await confirmFiles(read, folder, title);
    if (files === undefined || files.length === 0) return;
    const decidedBy = await whoDecided(files, tools.session.reviewer);
    await importFiles({ tools, importer, review }, files, { decidedBy });
  });
};

function givenFiles(value: unknown): readonly vscode.Uri[] | undefined {
  if (typeof value !== 'object' || value === null || !('files' in value)) return undefined;
  return (value as ImportArguments).files;
}

function selectedUris(clicked: unknown, selected: unknown): readonly vscode.Uri[] {
  const all = Array.isArray(selected) && selected.length > 0 ? (selected as unknown[]) : [clicked];
  return all.filter((each) => each instanceof vscode.Uri);
}
