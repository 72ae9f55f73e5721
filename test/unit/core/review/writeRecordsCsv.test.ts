import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../../src/core/exports/csv';
import { writeRecordsCsv } from '../../../../src/core/review/writeRecordsCsv';
import { exported } from './exportedRecords';

function rowsOf(text: string): Record<string, string>[] {
  return parse<Record<string, string>>(text, { columns: true });
}

describe('writeRecordsCsv', () => {
  it('writes a table that csv-parse reads', () => {
    const title = 'A "quoted", title\nof = two lines';
    expect(rowsOf(writeRecordsCsv([exported({ title })]))).toMatchObject([
      {
        key: 'zinc2021niacin',
        title: 'A "quoted", title of = two lines',
        authors: 'Zinc, Anna; Müller, Ben',
        year: '2021',
        keywords: 'gout; Receptors, Estrogen',
        source: 'PubMed',
      },
    ]);
  });

  it.each([
    ['include', '1', 'include'],
    ['exclude', '0', 'exclude'],
    ['maybe', '', 'maybe'],
    ['undecided', '', ''],
    [undefined, '', ''],
  ] as const)('writes %s as a label of ASReview', (decision, included, shown) => {
    const more = { decision, reason: 'Wrong dose', notes: ['a', 'b'], tags: ['x', 'y'] };
    expect(rowsOf(writeRecordsCsv([exported({}, more)]))).toMatchObject([
      { included, decision: shown, reason: 'Wrong dose', notes: 'a | b', review_tags: 'x; y' },
    ]);
  });

  it('keeps a spreadsheet from executing a cell', () => {
    const text = writeRecordsCsv([
      exported({ title: '=cmd|calc', authors: ['+Zinc'] }, { reason: '@SUM(A1)', notes: ['-1+1'] }),
    ]);
    expect(rowsOf(text)).toMatchObject([
      { title: "'=cmd|calc", authors: "'+Zinc", reason: "'@SUM(A1)", notes: "'-1+1" },
    ]);
    expect(readCsv(text)[1]?.[1]).toBe('=cmd|calc');
  });
});
