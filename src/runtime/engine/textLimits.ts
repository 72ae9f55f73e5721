import { BioBertError, errorCodes } from '../../core/errors';

/** The longest text that is tagged unless the caller says otherwise, in UTF-16 code units. */
export const defaultMaxCharacters = 50 * (1 << 20);

const sampleLength = 65_536;
/** Share of characters that no text has, from which a document counts as binary. */
const binaryShare = 0.02;

/** So many characters that could not be decoded, lone surrogates after a process border say, may stand in any text. */
const fewUndecoded = 16;

/** @throws {BioBertError} DOCUMENT_TOO_LARGE, DOCUMENT_BINARY */
export function checkText(text: string, maxCharacters: number): void {
  if (text.length > maxCharacters) {
    throw new BioBertError(
      errorCodes.DOCUMENT_TOO_LARGE,
      `The document has ${text.length} characters, more than the ${maxCharacters} that are tagged.`,
      'Tag a selection of it, or split it.',
    );
  }
  if (isBinary(text)) {
    const message =
      'The document is no text: too many of its characters are zero bytes or cannot be decoded.';
    throw new BioBertError(
      errorCodes.DOCUMENT_BINARY,
      message,
      'Open it with the encoding that it was saved in.',
    );
  }
}

/** Looks at the beginning and the middle: NUL, C0 controls that no editor writes, and what a decoder could not read. */
export function isBinary(text: string): boolean {
  const middle = Math.max(sampleLength, text.length >>> 1);
  return (
    isBinarySample(text.slice(0, sampleLength)) || isBinarySample(text.slice(middle, middle + sampleLength))
  );
}

function isBinarySample(sample: string): boolean {
  const controls = sample.match(/[\0-\x08\x0E-\x1A\x1C-\x1F]/g)?.length ?? 0;
  const undecoded = sample.match(/\uFFFD/g)?.length ?? 0;
  const odd = controls + (undecoded < fewUndecoded ? 0 : undecoded);
  return odd > 0 && odd >= sample.length * binaryShare;
}
