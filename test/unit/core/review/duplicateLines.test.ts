import { describe, expect, it } from 'vitest';
import { duplicateLines } from '../../../../src/core/review/duplicateLines';
import { DuplicateLog } from '../../../../src/core/review/duplicateLog';
import { record } from './support';

const when = '2026-11-01T00:00:00.000Z';
const title = 'Niacin raises uric acid in patients with gout: a randomised trial';
const fields = { title, authors: ['Zinc, Anna', 'Gold, Ben'], year: 2021, journal: 'Lead Letters' };

describe('duplicateLines', () => {
  it('keeps the record of the review and merges the new one with the same DOI', () => {
    const before = [record('doi:10.1000/zinc.1', { ...fields, doi: '10.1000/zinc.1' })];
    const added = [record('pmid:1', { ...fields, doi: '10.1000/zinc.1', pmid: '1', source: 's2' })];
    expect(duplicateLines({ records: before, duplicates: new DuplicateLog() }, added, when)).toEqual([
      { kept: 'doi:10.1000/zinc.1', duplicate: 'pmid:1', reason: 'doi', when },
    ]);
  });

  it('says nothing about pairs of the review, which were compared before', () => {
    const before = [
      record('1', { ...fields, doi: '10.1000/zinc.1' }),
      record('2', { ...fields, doi: '10.1000/zinc.1' }),
    ];
    const added = [record('3', { title: 'Copper and hair', source: 's2' })];
    expect(duplicateLines({ records: before, duplicates: new DuplicateLog() }, added, when)).toEqual([]);
  });
});
