import { describe, expect, it } from 'vitest';
import { mergeVerdicts, type PassageVerdict, verdictOf } from '../../../../src/core/questions/verdict';

const passage = (index: number, yes: number, no: number, relevance = 1): PassageVerdict => ({
  passage: index,
  probabilities: [yes, no, 1 - yes - no],
  relevance,
});

describe('a verdict', () => {
  it('is the softmax of the windows with the temperature for one passage', () => {
    const logits = [Float32Array.of(2, 0, 0), Float32Array.of(4, 0, 0)];
    const [yes, no, maybe] = verdictOf(logits, { scale: 0.5, offset: 0 });
    expect(yes).toBeCloseTo(Math.exp(1.5) / (Math.exp(1.5) + 2));
    expect(no).toBe(maybe);
    const [, , rarer] = verdictOf(logits, { scale: 0.5, offset: -1 });
    expect(rarer).toBeLessThan(maybe / 2);
    expect(verdictOf([], { scale: 1, offset: 0 })).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });

  it('is that of the deciding passages for many passages', () => {
    const vague = Array.from({ length: 100 }, (_, i) => passage(i + 1, 0.05, 0.15));
    const { yes, no, maybe } = mergeVerdicts([passage(0, 0.95, 0.02), ...vague], []);
    expect(yes).toBeGreaterThan(0.75);
    expect(no).toBeLessThan(0.1);
    expect(yes + no + maybe).toBeCloseTo(1);
  });

  it('is maybe without a deciding passage', () => {
    expect(mergeVerdicts([], [])).toEqual({ yes: 0, no: 0, maybe: 1, reasons: [] });
    const { maybe } = mergeVerdicts([passage(0, 0, 0), passage(1, 0.01, 0.01)], []);
    expect(maybe).toBeGreaterThan(0.9);
  });

  it('is maybe without reasons if the passages are about another subject', () => {
    const sentence = { start: 0, end: 9 };
    const foreign = passage(0, 0.05, 0.9, 0.1);
    const { no, maybe, reasons } = mergeVerdicts([foreign, foreign], [{ ...foreign, sentence }]);
    expect(no).toBeCloseTo(0.09);
    expect(maybe).toBeGreaterThan(0.9);
    expect(reasons).toEqual([]);
  });

  it('has no reasons with much less weight than the best one', () => {
    const sentence = { start: 0, end: 9 };
    const told = { ...passage(0, 0.9, 0.05), sentence };
    const { reasons } = mergeVerdicts([passage(0, 0.9, 0.05)], [{ ...told, relevance: 0.1 }, told]);
    expect(reasons).toHaveLength(1);
  });

  it('comes from the passages about the subject', () => {
    const { yes, no } = mergeVerdicts([passage(0, 0.7, 0.1), passage(1, 0.01, 0.98, 0.05)], []);
    expect(yes).toBeGreaterThan(3 * no);
  });

  it('has the sentences that say yes or no as reasons, strongest first', () => {
    const sentence = { start: 0, end: 9 };
    const { reasons } = mergeVerdicts(
      [passage(0, 0.9, 0.05)],
      [
        { ...passage(0, 0.6, 0.1), sentence },
        { ...passage(0, 0.1, 0.1), sentence },
        { ...passage(0, 0.05, 0.9), sentence },
      ],
    );
    expect(reasons.map(({ verdict }) => verdict)).toEqual(['no', 'yes']);
  });
});
