/** Imports files into the open review. */
import * as vscode from 'vscode';
import { CancelledError } from '../../core/errors';
import type { ImportCounts, ImportedSource, RecognisedFile } from '../../protocol/reviewMessages';
import type { ReviewFolder } from '../../runtime/review/reviewFolder';
import { reviewCommandIds } from '../commandIds';
import { logFailure } from '../log';
import { withCancel } from '../progress';
import { nameInReview } from './chooseFiles';
import type { RecordImports } from './importClient';
import type { ReviewTools } from './reviewTools';

/** Runs work with an importer, which ends with it. */
export async function withImporter<T>(
  tools: ReviewTools,
  work: (importer: RecordImports) => Promise<T>,
): Promise<T> {
  const importer = tools.createImporter();
  try {
    return await work(importer);
  } finally {
    await importer.stop();
  }
}

export interface ImportTarget {
  readonly tools: ReviewTools;
  /** It has read the files. */
  readonly importer: RecordImports;
  readonly review: ReviewFolder;
}

export interface ImportOptions {
  /** The search that gave the files, for the report. Default: none. */
  readonly query?: string;
  /** The reviewer to whom decisions in the files are attributed, see {@link whoDecided}. Default: they are left out. */
  readonly decidedBy?: string | undefined;
  /** Whether the caller opens the review afterwards, so that the message needs no button for it. Default: it does not. */
  readonly opensReview?: boolean;
}

/** Imports files that were read. */
export async function importFiles(
  target: ImportTarget,
  files: readonly RecognisedFile[],
  { query, decidedBy, opensReview = false }: ImportOptions = {},
): Promise<ImportCounts> {
  const folder = vscode.Uri.file(target.review.folder);
  const sources = files.map(({ path: file, database, kind }) => ({
    path: file,
    file: nameInReview(folder, file),
    database,
    kind,
    ...(query !== undefined && { query }),
    ...(decidedBy !== undefined && { decidedBy }),
  }));
  const counts = await importSources(target, sources);
  logFailure(showCounts(counts, opensReview), target.tools.parts.log, 'showing the result of an import');
  return counts;
}

/**
 * Asks what becomes of the decisions in files of ASReview, Rayyan or this extension.
 *
 * @param reviewer The name of the user.
 * @returns the reviewer who made them; undefined if the user leaves them out, or if the files have no decisions.
 * @throws {CancelledError} if the user cancels.
 */
export async function whoDecided(
  files: readonly RecognisedFile[],
  reviewer: string,
): Promise<string | undefined> {
  const decisions = files.reduce((sum, file) => sum + file.decisions, 0);
  if (decisions === 0) return undefined;
  const other = { label: vscode.l10n.t('Import them as decisions of another reviewer…'), who: undefined };
  const items = [
    { label: vscode.l10n.t('Import them as decisions of {0}', reviewer), who: reviewer },
    other,
    { label: vscode.l10n.t('Leave them out and screen again'), who: undefined },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('{0} records were screened in another program', decisions),
    ignoreFocusOut: true,
  });
  if (!picked) throw new CancelledError();
  if (picked !== other) return picked.who;
  const prompt = vscode.l10n.t('The name of the reviewer');
  const name = await vscode.window.showInputBox({ title: picked.label, prompt, ignoreFocusOut: true });
  if (name === undefined || name.trim() === '') throw new CancelledError();
  return name.trim();
}

async function importSources(
  { tools, importer, review }: ImportTarget,
  sources: readonly ImportedSource[],
): Promise<ImportCounts> {
  const request = { folder: review.folder, sources, when: new Date().toISOString() };
  try {
    return await withCancel(vscode.l10n.t('Importing records and looking for duplicates'), (signal) =>
      importer.import(request, signal),
    );
  } finally {
    // A cancelled import must have ended before the files are read.
    await importer.stop();
    await review.reload();
    tools.session.notify();
  }
}

async function showCounts(counts: ImportCounts, opensReview: boolean): Promise<void> {
  const screen = vscode.l10n.t('Screen');
  const duplicates = vscode.l10n.t('Show Duplicates');
  const buttons = [
    ...(opensReview ? [] : [screen]),
    ...(counts.merged + counts.doubtful > 0 ? [duplicates] : []),
  ];
  const pressed = await vscode.window.showInformationMessage(countMessage(counts), ...buttons);
  if (pressed === screen) await vscode.commands.executeCommand(reviewCommandIds.reviewOpen);
  if (pressed === duplicates) await vscode.commands.executeCommand(reviewCommandIds.reviewDuplicates);
}

function countMessage({ records, merged, doubtful }: ImportCounts): string {
  const parts = [
    records === 1 ? vscode.l10n.t('1 record imported') : vscode.l10n.t('{0} records imported', records),
    ...(merged === 1 ? [vscode.l10n.t('1 duplicate merged')] : []),
    ...(merged > 1 ? [vscode.l10n.t('{0} duplicates merged', merged)] : []),
    ...(doubtful === 1 ? [vscode.l10n.t('1 pair needs a look')] : []),
    ...(doubtful > 1 ? [vscode.l10n.t('{0} pairs need a look', doubtful)] : []),
  ];
  return `${parts.join(', ')}.`;
}
