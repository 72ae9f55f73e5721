import { describe, expect, it } from 'vitest';
import { firstPhase, learnedDecisions, rankingQuestion } from '../../../../src/core/review/rankingInput';
import { screeningLine, smallReview } from '../../../support/smallReview';

const anna = { phase: 'abstract', who: 'Anna' } as const;

describe('what the ranking learns from', () => {
  it('are the decisions of the reviewer in their order; maybe counts as relevant', () => {
    const lines = [
      screeningLine('c', 'maybe'),
      screeningLine('a', 'exclude'),
      screeningLine('b', 'include', { who: 'Ben' }),
    ];
    expect(learnedDecisions(smallReview({ lines }), anna)).toEqual([
      { id: 'c', relevant: true },
      { id: 'a', relevant: false },
    ]);
  });

  it('begins with the question and the criteria', () => {
    const settings = { question: 'Why?', criteria: { include: ['Adults'], exclude: ['Mice'] } };
    expect(rankingQuestion(smallReview({ settings }))).toBe('Why?\nAdults');
  });
});

describe('the phase to begin with', () => {
  it('is the first one in which the reviewer has something to decide', () => {
    expect(firstPhase(smallReview(), 'Anna')).toBe('abstract');
    const lines = ['a', 'b', 'c', 'd'].map((id) => screeningLine(id, 'include'));
    expect(firstPhase(smallReview({ lines }), 'Anna')).toBe('fulltext');
    expect(firstPhase(smallReview({ lines }), 'Ben')).toBe('abstract');
  });
});
