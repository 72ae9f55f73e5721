import { describe, expect, it } from 'vitest';
import { searchRecords, type RecordFilter } from '../../../../src/core/review/recordSearch';
import { reviewRecord, screeningLine, smallReview } from '../../../support/smallReview';

const review = smallReview({
  records: [
    reviewRecord('a', { title: 'Metformin in cancer', authors: ['Müller, B'] }),
    reviewRecord('b', { title: 'Aspirin', abstract: 'Colon cancer and metformin.' }),
    reviewRecord('c', { title: 'Statins' }),
    reviewRecord('d', { title: undefined, abstract: undefined, authors: [], year: 2001 }),
  ],
  lines: [
    screeningLine('c', 'exclude', { reason: 'No control group', tags: ['animals'] }),
    screeningLine('b', 'include', { note: 'Ask the authors' }),
    screeningLine('a', 'include', { who: 'Ben', note: 'secret' }),
  ],
});

function search(text: string, filter: RecordFilter = 'all'): string {
  const found = searchRecords(review, { text, filter, phase: 'abstract', who: 'Anna' });
  return found.map(({ id }) => id).join('');
}

describe('the search for records', () => {
  it('lists the last decision first, then the other records as imported', () => {
    expect(search('')).toBe('bcad');
  });

  it.each([
    ['cancer METFORMIN', 'ba'],
    ['muller', 'a'],
    ['animals', 'c'],
    ['ask authors', 'b'],
    ['aspirin authors', 'b'],
    ['2001', 'd'],
    ['nowhere', ''],
  ])('finds %s by its words in any order, case and accents', (text, expected) => {
    expect(search(text)).toBe(expected);
  });

  it('finds a note that was written after the last search', () => {
    const one = smallReview();
    const find = () =>
      searchRecords(one, { text: 'pilot title', filter: 'all', phase: 'abstract', who: 'Anna' });
    expect(find()).toEqual([]);
    one.screening.add(screeningLine('c', undefined, { note: 'Pilot study' }));
    expect(find().map(({ id }) => id)).toEqual(['c']);
  });

  it('does not search the notes of other reviewers', () => {
    expect(search('secret')).toBe('');
  });

  it.each<[RecordFilter, string]>([
    ['decided', 'bc'],
    ['include', 'b'],
    ['exclude', 'c'],
    ['maybe', ''],
    ['undecided', 'ad'],
  ])('filters by the decision of the reviewer: %s', (filter, expected) => {
    expect(search('', filter)).toBe(expected);
  });
});
