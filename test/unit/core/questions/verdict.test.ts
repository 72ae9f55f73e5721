import { describe, expect, it } from 'vitest';
import type { SentenceStance, VerdictWeights } from '../../../../src/core/questions/stance';
import { evidenceIn, verdictFrom, verdictOf } from '../../../../src/core/questions/verdict';

const weights: VerdictWeights = {
  difference: 2,
  bias: 0,
  stronger: 3,
  weaker: -3,
  settled: -3,
  perLogSentence: 0.5,
  margin: 0.8,
};

const sentence = { start: 0, end: 9 };

function said(passage: number, supports: number, contradicts: number): SentenceStance {
  return { passage, sentence, supports, contradicts };
}

/** One sentence was read, and nothing contradicts it. */
const one = { sentences: 1, isListed: { supports: true, contradicts: true }, isConflict: false };

const ownPaper = (passage: number) => String(passage);

describe('the evidence of sentences', () => {
  it('is that of the most probable sentence of each paper', () => {
    const once = evidenceIn([said(0, 0.9, 0)], ownPaper);
    expect(once.supports).toBeCloseTo(-Math.log(0.1));
    expect(once.contradicts).toBeCloseTo(0);
    const samePaper = evidenceIn([said(0, 0.9, 0), said(1, 0.8, 0)], () => 'one');
    expect(samePaper).toEqual({ ...once, sentences: 2 });
    expect(evidenceIn([said(0, 0.9, 0), said(1, 0.8, 0)], ownPaper).supports).toBeGreaterThan(once.supports);
  });

  it('is finite, and only the five strongest papers count', () => {
    const certain = Array.from({ length: 100 }, (_, i) => said(i, 1, 0));
    expect(evidenceIn(certain, ownPaper)).toMatchObject({
      ...evidenceIn(certain.slice(0, 5), ownPaper),
      sentences: 100,
    });
    expect(evidenceIn([], ownPaper)).toEqual({
      supports: 0,
      contradicts: 0,
      sentences: 0,
      isListed: { supports: false, contradicts: false },
      isConflict: false,
    });
  });

  it.each([
    ['papers that contradict each other', [said(0, 0.9, 0), said(1, 0, 0.9)], true],
    ['a paper that contradicts itself', [said(0, 0.9, 0), said(0, 0, 0.7)], true],
    ['a sentence that is too improbable to be listed', [said(0, 0.8, 0), said(1, 0, 0.55)], false],
    ['one paper against five', [...[0, 1, 2, 3, 4].map((i) => said(i, 0.9, 0)), said(5, 0, 0.7)], false],
  ])('takes %s for a conflict or not', (_what, stances, isConflict) => {
    expect(evidenceIn(stances, ownPaper).isConflict).toBe(isConflict);
  });
});

describe('a verdict', () => {
  it('follows the side with more evidence', () => {
    expect(verdictFrom({ supports: 3, contradicts: 0, ...one }, weights).answer).toBe('yes');
    expect(verdictFrom({ supports: 0, contradicts: 3, ...one }, weights).answer).toBe('no');
    const { yes, no, open } = verdictFrom({ supports: 1, contradicts: 0.2, ...one }, weights);
    expect(yes + no + open).toBeCloseTo(1);
  });

  it.each([
    ['without evidence', { supports: 0, contradicts: 0 }],
    ['with weak evidence', { supports: 0.4, contradicts: 0.1 }],
    ['with as much evidence for as against', { supports: 3, contradicts: 3 }],
    ['with evidence on both sides', { supports: 4, contradicts: 3 }],
    ['with much evidence on both sides', { supports: 3, contradicts: 8, isConflict: true }],
    [
      'without a sentence of that side that is probable enough to be listed',
      { supports: 5, contradicts: 0, isListed: { supports: false, contradicts: true } },
    ],
    ['with one strong sentence among many', { supports: 2.4, contradicts: 0, sentences: 100 }],
  ])('is open %s', (_what, evidence) => {
    expect(verdictFrom({ ...one, ...evidence }, weights).answer).toBe('open');
  });

  it('lists the sentences that take a side, and counts their papers', () => {
    const stances = [
      said(0, 0.7, 0.1),
      said(0, 0.95, 0),
      said(1, 0.1, 0.9),
      said(2, 0.4, 0.3),
      said(3, 0.8, 0),
    ];
    const { sentences, papers } = verdictOf(stances, ownPaper, weights);
    expect(sentences.map(({ passage, stance }) => [passage, stance])).toEqual([
      [0, 'supports'],
      [1, 'contradicts'],
      [3, 'supports'],
      [0, 'supports'],
    ]);
    expect(papers).toEqual({ supports: 2, contradicts: 1 });
  });

  it('lists a sentence of each paper that it counts, and others up to ten on each side', () => {
    // Six papers with two strong sentences each, and a weaker one that ten sentences of the others would hide.
    const strong = Array.from({ length: 12 }, (_, i) => said(i, 0.9, 0));
    const paperOf = (passage: number) => String(passage < 12 ? passage % 6 : passage);
    const few = verdictOf([...strong, said(12, 0.7, 0)], paperOf, weights);
    expect(few.papers).toEqual({ supports: 7, contradicts: 0 });
    expect(new Set(few.sentences.map(({ passage }) => paperOf(passage))).size).toBe(7);
    expect(few.sentences).toHaveLength(10);
    const stances = Array.from({ length: 30 }, (_, i) => (i < 3 ? said(i, 0, 0.7) : said(i, 0.9, 0)));
    const many = verdictOf(stances, ownPaper, weights);
    expect(many.sentences).toHaveLength(30);
    expect(many.papers).toEqual({ supports: 27, contradicts: 3 });
  });

  it('counts a paper with sentences on both sides on that of the stronger one, and lists both', () => {
    const { sentences, papers } = verdictOf(
      [said(0, 0.7, 0), said(0, 0, 0.9), said(1, 0.8, 0)],
      ownPaper,
      weights,
    );
    expect(papers).toEqual({ supports: 1, contradicts: 1 });
    expect(sentences.map(({ passage, stance }) => [passage, stance])).toEqual([
      [0, 'contradicts'],
      [1, 'supports'],
      [0, 'supports'],
    ]);
  });
});
