import * as path from 'node:path';
import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import type { EarlierImport, RecognisedFile } from '../../protocol/reviewMessages';
import { nameInReview } from './chooseFiles';
import type { FailedFile, ReadFiles } from './readFiles';

const maxLines = 5;

interface FileItem extends vscode.QuickPickItem {
  readonly file: RecognisedFile;
}

/**
 * Shows what was recognised in each file. All files are checked, except those that were imported before.
 *
 * @returns the checked files; undefined if the user cancelled.
 * @throws {BioBertError} DOCUMENT_FORMAT_UNKNOWN if no file has records.
 */
export async function confirmFiles(
  { files, failed }: ReadFiles,
  folder: vscode.Uri,
  title: string,
): Promise<readonly RecognisedFile[] | undefined> {
  const withRecords = files.filter(({ summary }) => summary.records > 0);
  const empty = files.filter(({ summary }) => summary.records === 0);
  if (withRecords.length === 0) throw failed[0]?.error ?? noRecords();
  if (failed.length + empty.length > 0) void vscode.window.showWarningMessage(leftOut(failed, empty));
  const items = withRecords.map((file) => fileItem(file, folder));
  const placeHolder = vscode.l10n.t('Press Enter to import the checked files');
  const options = {
    canPickMany: true,
    title,
    placeHolder,
    ignoreFocusOut: true,
    matchOnDetail: true,
  } as const;
  const picked = await vscode.window.showQuickPick<FileItem>(items, options);
  return picked?.map(({ file }) => file);
}

function fileItem(file: RecognisedFile, folder: vscode.Uri): FileItem {
  const { summary, before } = file;
  return {
    file,
    label: nameInReview(folder, file.path),
    description: [summary.format, countLabel(summary.records)].join(' · '),
    detail: [...(before ? [beforeLabel(before)] : []), file.database, ...summaryLabels(file)].join(' · '),
    picked: before?.isSame !== true,
  };
}

function countLabel(records: number): string {
  return records === 1 ? vscode.l10n.t('1 record') : vscode.l10n.t('{0} records', records);
}

function summaryLabels({ summary }: RecognisedFile): readonly string[] {
  const { withAbstract, withDoi, withPmid, withoutTitle, unreadLines } = summary;
  const lines = unreadLines.slice(0, maxLines).join(', ') + (unreadLines.length > maxLines ? ' …' : '');
  return [
    vscode.l10n.t('{0} with abstract, {1} with DOI, {2} with PMID', withAbstract, withDoi, withPmid),
    ...(withoutTitle > 0 ? [vscode.l10n.t('{0} without title', withoutTitle)] : []),
    ...(unreadLines.length > 0
      ? [
          vscode.l10n.t(
            'left out because they state no publication: {0} (lines {1})',
            unreadLines.length,
            lines,
          ),
        ]
      : []),
  ];
}

function beforeLabel({ imported, isSame }: EarlierImport): string {
  const day = imported.slice(0, 10);
  return isSame
    ? vscode.l10n.t('Imported on {0}; check it to import it again', day)
    : vscode.l10n.t('Other records were imported from a file of this name on {0}', day);
}

/** Files that are not imported, with the reason. */
function leftOut(failed: readonly FailedFile[], empty: readonly RecognisedFile[]): string {
  const reasons = [
    ...failed.map(({ name, error }) => `${name}: ${error.userMessage}`),
    ...empty.map(({ path: file }) => vscode.l10n.t('{0}: it holds no records.', path.basename(file))),
  ];
  const shown = reasons.slice(0, maxLines).join(' ') + (reasons.length > maxLines ? ' …' : '');
  return vscode.l10n.t('Files that cannot be imported: {0}. {1}', reasons.length, shown);
}

function noRecords(): BioBertError {
  return new BioBertError(
    errorCodes.DOCUMENT_FORMAT_UNKNOWN,
    vscode.l10n.t('The files hold no records.'),
    vscode.l10n.t('Export the records as RIS, PubMed (nbib), BibTeX or CSV and choose these files.'),
  );
}
