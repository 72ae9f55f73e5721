import type * as vscode from 'vscode';
import { publicationsIn } from '../../core/records/readRecords';
import { isRecordFormat, repetitionFinder } from '../../core/review/repeatedFile';
import type { DocumentFormat } from '../../core/types';
import { documentPath } from '../workspace/workspaceFile';
import type { ReviewTools } from './reviewTools';

/** Whether a file of records says nothing that the files from which the review was imported do not say. */
export async function repeatsReview(
  { session, lookup }: ReviewTools,
  document: vscode.Uri,
  text: string,
  format: DocumentFormat,
): Promise<boolean> {
  if (!isRecordFormat(format)) return false;
  const review = await session.find();
  if (!review) return false;
  const repeats = repetitionFinder(review.state, await lookup.get());
  return repeats(documentPath(document.toString()), publicationsIn(text, format));
}
