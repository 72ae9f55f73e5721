import { describe, expect, it } from 'vitest';
import { readRecords } from '../../../../src/core/records/readRecords';
import { recordExports, recordsToExport } from '../../../../src/core/review/exportRecords';
import { RecordLookup } from '../../../../src/core/review/recordLookup';
import type { DocumentFormat } from '../../../../src/core/types';
import { decided, kaplan, kaplanAgain, lopez, review, small } from './reviews';

const state = review({
  ...small,
  decisions: [
    decided(kaplan.id, 'include', { note: 'check dose', tags: ['elderly'] }),
    decided(lopez.id, 'exclude', { reason: 'transplants' }),
  ],
});
const lookup = new RecordLookup(state);

describe('the records to export', () => {
  it.each([
    ['all', [kaplan.id, lopez.id]],
    ['include', [kaplan.id]],
    ['exclude', [lopez.id]],
    ['maybe', []],
    ['undecided', []],
    ['everything', [kaplan.id, lopez.id, kaplanAgain.id]],
  ] as const)('%s', (group, expected) => {
    expect(recordsToExport(state, lookup, group).map(({ record }) => record.id)).toEqual(expected);
  });

  it('have their decision, reason, notes, tags and database; a duplicate has those of its record', () => {
    const [first, second, duplicate] = recordsToExport(state, lookup, 'everything');
    expect(first).toMatchObject({
      decision: 'include',
      notes: ['check dose'],
      tags: ['elderly'],
      database: 'PubMed',
    });
    expect(second).toMatchObject({ decision: 'exclude', reason: 'transplants' });
    expect(duplicate).toMatchObject({ decision: 'include', database: 'Embase' });
  });

  it.each(['ris', 'table', 'bibtex', 'csl-json'] as const)(
    'can be read back from %s',
    (format: DocumentFormat) => {
      const extensions: Partial<Record<DocumentFormat, string>> = { ris: 'ris', table: 'csv', bibtex: 'bib' };
      const { write } =
        recordExports.find(({ extension }) => extension === (extensions[format] ?? 'json')) ?? {};
      const text = write?.(recordsToExport(state, lookup, 'all')) ?? '';
      const read = readRecords(text.replace(/^\uFEFF/, ''), format);
      expect(read.map(({ title, year }) => [title, year])).toEqual([
        [kaplan.title, 2019],
        [lopez.title, 2021],
      ]);
    },
  );
});
