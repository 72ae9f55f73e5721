import './domStandIns';
import 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { BioBertError } from '../../../core/errors';
import { paperText } from '../blocks';
import { damagedPaper, encryptedPdf, paperTooLarge, scannedPdf } from '../errors';
import type { ExtractedPaper } from '../paper';
import { pageItems } from './pageItems';
import { pdfBlocks } from './pdfBlocks';
import type { PageItems } from './textItems';

/** A longer document is no paper; a book has some thousand pages. */
const maxPages = 10_000;
const maxCharacters = 50_000_000;
/** A page with fewer letters has no text but a number or a stamp. */
const minLetters = 12;
/** A document with fewer letters on a page, on average, is a scan that has stamps or captions. */
const minLettersPerPage = 25;

/**
 * Reads the text of a PDF. Nothing of it is run or fetched: no scripts, no fonts of the system, no files.
 * @throws {BioBertError} PAPER_SCANNED, PAPER_ENCRYPTED, PAPER_DAMAGED, DOCUMENT_TOO_LARGE.
 */
export async function readPdf(bytes: Uint8Array): Promise<ExtractedPaper> {
  const document = await openPdf(bytes);
  try {
    const pages = await readPages(document);
    const textless = pages.filter((page) => letters(page) < minLetters).map(({ page }) => page);
    const total = pages.reduce((sum, page) => sum + letters(page), 0);
    const isScan = textless.length > 0 && total < minLettersPerPage * pages.length;
    if (textless.length === pages.length || isScan) throw scannedPdf(pages.length);
    if (isUnreadable(pages)) throw scannedPdf(pages.length, 'unmapped');
    const text = paperText(pdfBlocks(pages), pages.length);
    return { text, format: 'paper', pages: pages.length, textlessPages: textless };
  } finally {
    await document.loadingTask.destroy();
  }
}

async function openPdf(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  const options = {
    data: bytes,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    enableXfa: false,
    // Images are not decoded; they have no text.
    maxImageSize: 1,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    verbosity: VerbosityLevel.ERRORS,
  };
  try {
    return await getDocument(options).promise;
  } catch (error) {
    throw pdfError(error);
  }
}

function pdfError(error: unknown): BioBertError {
  if (error instanceof BioBertError) return error;
  const name = error instanceof Error ? error.name : '';
  return name === 'PasswordException' ? encryptedPdf(error) : damagedPaper('PDF', error);
}

async function readPages(document: PDFDocumentProxy): Promise<PageItems[]> {
  if (document.numPages > maxPages) throw paperTooLarge(`It has more than ${maxPages} pages.`);
  const pages: PageItems[] = [];
  let characters = 0;
  let failed = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    let page: PDFPageProxy | undefined;
    try {
      page = await document.getPage(number);
      pages.push(await pageItems(page));
    } catch {
      // One damaged page does not keep the others from being read.
      failed += 1;
      pages.push({ page: number, width: 0, height: 0, items: [] });
    }
    page?.cleanup();
    characters += pages.at(-1)?.items.reduce((sum, { text }) => sum + text.length, 0) ?? 0;
    if (characters > maxCharacters) throw paperTooLarge('It has too much text.');
  }
  if (pages.length === 0 || failed === pages.length) throw damagedPaper('PDF');
  return pages;
}

function letters({ items }: PageItems): number {
  return items.reduce((sum, { text }) => sum + (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0), 0);
}

/** Whether the fonts do not say which letters their glyphs are, so that most characters are private or unknown. */
function isUnreadable(pages: readonly PageItems[]): boolean {
  let all = 0;
  let unknown = 0;
  for (const { text } of pages.flatMap(({ items }) => items)) {
    all += text.length;
    unknown += text.match(/[\u0000-\u0008\u000E-\u001F\uE000-\uF8FF\uFFFD]/g)?.length ?? 0;
  }
  return unknown > 0.3 * all;
}
