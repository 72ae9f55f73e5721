/** What the process that converts a checkpoint is asked, and what it answers. */
import { heads, type Head } from '../../core/checkpointHead';
import type { Precision } from '../../convert/bertGraph';
import { isArrayOf, isCount, isNumber, isOneOf, isOptional, isShape, isString } from '../../protocol/guards';
import { isWireError, type WireError } from '../../protocol/wireError';

/** The one argument of the process, in JSON. */
export interface ImportRequest {
  readonly source: string;
  readonly output: string;
  readonly precision: Precision;
  readonly name: string;
  readonly head?: Head | undefined;
  readonly assumedHead?: Head | undefined;
  readonly labels?: readonly string[] | undefined;
}

export interface Imported {
  readonly folder: string;
  readonly head: Head;
  readonly labels: readonly string[];
  readonly bytes: number;
}

export type ImportMessage =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'done'; readonly imported: Imported }
  | { readonly kind: 'failed'; readonly error: WireError };

export const isImportRequest = isShape<ImportRequest>({
  source: isString,
  output: isString,
  precision: isOneOf(['fp32', 'int8']),
  name: isString,
  head: isOptional(isOneOf(heads)),
  assumedHead: isOptional(isOneOf(heads)),
  labels: isOptional(isArrayOf(isString)),
});

const isImported = isShape<Imported>({
  folder: isString,
  head: isOneOf(heads),
  labels: isArrayOf(isString),
  bytes: isCount,
});

const isProgress = isShape<{ kind: 'progress'; share: number }>({
  kind: isOneOf(['progress']),
  share: isNumber,
});
const isDone = isShape<{ kind: 'done'; imported: Imported }>({
  kind: isOneOf(['done']),
  imported: isImported,
});
const isFailed = isShape<{ kind: 'failed'; error: WireError }>({
  kind: isOneOf(['failed']),
  error: isWireError,
});

export function isImportMessage(value: unknown): value is ImportMessage {
  return isProgress(value) || isDone(value) || isFailed(value);
}

/** What the parent sends to end the work. */
export const cancelMessage = 'cancel';
