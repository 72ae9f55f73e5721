import { describe, expect, it } from 'vitest';
import {
  foundRecords,
  recordView,
  screeningState,
} from '../../../../../src/editor/review/screening/screeningViews';
import { maxFoundRecords } from '../../../../../src/protocol/screening';
import { reviewRecord, screeningLine, smallReview } from '../../../../support/smallReview';

const anna = { phase: 'abstract', who: 'Anna' } as const;

describe('what a reviewer sees', () => {
  it('is without the decisions of others until the reviewer has decided', () => {
    const bens = screeningLine('a', 'exclude', { who: 'Ben', reason: 'Not in humans', note: 'hm' });
    const before = recordView(smallReview({ lines: [bens] }), reviewRecord('a'), anna);
    expect(before).toMatchObject({ choice: undefined, others: [], note: '' });
    const after = smallReview({ lines: [bens, screeningLine('a', 'include')] });
    expect(recordView(after, reviewRecord('a'), anna)).toMatchObject({
      choice: 'include',
      others: [{ who: 'Ben', choice: 'exclude', reason: 'Not in humans' }],
    });
  });

  it('is without the abstract while titles are screened', () => {
    const view = (phase: 'title' | 'abstract') =>
      recordView(smallReview(), reviewRecord('a'), { phase, who: 'Anna' });
    expect(view('title').abstract).toBeUndefined();
    expect(view('abstract').abstract).toBe('Abstract of a.');
  });

  it('has the counts of each phase and the tags of the reviewer', () => {
    const lines = [
      screeningLine('a', 'include', { tags: ['pilot'] }),
      screeningLine('b', 'exclude', { reason: 'Wrong dose' }),
      screeningLine('c', 'include', { who: 'Ben', tags: ['theirs'] }),
    ];
    const state = screeningState(smallReview({ lines }), { ...anna, order: 'imported', canUndo: true });
    expect(state.phases).toEqual([
      { phase: 'abstract', left: 2 },
      { phase: 'fulltext', left: 2 },
    ]);
    expect(state.tags).toEqual(['pilot']);
    expect(state.reasons).toEqual(['Wrong dose']);
    expect(state.progress).toMatchObject({ found: 4, screened: 2 });
  });
});

describe('the list of found records', () => {
  it('is cut, and says how many there are', () => {
    const records = Array.from({ length: maxFoundRecords + 5 }, (_, index) => reviewRecord(`r${index}`));
    const found = foundRecords(smallReview({ records }), { text: 'title', filter: 'all' }, anna);
    expect([found.records.length, found.total]).toEqual([maxFoundRecords, maxFoundRecords + 5]);
    expect(found.records[0]).toMatchObject({ id: 'r0', source: 'Kaplan 2019' });
  });
});
