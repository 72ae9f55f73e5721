import { describe, expect, it } from 'vitest';
import type { SentenceStance, VerdictWeights } from '../../../../src/core/questions/stance';
import { type Evidence, evidenceIn, verdictFrom, verdictOf } from '../../../../src/core/questions/verdict';

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

/** Evidence of one sentence that is listed. */
function of(supports: number, contradicts: number, sentences = 1): Evidence {
  return { supports, contradicts, sentences, listed: { supports, contradicts } };
}

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
      listed: { supports: 0, contradicts: 0 },
    });
  });

  it.each([
    ['papers that contradict each other', [said(0, 0.9, 0), said(1, 0, 0.9)], [2.3, 2.3]],
    ['one side of a paper with sentences on both', [said(0, 0.9, 0), said(0, 0, 0.7)], [1.1, 0]],
    ['no sentence that is too improbable to be listed', [said(0, 0.8, 0), said(1, 0, 0.55)], [1.61, 0]],
  ])('that is listed has %s', (_what, stances, [supports = 0, contradicts = 0]) => {
    const { listed } = evidenceIn(stances, ownPaper);
    expect(listed.supports).toBeCloseTo(supports, 1);
    expect(listed.contradicts).toBeCloseTo(contradicts, 1);
  });
});

describe('a verdict', () => {
  it('follows the side with more evidence', () => {
    expect(verdictFrom(of(3, 0), weights).answer).toBe('yes');
    expect(verdictFrom(of(0, 3), weights).answer).toBe('no');
    const { yes, no, open } = verdictFrom(of(1, 0.2), weights);
    expect(yes + no + open).toBeCloseTo(1);
  });

  it.each([
    ['without evidence', of(0, 0)],
    ['with weak evidence', of(0.4, 0.1)],
    ['with as much evidence for as against', of(3, 3)],
    ['with evidence on both sides', of(4, 3)],
    ['with much evidence on both sides', of(3, 8)],
    ['with weak sentences only', { ...of(5, 0), listed: { supports: 0, contradicts: 0 } }],
    [
      'with one listed sentence that needs the weak ones',
      { ...of(5, 0), listed: { supports: 1, contradicts: 0 } },
    ],
    ['with one strong sentence among many', of(2.4, 0, 100)],
  ])('is open %s', (_what, evidence) => {
    expect(verdictFrom(evidence, weights).answer).toBe('open');
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
