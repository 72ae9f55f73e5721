import { describe, expect, it } from 'vitest';
import { screeningProgress } from '../../../../src/core/review/screeningProgress';
import { reviewRecord, screeningLine, smallReview } from '../../../support/smallReview';

describe('the progress of a reviewer', () => {
  it('counts the decisions of the reviewer, and all conflicts', () => {
    const lines = [
      screeningLine('c', 'exclude'),
      screeningLine('a', 'include'),
      screeningLine('b', 'maybe'),
      screeningLine('d', 'skip'),
      screeningLine('a', 'exclude', { who: 'Ben' }),
      screeningLine('d', 'include', { who: 'Ben' }),
    ];
    expect(screeningProgress(smallReview({ lines }), 'abstract', 'Anna')).toEqual({
      total: 4,
      screened: 3,
      included: 1,
      excluded: 1,
      maybe: 1,
      conflicts: 1,
      curve: [
        { screened: 0, included: 0 },
        { screened: 1, included: 0 },
        { screened: 2, included: 1 },
        { screened: 3, included: 2 },
      ],
    });
  });

  it('draws the curve of many decisions with few points, from the first to the last', () => {
    const records = Array.from({ length: 1234 }, (_, index) => reviewRecord(`r${index}`));
    const lines = records.map(({ id }, index) => screeningLine(id, index < 50 ? 'include' : 'exclude'));
    const { curve } = screeningProgress(smallReview({ records, lines }), 'abstract', 'Anna');
    expect(curve.length).toBeLessThanOrEqual(102);
    expect(curve.at(-1)).toEqual({ screened: 1234, included: 50 });
  });
});
