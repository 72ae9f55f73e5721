import * as path from 'node:path';
import * as vscode from 'vscode';
import { BioBertError, errorCodes, throwIfCancelled } from '../../core/errors';
import type { DocumentFormat } from '../../core/types';
import type { RecognisedFile } from '../../protocol/reviewMessages';
import { documentOfFile, isPaperFile } from '../documents/paperUri';
import { withCancel } from '../progress';
import type { RecordImports } from './importClient';
import type { ReviewTools } from './reviewTools';

export interface FailedFile {
  readonly name: string;
  readonly error: BioBertError;
}

export interface ReadFiles {
  readonly files: readonly RecognisedFile[];
  readonly failed: readonly FailedFile[];
}

interface Reading {
  readonly tools: ReviewTools;
  readonly importer: RecordImports;
  readonly folder: vscode.Uri;
  readonly hasReview: boolean;
}

/**
 * Reads files in the importer, with progress. A file that cannot be read does not prevent the others.
 *
 * @param isChosen Whether the user chose each file. Otherwise files without records are left out.
 * @throws {CancelledError} after the user cancels.
 */
export async function readFiles(
  { tools, importer, folder, hasReview }: Reading,
  uris: readonly vscode.Uri[],
  { isChosen }: { readonly isChosen: boolean },
): Promise<ReadFiles> {
  const files: RecognisedFile[] = [];
  const failed: FailedFile[] = [];
  await withCancel(vscode.l10n.t('Reading records'), async (signal, report) => {
    for (const [index, uri] of uris.entries()) {
      throwIfCancelled(signal);
      try {
        const paper = isPaperFile(uri) ? await paperText(tools, uri, signal) : {};
        const known = hasReview ? { folder: folder.fsPath } : {};
        const file = await importer.readFile({ path: localPath(uri), isChosen, ...paper, ...known }, signal);
        if (file) files.push(file);
      } catch (error) {
        if (!(error instanceof BioBertError)) throw error;
        failed.push({ name: path.posix.basename(uri.path), error });
      }
      report((index + 1) / uris.length);
    }
  });
  return { files, failed };
}

/** A scanned paper is a publication too, of which only the name is known. */
async function paperText(
  { parts }: ReviewTools,
  uri: vscode.Uri,
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly format: DocumentFormat }> {
  const format = /\.xlsx$/i.test(uri.path) ? 'table' : 'paper';
  try {
    return { text: await parts.papers.textOf(documentOfFile(uri), signal), format };
  } catch (error) {
    if (error instanceof BioBertError && error.code === errorCodes.PAPER_SCANNED) return { text: '', format };
    throw error;
  }
}

/** @throws {BioBertError} ARGUMENT_INVALID for a file that is not on this machine. */
function localPath(uri: vscode.Uri): string {
  if (uri.scheme === 'file') return uri.fsPath;
  throw new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    vscode.l10n.t('The file is not on this machine.'),
    vscode.l10n.t('Save it in the folder of the review and import it from there.'),
  );
}
