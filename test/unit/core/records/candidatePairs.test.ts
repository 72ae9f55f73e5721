import { describe, expect, it } from 'vitest';
import { candidatePairs } from '../../../../src/core/records/candidatePairs';
import { comparableRecord } from '../../../../src/core/records/comparableRecord';
import type { IdentifiedRecord } from '../../../../src/core/records/identifiedRecord';
import { madeUpRecords } from '../../../bench/madeUpRecords';

function pairsOf(records: readonly Partial<IdentifiedRecord>[]): string[] {
  const all = records.map((record, index) =>
    comparableRecord({ id: `r${index}`, authors: [], keywords: [], types: [], ...record }),
  );
  return candidatePairs(all).map((pair) => pair.join('-'));
}

describe('candidate pairs', () => {
  const title = 'Niacin and the frequency of gout attacks';

  it.each<[string, Partial<IdentifiedRecord>, Partial<IdentifiedRecord>]>([
    ['a DOI', { title: 'One', doi: '10.1000/A' }, { title: 'Two', doi: '10.1000/a' }],
    ['a PMID', { pmid: '33000001' }, { pmid: '33000001' }],
    ['most rare words of the title', { title }, { title: 'Niacin and the frequncy of gout attacks' }],
    ['a place', { title: 'One', volume: '3', pages: '9-12' }, { title: 'Eins', volume: '3', pages: '9-12' }],
    [
      'author, year and volume',
      { authors: ['Zinc, A'], year: 2020, volume: '3' },
      { authors: ['A. Zinc'], year: 2020, volume: '3' },
    ],
  ])('share %s', (_, first, second) => {
    expect(pairsOf([first, second])).toEqual(['0-1']);
  });

  it('are none where nothing is shared', () => {
    expect(
      pairsOf([
        { title, pages: '4' },
        { title: 'Zinc against the common cold', pages: '5' },
      ]),
    ).toEqual([]);
  });

  it('are named once, and grow as the number of records in a large group with one title', () => {
    const group = (count: number) => pairsOf(Array.from({ length: count }, () => ({ title })));
    expect(new Set(group(40)).size).toBe(group(40).length);
    expect(group(400).length).toBeLessThanOrEqual(400 * 12);
  });

  it('grow nearly as the number of made-up records', () => {
    const count = (records: number) =>
      candidatePairs(madeUpRecords(records).records.map(comparableRecord)).length;
    expect(count(2000)).toBeLessThan(8 * count(500));
  });
});
