import { BioBertError, errorCodes } from '../core/errors';

/** An error for a file that is not of the expected format, is truncated, or contradicts itself. */
export function damaged(file: string, what: string, cause?: unknown): BioBertError {
  return new BioBertError(
    errorCodes.CHECKPOINT_DAMAGED,
    `The checkpoint's file ${printable(file)} ${printable(what)}.`,
    'Copy or download it again.',
    { cause },
  );
}

/** An error for a file with content that no weights need; it is not read any further. */
export function unsafe(file: string, what: string): BioBertError {
  return new BioBertError(
    errorCodes.CHECKPOINT_UNSAFE,
    `The checkpoint's file ${printable(file)} ${printable(what)}. Nothing of it was run or written.`,
    'Use a checkpoint from a source that you trust, best as model.safetensors.',
  );
}

export function unsupported(what: string, nextStep: string): BioBertError {
  return new BioBertError(errorCodes.CHECKPOINT_UNSUPPORTED, what, nextStep);
}

export function shapeMismatch(name: string, actual: readonly number[], expected: string): BioBertError {
  return new BioBertError(
    errorCodes.CHECKPOINT_SHAPE_MISMATCH,
    `The checkpoint's tensor ${printable(name)} has the shape [${actual.join(', ')}] where config.json asks for ${expected}.`,
    'Put the config.json that the checkpoint was trained with beside it.',
  );
}

/** Longest part of a message that comes from an untrusted file. */
const maxPrintedLength = 200;

/** Makes a text that quotes an untrusted file safe for a terminal: short, and without control characters. */
export function printable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?').slice(0, maxPrintedLength);
}
