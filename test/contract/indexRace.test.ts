/** Windows that share the index of a folder, some of which are killed. */
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { raceForIndex } from '../support/indexRace';

const root = path.resolve(import.meta.dirname, '../..');

describe('the index of a folder', () => {
  it('has the documents of two windows that write at the same time', async () => {
    const result = await raceForIndex({ root, seed: 18, documents: 25, kills: 0 });
    expect(result).toEqual({ indexed: 50, lost: 0, died: 0, interrupted: 0, isWhole: true });
  });

  it('stays whole when other windows are killed while they write', async () => {
    const { indexed, interrupted, ...result } = await raceForIndex({
      root,
      seed: 18,
      documents: 25,
      kills: 6,
    });
    expect(result).toEqual({ lost: 0, died: 0, isWhole: true });
    expect(indexed).toBeGreaterThanOrEqual(50);
    expect(interrupted).toBeGreaterThan(0);
  });
});
