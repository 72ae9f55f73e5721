/**
 * Codes of all errors that a user can see. Each error says what happened and what to do next. Codes are stable: users
 * search for them, and bug reports quote them.
 */
export const errorCodes = {
  // Model folders
  MODEL_NOT_FOUND: 'BB101',
  MODEL_FILE_MISSING: 'BB102',
  MODEL_FILE_DAMAGED: 'BB103',
  MODEL_CONFIG_INVALID: 'BB104',
  MODEL_TASK_MISMATCH: 'BB105',
  MODEL_SHAPE_MISMATCH: 'BB106',
  MODEL_VOCABULARY_MISMATCH: 'BB107',
  MODEL_WITHOUT_EMBEDDING: 'BB108',
  MODEL_OUTPUT_INVALID: 'BB109',
  // Runtime
  RUNTIME_UNAVAILABLE: 'BB201',
  RUNTIME_FAILED: 'BB202',
  ENGINE_CRASHED: 'BB203',
  ENGINE_DISPOSED: 'BB204',
  OUT_OF_MEMORY: 'BB205',
  ENGINE_HUNG: 'BB206',
  // Documents
  DOCUMENT_TOO_LARGE: 'BB301',
  DOCUMENT_BINARY: 'BB302',
  DOCUMENT_UNREADABLE: 'BB303',
  DOCUMENT_FORMAT_UNKNOWN: 'BB304',
  OUTPUT_UNWRITABLE: 'BB305',
  FILE_BUSY: 'BB306',
  DOCUMENTS_GONE: 'BB307',
  PAPER_SCANNED: 'BB311',
  PAPER_ENCRYPTED: 'BB312',
  PAPER_DAMAGED: 'BB313',
  PAPER_UNSUPPORTED: 'BB314',
  // Protocol
  MESSAGE_INVALID: 'BB401',
  METHOD_UNKNOWN: 'BB402',
  CONNECTION_CLOSED: 'BB403',
  // Checkpoints
  CHECKPOINT_NOT_FOUND: 'BB601',
  CHECKPOINT_DAMAGED: 'BB602',
  CHECKPOINT_UNSAFE: 'BB603',
  CHECKPOINT_UNSUPPORTED: 'BB604',
  CHECKPOINT_SHAPE_MISMATCH: 'BB605',
  // Questions
  QUESTION_EMPTY: 'BB701',
  QUESTION_TOO_LONG: 'BB702',
  PASSAGES_EMPTY: 'BB703',
  ANSWER_NOT_FOUND: 'BB704',
  // Model hubs
  HUB_UNREACHABLE: 'BB801',
  HUB_REFUSED: 'BB802',
  HUB_DAMAGED: 'BB803',
  HUB_BUSY: 'BB804',
  // Inference servers
  SERVER_UNREACHABLE: 'BB851',
  SERVER_REFUSED: 'BB852',
  SERVER_MODEL_MISSING: 'BB853',
  SERVER_NOT_ALLOWED: 'BB854',
  // Literature databases and reference managers
  LITERATURE_UNREACHABLE: 'BB871',
  LITERATURE_REFUSED: 'BB872',
  LITERATURE_KEY: 'BB875',
  LITERATURE_DAMAGED: 'BB873',
  LITERATURE_BUSY: 'BB874',
  // Use
  ARGUMENT_INVALID: 'BB501',
  INTERNAL: 'BB901',
} as const;

export type ErrorCode = (typeof errorCodes)[keyof typeof errorCodes];

/** Codes of errors that concern one document, so that a run over many documents goes on without it. */
export const documentFaults: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  errorCodes.DOCUMENT_TOO_LARGE,
  errorCodes.DOCUMENT_BINARY,
  errorCodes.DOCUMENT_UNREADABLE,
  errorCodes.DOCUMENT_FORMAT_UNKNOWN,
  errorCodes.PAPER_SCANNED,
  errorCodes.PAPER_ENCRYPTED,
  errorCodes.PAPER_DAMAGED,
  errorCodes.PAPER_UNSUPPORTED,
]);

/** An error with a code, a message that says what happened, and the next step for the user. */
export class BioBertError extends Error {
  override readonly name = 'BioBertError';

  /** Bundles that are loaded later have a copy of this class, so an error is recognised by its name. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isNamed(value, 'BioBertError');
  }

  /**
   * @param code Stable code, one of {@link errorCodes}.
   * @param message A sentence that says what happened, without document text.
   * @param nextStep An imperative sentence that says what the user can do.
   */
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly nextStep: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** The message as the user sees it: what happened, what to do next, and the code to search for. */
  get userMessage(): string {
    return `${this.message} ${this.nextStep} (${this.code})`;
  }
}

/**
 * Thrown by a function that stops because its signal was aborted. It is not shown as an error: the caller who
 * cancelled already knows.
 */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isNamed(value, 'CancelledError');
  }

  constructor() {
    super('Cancelled');
  }
}

function isNamed(value: unknown, name: string): boolean {
  return value instanceof Error && value.name === name;
}

export function isCancelled(error: unknown): boolean {
  return error instanceof CancelledError || (error instanceof Error && error.name === 'AbortError');
}

/** @throws {CancelledError} if the signal was aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CancelledError();
}
