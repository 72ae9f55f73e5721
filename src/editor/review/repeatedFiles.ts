import type * as vscode from 'vscode';
import { hash } from '../../core/hash';
import { publicationsIn } from '../../core/records/readRecords';
import { isRecordFormat } from '../../core/documents/recordFormats';
import type { DocumentFormat } from '../../core/types';
import { documentPath } from '../workspace/workspaceFile';
import type { ReviewTools } from './reviewTools';

/** Identifies the sources of the review. Empty if there is no review, or none that can be read. */
export async function sourcesKey({ session }: Pick<ReviewTools, 'session'>): Promise<string> {
  const review = await session.find().catch(() => undefined);
  if (!review) return '';
  const sources = review.state.settings.sources.map(({ id, file }) => [id, file]);
  return String(hash(JSON.stringify(sources)));
}

/** Whether a file of records says nothing that the files from which the review was imported do not say. */
export async function repeatsReview(
  { session, lookup }: Pick<ReviewTools, 'session' | 'lookup'>,
  document: vscode.Uri,
  text: string,
  format: DocumentFormat,
): Promise<boolean> {
  if (!isRecordFormat(format)) return false;
  // A review that cannot be read does not prevent its records from being read.
  const review = await session.find().catch(() => undefined);
  if (!review) return false;
  const repeats = await lookup.repetitions();
  return repeats(documentPath(document.toString()), publicationsIn(text, format));
}
