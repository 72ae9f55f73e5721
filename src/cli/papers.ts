import * as path from 'node:path';
import type { DocumentText } from '../runtime/documents/documentText';
import { PaperReader } from '../runtime/papers/paperReader';
import { shownName } from './names';

/** Starts its worker for the first paper; the worker ends with the command, see {@link closePapers}. */
export const papers = new PaperReader({ workerPath: path.join(__dirname, 'paperWorker.js') });

/** Ends the worker, if a paper has started it. */
export function closePapers(): Promise<void> {
  return papers.dispose();
}

/** A line for stderr about pages that have no text; undefined if all have. */
export function textlessPagesLine(file: string, { pages }: DocumentText): string | undefined {
  if (pages === undefined || pages.textless.length === 0) return undefined;
  const { textless, total } = pages;
  const listed = textless.slice(0, 10).join(', ') + (textless.length > 10 ? ' …' : '');
  const what = textless.length === 1 ? `page ${listed} has` : `${textless.length} pages (${listed}) have`;
  return `biobert: ${shownName(file)}: warning: Of ${total} pages, ${what} no text and were not read. If they are scans, add a text layer, for example with OCRmyPDF.\n`;
}
