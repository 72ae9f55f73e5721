import * as path from 'node:path';
import * as vscode from 'vscode';
import type { RecognisedFile } from '../../protocol/reviewMessages';
import { noDocuments } from '../documents/supportedFiles';
import type { RecordImports } from './importClient';
import { type FailedFile, readFiles, type ReadFiles } from './readFiles';
import type { ReviewTools } from './reviewTools';

/** Extensions of files that can hold records, and of papers. */
const recordPattern = caseless(
  'bib nbib medline ris ciw isi enw refer csv tsv xml nxml json txt pdf'.split(' '),
);

/** Files of a folder that may hold records. Only reading them tells. */
export async function filesIn(folder: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const files = await vscode.workspace.findFiles(
    new vscode.RelativePattern(folder, recordPattern),
    noDocuments,
  );
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  return files
    .filter(({ path: file }) => !/\/(?:node_modules|\.git|\.biobert)\//.test(file))
    .sort((a, b) => compare(a.path, b.path));
}

export interface FileChoice {
  readonly tools: ReviewTools;
  readonly importer: RecordImports;
  /** The open folder. */
  readonly folder: vscode.Uri;
  /** Whether the folder has a review. */
  readonly hasReview: boolean;
  readonly title: string;
}

type Choice = 'files' | 'folder' | 'later';

/**
 * Asks which files to import and reads them.
 *
 * @returns `later` to import none now; undefined if the user cancelled.
 */
export async function chooseFiles(choice: FileChoice): Promise<ReadFiles | 'later' | undefined> {
  const { folder, title, hasReview } = choice;
  const uris = await filesIn(folder);
  const inFolder = await readFolder(choice, uris);
  const items = choiceItems(inFolder, hasReview);
  const placeHolder = vscode.l10n.t('Which records belong to the review?');
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true });
  if (!picked) return undefined;
  if (picked.choice === 'later') return 'later';
  if (picked.choice === 'folder') return withPapers(choice, inFolder);
  const chosen = await askForFiles(folder);
  return chosen && readFiles(choice, chosen, { isChosen: true });
}

interface FolderContent extends ReadFiles {
  readonly papers: readonly vscode.Uri[];
}

/** Papers are only counted here: extracting their text takes long. */
async function readFolder(choice: FileChoice, uris: readonly vscode.Uri[]): Promise<FolderContent> {
  const isPdf = ({ path: file }: vscode.Uri): boolean => /\.pdf$/i.test(file);
  const exports = uris.filter((uri) => !isPdf(uri));
  const read = await readFiles(choice, exports, { isChosen: false });
  return { ...read, papers: uris.filter(isPdf) };
}

async function withPapers(choice: FileChoice, content: FolderContent): Promise<ReadFiles> {
  const papers = await readFiles(choice, content.papers, { isChosen: true });
  const files: readonly RecognisedFile[] = [...content.files, ...papers.files];
  const failed: readonly FailedFile[] = [...content.failed, ...papers.failed];
  return { files, failed };
}

/** Reads files and folders that the user selected in the explorer. */
export async function readSelection(choice: FileChoice, uris: readonly vscode.Uri[]): Promise<ReadFiles> {
  const files: RecognisedFile[] = [];
  const failed: FailedFile[] = [];
  for (const uri of uris) {
    const { type } = await vscode.workspace.fs.stat(uri);
    const isFolder = (type & vscode.FileType.Directory) !== 0;
    const read = isFolder
      ? await withPapers(choice, await readFolder(choice, await filesIn(uri)))
      : await readFiles(choice, [uri], { isChosen: true });
    files.push(...read.files);
    failed.push(...read.failed);
  }
  // A file may be selected together with its folder.
  return { files: [...new Map(files.map((file) => [file.path, file])).values()], failed };
}

function choiceItems(
  { files, papers }: FolderContent,
  hasReview: boolean,
): readonly (vscode.QuickPickItem & { readonly choice: Choice })[] {
  const records = files.reduce((sum, { summary }) => sum + summary.records, papers.length);
  const count = files.length + papers.length;
  return [
    {
      choice: 'files',
      label: vscode.l10n.t('Choose files…'),
      detail: vscode.l10n.t(
        'Exports of databases and reference managers (RIS, PubMed, BibTeX, CSV …), papers',
      ),
    },
    ...(count === 0
      ? []
      : [
          {
            choice: 'folder' as const,
            label: vscode.l10n.t('All files with records in this folder'),
            description: vscode.l10n.t('{0} files, {1} records', count, records),
          },
        ]),
    ...(hasReview
      ? []
      : [
          {
            choice: 'later' as const,
            label: vscode.l10n.t('Later'),
            detail: vscode.l10n.t('Start with an empty review, for example to search PubMed first'),
          },
        ]),
  ];
}

async function askForFiles(folder: vscode.Uri): Promise<readonly vscode.Uri[] | undefined> {
  return vscode.window.showOpenDialog({
    defaultUri: folder,
    canSelectMany: true,
    openLabel: vscode.l10n.t('Import'),
    title: vscode.l10n.t('Files with Records'),
  });
}

/** The name of a file in the review: relative to its folder with forward slashes, or a URI outside of it. */
export function nameInReview(folder: vscode.Uri, file: string): string {
  const relative = path.relative(folder.fsPath, file);
  const isOutside = relative.startsWith('..') || path.isAbsolute(relative);
  return isOutside ? vscode.Uri.file(file).toString() : relative.split(path.sep).join('/');
}

/** A glob pattern for extensions in any case: some exports are named `.TXT`. */
function caseless(extensions: readonly string[]): string {
  const anyCase = (letter: string): string => `[${letter}${letter.toUpperCase()}]`;
  return `**/*.{${extensions.map((each) => each.replace(/\p{L}/gu, anyCase)).join(',')}}`;
}
