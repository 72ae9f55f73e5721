/** Messages between the editor and the process that converts a checkpoint. */
import { heads, type Head } from '../../core/checkpointHead';
import type { Precision } from '../../convert/linearLayers';
import { isArrayOf, isCount, isNumber, isOneOf, isOptional, isShape, isString } from '../../protocol/guards';
import { isWireError, type WireError } from '../../protocol/wireError';

/** The only argument of the process, as JSON. */
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
  readonly warnings: readonly string[];
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
  warnings: isArrayOf(isString),
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

/** The message that cancels the conversion. */
export const cancelMessage = 'cancel';
