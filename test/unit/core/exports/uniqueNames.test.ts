import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { uniqueNames } from '../../../../src/core/exports/uniqueNames';

describe('uniqueNames', () => {
  test('numbers a name that was given before, past names that are taken', () => {
    const unique = uniqueNames();
    expect(['trial', 'trial-2', 'trial', 'trial'].map(unique)).toEqual([
      'trial',
      'trial-2',
      'trial-3',
      'trial-4',
    ]);
  });

  test('does not keep the files in memory from which the names were cut', () => {
    const unique = uniqueNames();
    const before = usedBytes();
    for (let file = 0; file < 100; file++) {
      const text = `doi:10.5555/study-of-${String(file)} ${'x'.repeat(1_000_000)}`.normalize();
      unique(text.slice(0, text.indexOf(' ')));
    }
    expect(usedBytes() - before).toBeLessThan(20_000_000);
    expect(unique('doi:10.5555/study-of-7')).toBe('doi:10.5555/study-of-7-2');
  });
});

/** @returns the bytes of the heap that are in use after a collection of garbage. */
function usedBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
