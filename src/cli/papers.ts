import * as path from 'node:path';
import type { ExtractedPaper } from '../runtime/papers/paper';
import { paperContent } from '../runtime/papers/paperKind';
import { PaperReader } from '../runtime/papers/paperReader';
import { shownName } from './names';

/** Starts its worker for the first paper; the worker ends with the command, see {@link closePapers}. */
const reader = new PaperReader({ workerPath: path.join(__dirname, 'paperWorker.js') });

/** Ends the worker, if a paper has started it. */
export function closePapers(): Promise<void> {
  return reader.dispose();
}

/**
 * The text of a paper: a PDF, Word or Excel file, which its content shows, whatever its name.
 * @returns undefined for other files, which are text.
 * @throws {BioBertError} if its text cannot be extracted, or for documents of other office programs.
 */
export async function readPaper(bytes: Uint8Array, signal: AbortSignal): Promise<ExtractedPaper | undefined> {
  const content = paperContent(bytes);
  if (content?.refusal) throw content.refusal;
  return content && reader.extract(bytes, content.kind, signal);
}

/** A line for stderr about pages that have no text; undefined if all have. */
export function textlessPagesLine(
  file: string,
  { pages, textlessPages = [] }: ExtractedPaper,
): string | undefined {
  if (textlessPages.length === 0) return undefined;
  const listed = textlessPages.slice(0, 10).join(', ') + (textlessPages.length > 10 ? ' …' : '');
  const what =
    textlessPages.length === 1 ? `page ${listed} has` : `${textlessPages.length} pages (${listed}) have`;
  return `biobert: ${shownName(file)}: warning: Of ${pages ?? 0} pages, ${what} no text and were not read. If they are scans, add a text layer, for example with OCRmyPDF.\n`;
}
