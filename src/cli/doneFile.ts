/** The file beside the output of a shard that says that the shard is complete. */
import { rm } from 'node:fs/promises';
import { isCount, isRecordOf, isShape, isString } from '../protocol/guards';
import { readTextIfPresent, replaceWhole } from '../runtime/files/wholeFile';
import { fileError } from '../runtime/documents/fileErrors';
import { parseShard } from './shard';

/** A complete run over a shard. */
export interface DoneShard {
  /** `3/64` */
  readonly shard: string;
  /** Identifies how the lines were made, as they do themselves. */
  readonly models: string;
  /** Number of lines. */
  readonly documents: number;
  /** Number of documents that could not be read, and have no line. */
  readonly failed: number;
  /** The version of this program, the models and the terminology, which {@link models} identifies, in words. */
  readonly made: Readonly<Record<string, string>>;
}

const isDoneShard = isShape<DoneShard>({
  shard: isShard,
  models: isString,
  documents: isCount,
  failed: isCount,
  made: isRecordOf(isString),
});

function isShard(value: unknown): value is string {
  return isString(value) && parseShard(value) !== undefined;
}

/** The name of the file: a workflow waits for it, while the output itself grows and survives a kill. */
export function doneFileOf(output: string): string {
  return `${output}.done`;
}

/** Removes the file at the beginning of a run. @throws {BioBertError} OUTPUT_UNWRITABLE */
export async function removeDone(output: string): Promise<void> {
  await rm(doneFileOf(output), { force: true }).catch((error: unknown) => {
    throw fileError(error, 'write');
  });
}

/** Writes the file at the end of a complete run. @throws {BioBertError} OUTPUT_UNWRITABLE */
export async function writeDone(output: string, done: DoneShard): Promise<void> {
  await replaceWhole(doneFileOf(output), `${JSON.stringify(done)}\n`).catch((error: unknown) => {
    throw fileError(error, 'write');
  });
}

/** @returns undefined if the file is missing, or has another form. */
export async function readDone(output: string): Promise<DoneShard | undefined> {
  try {
    const done: unknown = JSON.parse((await readTextIfPresent(doneFileOf(output))) ?? 'null');
    return isDoneShard(done) ? done : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw fileError(error, 'read');
  }
}
