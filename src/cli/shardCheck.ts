import { BioBertError, errorCodes } from '../core/errors';
import type { MergeFile } from './mergedLines';
import { readShard, type Shard } from './shard';

export interface ShardCheckOptions {
  /** Number of shards that there must be. Default: as many as the files say, if one of them is a shard. */
  readonly shards?: number | undefined;
  /** Whether shards may be missing or incomplete. */
  readonly partial: boolean;
}

/**
 * Checks that files hold everything that their runs have to write: no shard is missing, and each is complete.
 * @returns warnings: about documents that could not be read, and everything that `partial` allows.
 * @throws {BioBertError} ARGUMENT_INVALID
 */
export function checkShards(files: readonly MergeFile[], { shards, partial }: ShardCheckOptions): string[] {
  const unreadable = files.flatMap(({ path, done }) => {
    const failed = done?.failed ?? 0;
    return failed === 0 ? [] : [`${path}: ${documentsWord(failed)} of the shard could not be read.`];
  });
  const faults = [...damageOf(files), ...shardFaults(files, shards)];
  if (partial) return [...faults, ...unreadable];
  const [first] = faults;
  if (first === undefined) return unreadable;
  throw new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    first,
    'Run biobert index for it, or add --partial to merge what there is.',
  );
}

function damageOf(files: readonly MergeFile[]): string[] {
  return files.flatMap(({ path, damagedLines }) =>
    damagedLines === 0 ? [] : [`${path} has ${damagedLines} damaged lines.`],
  );
}

function shardFaults(files: readonly MergeFile[], wanted: number | undefined): string[] {
  const shards = files.flatMap(({ done }) => (done ? [readShard(done.shard)] : []));
  const count = wanted ?? shards[0]?.count;
  if (count === undefined) return [];
  const faults = files.flatMap(({ path, done, documents }) => {
    if (!done) return [`${path} is not a complete shard: there is no ${path}.done.`];
    if (done.documents !== documents)
      return [`${path} has ${documents} lines and had ${done.documents} when its shard was complete.`];
    if (readShard(done.shard).count !== count)
      return [`${path} is shard ${done.shard} and not one of ${count}.`];
    return [];
  });
  const missing = missingOf(shards, count);
  return missing === undefined ? faults : [...faults, missing];
}

/** Number of missing shards that a message names. */
const maxNamed = 10;

function missingOf(shards: readonly Shard[], count: number): string | undefined {
  const there = new Set(shards.filter((shard) => shard.count === count).map(({ number }) => number));
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter(
    (number) => !there.has(number),
  );
  if (missing.length === 0) return undefined;
  const named = missing.slice(0, maxNamed).join(', ');
  const more = missing.length > maxNamed ? ` and ${missing.length - maxNamed} more` : '';
  return `Of ${count} shards, ${missing.length === 1 ? 'one is' : `${missing.length} are`} missing: ${named}${more}.`;
}

function documentsWord(count: number): string {
  return count === 1 ? '1 document' : `${count} documents`;
}
