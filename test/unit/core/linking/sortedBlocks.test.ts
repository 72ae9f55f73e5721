import { describe, expect, it } from 'vitest';
import { SortedBlocks } from '../../../../src/core/linking/sortedBlocks';
import { blockSize } from '../../../../src/core/linking/terminologyFormat';

/** A table without values whose keys share nothing. */
function tableOf(keys: readonly string[]): SortedBlocks {
  const bytes: number[] = [];
  const offsets: number[] = [];
  for (const [i, key] of keys.entries()) {
    if (i % blockSize === 0) offsets.push(bytes.length);
    bytes.push(0, key.length, ...Buffer.from(key, 'ascii'));
  }
  const starts = Buffer.from(Uint32Array.from(offsets).buffer);
  return new SortedBlocks(starts, Uint8Array.from(bytes), keys.length, () => undefined);
}

describe('a sorted table', () => {
  it('has nothing past its end', () => {
    for (const count of [1, blockSize, 2 * blockSize, 2 * blockSize + 1]) {
      const keys = Array.from({ length: count }, (_, i) => `k${String(i).padStart(3, '0')}`);
      const table = tableOf(keys);
      expect(table.seek(keys.at(-1) ?? '')?.key).toBe(keys.at(-1));
      expect(table.seek('l')).toBeUndefined();
      expect(table.entryAt(count - 1)?.key).toBe(keys.at(-1));
      expect(table.entryAt(count)).toBeUndefined();
      expect(table.entryAt(10 * count * blockSize)).toBeUndefined();
      expect(table.indexOf('l')).toBeUndefined();
    }
  });

  it('may be empty', () => {
    const table = tableOf([]);
    expect(table.seek('a')).toBeUndefined();
    expect(table.entryAt(0)).toBeUndefined();
    expect(table.indexOf('a')).toBeUndefined();
    expect([...table.entriesFrom('')]).toEqual([]);
  });

  it('finds the key after one that it lacks, in the next block, too', () => {
    const table = tableOf(
      Array.from({ length: blockSize + 1 }, (_, i) => `k${String(2 * i).padStart(3, '0')}`),
    );
    expect(table.seek('k001')?.key).toBe('k002');
    expect(table.seek(`k${String(2 * blockSize - 1).padStart(3, '0')}`)?.key).toBe(
      `k${String(2 * blockSize).padStart(3, '0')}`,
    );
  });
});
