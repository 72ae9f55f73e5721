import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CueName, mistakesIn, readCueSentences, scoreOf } from '../../../evaluation/cues';

const folder = path.resolve(import.meta.dirname, '../../../fixtures/cues');
const names: readonly CueName[] = ['negated', 'speculated'];

describe('cues', () => {
  for (const name of names) {
    it(`are found for ${name} relations`, () => {
      const sentences = readCueSentences(folder, 'development');
      expect(mistakesIn(sentences, name)).toEqual([]);
      expect(scoreOf(sentences, name).f1).toBeGreaterThanOrEqual(95);
    });

    it(`reach what they apply to and no further, for ${name} relations`, () => {
      expect(mistakesIn(readCueSentences(folder, 'scopes'), name)).toEqual([]);
    });

    it(`are found for ${name} relations in sentences that the rules were not made on`, () => {
      expect(scoreOf(readCueSentences(folder, 'held'), name).f1).toBeGreaterThanOrEqual(80);
    });
  }

  it('reach what they deny in sentences that were written after the rules', () => {
    const { precision, recall } = scoreOf(readCueSentences(folder, 'held-scopes'), 'negated');
    expect(precision).toBeGreaterThanOrEqual(90);
    expect(recall).toBeGreaterThanOrEqual(85);
  });
});
