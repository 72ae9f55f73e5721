import { describe, expect, it } from 'vitest';
import { screeningQueue, type QueueOptions } from '../../../../src/core/review/screeningQueue';
import type { ReviewState } from '../../../../src/core/review/reviewState';
import { reviewRecord, screeningLine, smallReview } from '../../../support/smallReview';

function queue(review: ReviewState, options: Partial<QueueOptions> = {}): string {
  const all = screeningQueue(review, {
    phase: 'abstract',
    who: 'Anna',
    order: 'imported',
    skipped: [],
    isPending: () => false,
    ...options,
  });
  return all.map(({ id }) => id).join('');
}

describe('the queue', () => {
  it('has the records without a decision of the reviewer, as imported', () => {
    const lines = [screeningLine('a', 'include'), screeningLine('b', 'exclude', { who: 'Ben' })];
    expect(queue(smallReview({ lines }))).toBe('bcd');
  });

  it('leaves out duplicates and records whose decision is being written', () => {
    const duplicates = [{ kept: 'a', duplicate: 'c', reason: 'doi', when: '2025' }] as const;
    expect(queue(smallReview({ duplicates }), { isPending: (id) => id === 'b' })).toBe('ad');
  });

  it('follows the ranking; records without a place come after it, as imported', () => {
    expect(queue(smallReview(), { order: 'relevance', ranking: ['d', 'gone', 'b'] })).toBe('dbac');
    expect(queue(smallReview(), { order: 'relevance' })).toBe('abcd');
  });

  it('puts skipped records at the end: those of earlier sessions, then those of this one in their order', () => {
    const review = smallReview({ lines: [screeningLine('b', 'skip')] });
    expect(queue(review, { skipped: ['d', 'a'] })).toBe('cbda');
  });

  it('offers a record again whose decision was taken back', () => {
    expect(queue(smallReview({ lines: [screeningLine('a', 'include'), screeningLine('a', 'none')] }))).toBe(
      'abcd',
    );
  });

  it('has only those records of a later phase that have passed the earlier one', () => {
    const lines = [screeningLine('a', 'include'), screeningLine('b', 'exclude'), screeningLine('c', 'maybe')];
    expect(queue(smallReview({ lines }), { phase: 'fulltext' })).toBe('ac');
  });

  it('has a random order that an import does not change', () => {
    const records = Array.from({ length: 40 }, (_, index) => reviewRecord(`pmid:${index}`));
    const order = (count: number) =>
      screeningQueue(smallReview({ records: records.slice(0, count) }), {
        phase: 'abstract',
        who: 'Anna',
        order: 'random',
        skipped: [],
        isPending: () => false,
      }).map(({ id }) => id);
    const all = order(40);
    const first = new Set(order(20));
    expect(all).not.toEqual(records.map(({ id }) => id));
    expect(all.filter((id) => first.has(id))).toEqual(order(20));
  });
});
