import { BioBertError, CancelledError, type ErrorCode, errorCodes, isCancelled } from '../core/errors';
import { isOneOf, isOptional, isShape, isString } from './guards';

/**
 * An error as it is sent to another process. Stack and cause are not sent, since they can contain paths and document
 * text.
 */
export interface WireError {
  readonly name: string;
  readonly message: string;
  readonly code?: ErrorCode | undefined;
  readonly nextStep?: string | undefined;
}

export const isWireError = isShape<WireError>({
  name: isString,
  message: isString,
  code: isOptional(isOneOf(Object.values(errorCodes))),
  nextStep: isOptional(isString),
});

/**
 * Converts an error to a plain object. A `BioBertError` keeps its code, message and next step. Of any other error only
 * the class name is kept, because the message of a parser may quote the document.
 */
export function toWireError(error: unknown): WireError {
  if (isCancelled(error)) return { name: 'CancelledError', message: 'Cancelled' };
  const known = error instanceof BioBertError ? error : internalError(error);
  return { name: known.name, message: known.message, code: known.code, nextStep: known.nextStep };
}

export function fromWireError(wire: WireError): Error {
  if (wire.name === 'CancelledError') return new CancelledError();
  return new BioBertError(wire.code ?? errorCodes.INTERNAL, wire.message, wire.nextStep ?? reportIt);
}

/** Wraps an unexpected error. */
export function internalError(error: unknown): BioBertError {
  const kind = error instanceof Error ? error.name : typeof error;
  return new BioBertError(errorCodes.INTERNAL, `The engine met an unexpected ${kind}.`, reportIt, {
    cause: error,
  });
}

const reportIt = 'Please report it with the command "BioBERT: Report Issue".';
