import { BioBertError, errorCodes } from '../../core/errors';

/** @param reason `unmapped`: the pages have text, but its fonts do not say which letters it is. Default: no text. */
export function scannedPdf(pages: number, reason?: 'unmapped'): BioBertError {
  const where = pages === 1 ? 'Its page has' : `Its ${pages} pages have`;
  const what =
    reason === 'unmapped'
      ? 'The PDF has text whose letters cannot be told: its fonts do not name them.'
      : `The PDF is a scan: ${where} pictures and no text.`;
  return new BioBertError(
    errorCodes.PAPER_SCANNED,
    what,
    'Add a text layer with a program for text recognition (OCR), such as OCRmyPDF (ocrmypdf --force-ocr in.pdf out.pdf), and read that file.',
  );
}

export function encryptedPdf(cause?: unknown): BioBertError {
  return new BioBertError(
    errorCodes.PAPER_ENCRYPTED,
    'The PDF is protected by a password.',
    'Save a copy without a password: open it, enter the password and print it to a PDF, or use qpdf --decrypt.',
    { cause },
  );
}

/** @param kind `PDF`, `Word document`. */
export function damagedPaper(kind: string, cause?: unknown): BioBertError {
  return new BioBertError(
    errorCodes.PAPER_DAMAGED,
    `The file is a damaged or incomplete ${kind}.`,
    'Download or copy it again, or open it in another program and save it anew.',
    { cause },
  );
}

/** @param what A sentence that says which limit was reached. */
export function paperTooLarge(what: string): BioBertError {
  return new BioBertError(
    errorCodes.DOCUMENT_TOO_LARGE,
    `The file is too large to be read. ${what}`,
    'Split it into smaller files, or save its text as .txt.',
  );
}

/** @param what A noun phrase such as `an old Word document (.doc)`. @param nextStep An imperative sentence. */
export function unsupportedPaper(what: string, nextStep: string): BioBertError {
  return new BioBertError(errorCodes.PAPER_UNSUPPORTED, `The file is ${what}.`, nextStep);
}

/** @param seconds The time after which the extraction was stopped. */
export function paperTooSlow(seconds: number): BioBertError {
  return new BioBertError(
    errorCodes.PAPER_DAMAGED,
    `The text of the file could not be extracted in ${seconds} seconds.`,
    'The file may be damaged: open it in another program and save it anew, or save its text as .txt.',
  );
}

export function encryptedOffice(): BioBertError {
  return new BioBertError(
    errorCodes.PAPER_ENCRYPTED,
    'The Office document is protected by a password.',
    'Open it, enter the password and save a copy without one.',
  );
}
