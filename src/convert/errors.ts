import { BioBertError, errorCodes } from '../core/errors';

/** An error for a file that is not of the expected format, is truncated, or contradicts itself. */
export function damaged(file: string, what: string, cause?: unknown): BioBertError {
  return new BioBertError(
    errorCodes.CHECKPOINT_DAMAGED,
    `The checkpoint's file ${file} ${what}.`,
    'Copy or download it again.',
    { cause },
  );
}

/** An error for a file with content that no weights need; it is not read any further. */
export function unsafe(file: string, what: string): BioBertError {
  return new BioBertError(
    errorCodes.CHECKPOINT_UNSAFE,
    `The checkpoint's file ${file} ${what}. Nothing of it was run or written.`,
    'Use a checkpoint from a source that you trust, best as model.safetensors.',
  );
}

export function unsupported(what: string, nextStep: string): BioBertError {
  return new BioBertError(errorCodes.CHECKPOINT_UNSUPPORTED, what, nextStep);
}

export function shapeMismatch(name: string, actual: readonly number[], expected: string): BioBertError {
  return new BioBertError(
    errorCodes.CHECKPOINT_SHAPE_MISMATCH,
    `The checkpoint's tensor ${name} has the shape [${actual.join(', ')}] where config.json asks for ${expected}.`,
    'Put the config.json that the checkpoint was trained with beside it.',
  );
}

/** Makes a name from an untrusted file safe for a message. */
export function printable(name: string): string {
  return name.replace(/[^\x20-\x7e]/gu, '?').slice(0, 80);
}
