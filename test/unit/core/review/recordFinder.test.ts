import { describe, expect, it } from 'vitest';
import { recordFinder } from '../../../../src/core/review/recordFinder';
import type { ReviewRecord, ReviewSource } from '../../../../src/core/review/reviewData';

const source = (id: string, file: string): ReviewSource => ({
  id,
  file,
  database: 'PubMed',
  kind: 'database',
  records: 1,
  imported: '2026-01-01T00:00:00Z',
});

const record = (id: string, change: Partial<ReviewRecord>): ReviewRecord => ({
  id,
  source: 's1',
  index: 0,
  authors: [],
  keywords: [],
  types: [],
  ...change,
});

const find = recordFinder(
  [
    record('a', { pmid: '101', title: 'Statins, fibrates and the liver: a trial' }),
    record('b', { doi: '10.1/X', title: 'Reply' }),
    record('c', { key: 'kaplan2019' }),
  ],
  [source('s1', 'refs.bib')],
);

describe('recordFinder', () => {
  it('finds a record by its identifier, in any document and case', () => {
    expect(find({ id: '101' }, 'other.nbib')?.id).toBe('a');
    expect(find({ id: '10.1/x' }, 'paper.pdf')?.id).toBe('b');
    expect(find({ id: '102' }, 'other.nbib')).toBeUndefined();
  });

  it('takes a citation key for a record only in the file that was imported', () => {
    expect(find({ id: 'kaplan2019' }, 'refs.bib')?.id).toBe('c');
    expect(find({ id: 'kaplan2019' }, 'mine.bib')).toBeUndefined();
  });

  it('finds a record by its title, with or without author and year', () => {
    for (const name of [
      'Kaplan 2019, Statins, fibrates and the liver: A trial',
      'Statins, Fibrates and the Liver – a Trial',
    ])
      expect(find({ name }, 'paper.pdf')?.id).toBe('a');
    expect(find({ name: 'Kaplan 2019, Statins' }, 'paper.pdf')).toBeUndefined();
  });

  it('does not take a short title for a record, because many publications have it', () => {
    expect(find({ name: 'Lee 2020, Reply' }, 'paper.pdf')).toBeUndefined();
    expect(find({}, 'paper.pdf')).toBeUndefined();
  });
});
