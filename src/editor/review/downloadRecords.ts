/** Downloads records from a database into a file of the open folder and imports them into the review. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import { CancelledError } from '../../core/errors';
import { hash } from '../../core/hash';
import type { SourceKind } from '../../core/review/reviewData';
import {
  type DownloadSummary,
  type LiteratureSource,
  lossMessage,
} from '../../runtime/literature/literature';
import { downloadToFile } from '../../runtime/literature/recordFile';
import { withCancel } from '../progress';
import { importFiles, withImporter } from './importFiles';
import type { ReviewTools } from './reviewTools';

/** A query to a database. */
export interface RecordDownload<Query> {
  readonly source: LiteratureSource<Query>;
  readonly query: Query;
  /** The query in the words of the report. */
  readonly words: string;
  readonly kind: SourceKind;
}

/**
 * Downloads records, after the user has seen how many there are, and imports them.
 *
 * An interrupted download goes on where it stopped when the same query is made again, because its file has the same name.
 *
 * @throws {BioBertError} LITERATURE_*, OUTPUT_UNWRITABLE; ARGUMENT_INVALID if there is no review. {@link CancelledError}
 *   if the user stops.
 */
export async function downloadRecords<Query extends object>(
  tools: ReviewTools,
  { source, query, words, kind }: RecordDownload<Query>,
): Promise<void> {
  const review = await tools.session.open();
  const found = await withCancel(vscode.l10n.t('Counting the records in {0}', source.name), (signal) =>
    source.count(query, signal),
  );
  if (found === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} has no records for this search. Check its spelling.', source.name),
    );
    return;
  }
  await confirm(source.name, found, words);
  const file = path.join(review.folder, downloadName(source, words));
  const title = vscode.l10n.t('Downloading records from {0}', source.name);
  const summary = await withCancel(title, (signal, report) => {
    const onProgress = ({ done, total }: { readonly done: number; readonly total: number }): void =>
      report(total === 0 ? 1 : done / total);
    return downloadToFile(source, query, file, { signal, onProgress });
  });
  reportLosses(summary);
  if (summary.written === 0) return;
  await withImporter(tools, async (importer) => {
    const read = await importer.readFile({ path: file, isChosen: true, folder: review.folder });
    if (!read) return;
    if (read.before?.isSame === true) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('These records were imported on {0} already.', read.before.imported.slice(0, 10)),
      );
      return;
    }
    await importFiles({ tools, importer, review }, [{ ...read, database: source.name, kind }], {
      query: words,
    });
  });
}

/** @throws {CancelledError} if the user does not want the records. */
async function confirm(name: string, found: number, words: string): Promise<void> {
  const count = found.toLocaleString(vscode.env.language);
  const items = [
    { label: vscode.l10n.t('Download {0} records', count), isYes: true },
    { label: vscode.l10n.t('Cancel'), isYes: false },
  ];
  const title = vscode.l10n.t('{0}: {1} records', name, count);
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: words,
    ignoreFocusOut: true,
  });
  if (picked?.isYes !== true) throw new CancelledError();
}

/** Tells the user about records that did not arrive: without them, the report of the review counts too few. */
function reportLosses(summary: DownloadSummary): void {
  const messages = [...summary.warnings, lossMessage(summary)].filter((each) => each !== undefined);
  if (messages.length > 0) void vscode.window.showWarningMessage(messages.join(' '));
}

const maxNameLength = 60;

/** `pubmed-metformin-and-adenoma.nbib`: the same for the same search. */
export function downloadName(
  { name, format }: Pick<LiteratureSource<unknown>, 'name' | 'format'>,
  words: string,
): string {
  const parts =
    `${name} ${words}`
      .normalize('NFKD')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const whole = parts.join('-');
  // Two searches that differ in their signs, or long ones that begin alike, must not share a file.
  const isPlain = parts.join(' ') === `${name} ${words}`.toLowerCase();
  const ending = isPlain && whole.length <= maxNameLength ? '' : `-${hash(words).toString(36)}`;
  return `${whole.slice(0, maxNameLength)}${ending}.${format.extension}`;
}
