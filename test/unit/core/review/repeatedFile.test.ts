import { describe, expect, it } from 'vitest';
import { publicationsIn } from '../../../../src/core/records/readRecords';
import { recordExports, recordsToExport } from '../../../../src/core/review/exportRecords';
import { RecordLookup } from '../../../../src/core/review/recordLookup';
import { isRecordFormat } from '../../../../src/core/documents/recordFormats';
import { repetitionFinder } from '../../../../src/core/review/repeatedFile';
import type { DocumentFormat } from '../../../../src/core/types';
import { kaplan, lopez, review, small, source } from './reviews';

const formats: Readonly<Record<string, DocumentFormat>> = {
  ris: 'ris',
  csv: 'table',
  bib: 'bibtex',
  json: 'csl-json',
};

function finder(parts = small) {
  const state = review(parts);
  const lookup = new RecordLookup(state);
  return { repeats: repetitionFinder(state, lookup), state, lookup };
}

describe('a file that repeats records of a review', () => {
  it.each(recordExports)('is an export as $name', ({ extension, write }) => {
    const { repeats, state, lookup } = finder();
    const text = write(recordsToExport(state, lookup, 'everything')).replace(/^\uFEFF/, '');
    const format = formats[extension] ?? 'plain';
    expect(isRecordFormat(format)).toBe(true);
    expect(repeats(`export.${extension}`, publicationsIn(text, format))).toBe(true);
  });

  it('is not a file from which the review was imported', () => {
    const { repeats } = finder();
    const records = [{ start: 0, end: 9, id: '11', name: undefined }];
    expect(repeats('searches/pubmed.nbib', records)).toBe(false);
    expect(repeats('copy.nbib', records)).toBe(true);
  });

  it('is not a file with a record that the review does not have, or without any', () => {
    const { repeats } = finder();
    const known = { start: 0, end: 9, id: '11', name: undefined };
    const unknown = { start: 9, end: 20, id: '12', name: 'Ito 2020, A title of something else' };
    expect(repeats('more.nbib', [known, unknown])).toBe(false);
    expect(repeats('empty.nbib', [{ start: 0, end: 5 }])).toBe(false);
    expect(repeats('empty.nbib', [])).toBe(false);
  });

  it('is not the only file of the folder that has the records', () => {
    const outside = { ...source, file: 'file:///downloads/pubmed.nbib' };
    const { repeats } = finder({ records: [kaplan, lopez], sources: [outside] });
    expect(repeats('export.ris', [{ start: 0, end: 9, id: '11', name: undefined }])).toBe(false);
  });
});
