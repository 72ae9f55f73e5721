import { describe, expect, it } from 'vitest';
import { usedReasons } from '../../../../src/core/review/usedReasons';
import { reviewRecord, screeningLine, smallReview } from '../../../support/smallReview';

const excluded = (record: string, reason: string, who = 'Anna') =>
  screeningLine(record, 'exclude', { reason, who });

describe('the reasons that are offered', () => {
  it('are those of all reviewers, the most used first, each once', () => {
    const lines = [
      excluded('a', 'Wrong dose'),
      excluded('b', 'No comparator'),
      excluded('c', 'no comparator', 'Ben'),
      excluded('d', 'Animals'),
    ];
    expect(usedReasons(smallReview({ lines }))).toEqual(['No comparator', 'Animals', 'Wrong dose']);
  });

  it('are no criteria, no numbers, and none of decisions that were taken back or do not exclude', () => {
    const lines = [
      excluded('a', 'mice'),
      excluded('b', '1'),
      excluded('c', 'not retrieved'),
      excluded('d', 'Taken back'),
      screeningLine('d', 'none'),
      screeningLine('a', 'maybe', { who: 'Ben', reason: 'Unclear' }),
    ];
    const settings = { criteria: { include: [], exclude: ['Mice'] } };
    expect(usedReasons(smallReview({ lines, settings }))).toEqual([]);
  });

  it('are at most twenty', () => {
    const ids = Array.from({ length: 30 }, (_, index) => `r${index}`);
    const review = smallReview({
      records: ids.map((id) => reviewRecord(id)),
      lines: ids.map((id) => excluded(id, `Reason ${id}`)),
    });
    expect(usedReasons(review)).toHaveLength(20);
  });
});
