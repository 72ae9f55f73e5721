/** Two windows that pin evidence into one folder at the same time. */
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { raceForEvidence } from '../support/evidenceRace';

const root = path.resolve(import.meta.dirname, '../..');

describe('the table of evidence of two windows', () => {
  it.each([0, 10, 100])('keeps 100 of 100 pins with mean pauses of %i ms', async (gapMs) => {
    const { reads, messages, ...counts } = await raceForEvidence({
      root,
      seed: 18 + gapMs,
      pins: 100,
      gapMs,
    });
    expect(messages).toEqual([]);
    expect(counts).toEqual({
      kept: 100,
      refused: 0,
      lost: 0,
      invalidReads: 0,
      files: ['.gitignore', 'evidence.json', 'evidence.json.bak'],
    });
    expect(reads).toBeGreaterThan(0);
  });
});
