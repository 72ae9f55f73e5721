import { createHash } from 'node:crypto';
import * as path from 'node:path';
import { InvalidArgumentError } from 'commander';

/** A share of the documents of a run, which other machines share with the same arguments. */
export interface Shard {
  /** From 1 to {@link count}. */
  readonly number: number;
  readonly count: number;
}

/** Each shard has a file of its own, and a folder of more becomes slow. */
export const maxShards = 100_000;

/** Reads `3/64`. @returns undefined for other text. */
export function parseShard(value: string): Shard | undefined {
  const [, number = '', count = ''] = /^(\d{1,6})\/(\d{1,6})$/.exec(value) ?? [];
  const shard = { number: Number(number), count: Number(count) };
  if (shard.number >= 1 && shard.number <= shard.count && shard.count <= maxShards) return shard;
  return undefined;
}

/** Reads `3/64` as an option. @throws {InvalidArgumentError} */
export function readShard(value: string): Shard {
  const shard = parseShard(value);
  if (shard) return shard;
  throw new InvalidArgumentError('It is the number of a shard and how many there are, such as 3/64.');
}

/**
 * The shard of a document. Its name alone decides, so that it is the same on any machine, and stays the same when other
 * documents come or go.
 * @param name The path of the document from the folder that the user named; see {@link nameInFolder}.
 * @returns a number from 1 to `count`.
 */
export function shardOf(name: string, count: number): number {
  // Folders that are copied to or from macOS may have their accents composed in another way.
  const digest = createHash('sha256').update(name.normalize('NFC')).digest();
  return (digest.readUIntBE(0, 6) % count) + 1;
}

/** The path of a document from a folder, with `/` on every system. */
export function nameInFolder(document: string, folder: string): string {
  return path.relative(folder, document).replaceAll(path.sep, '/');
}
