import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsRecords, readImport } from '../../../../src/core/review/importRecords';
import type { DocumentFormat } from '../../../../src/core/types';
import { recordFiles } from '../../../support/recordFiles';

const ris = (...fields: readonly string[]) =>
  `TY  - JOUR\n${fields.map((each) => `${each}\n`).join('')}ER  - \n`;

describe('readImport', () => {
  it.each(Object.entries(recordFiles))('reads the record of a file in the format %s', (format, text) => {
    const { references, summary } = readImport(text, format as DocumentFormat, 'file');
    expect(references).toMatchObject([{ title: 'Niacin in gout', year: 2021 }]);
    expect(summary).toMatchObject({ records: 1, withAbstract: 1, withoutTitle: 0, unreadLines: [] });
  });

  it('counts what the records state, and names the lines of entries that state no publication', () => {
    const text = [
      ris('TI  - Niacin in gout', 'DO  - 10.1000/zinc.1', 'AB  - Niacin raises uric acid.'),
      ris('AU  - Zinc, Anna', 'PY  - 2021'),
      ris('AU  - Gold, Ben'),
      ris('TI  - Zinc in colds'),
      ris('N1  - a note'),
    ].join('\n');
    const { references, summary } = readImport(text, 'ris', 'a.ris');
    expect(references.map(({ title }) => title)).toEqual(['Niacin in gout', undefined, 'Zinc in colds']);
    expect(summary).toEqual({
      format: 'RIS',
      records: 3,
      withAbstract: 1,
      withDoi: 1,
      withPmid: 0,
      withoutTitle: 1,
      unreadLines: [12, 20],
    });
    const lines = text.split('\n');
    for (const line of summary.unreadLines) expect(lines[line - 1]).toBe('TY  - JOUR');
  });

  it('imports or reports every entry of a file', () => {
    const field = fc.constantFrom(
      'TI  - Zinc',
      'AU  - Zinc, Anna',
      'PY  - 2021',
      'DO  - 10.1/a',
      'KW  - gout',
    );
    fc.assert(
      fc.property(fc.array(fc.array(field, { maxLength: 4 }), { minLength: 1 }), (entries) => {
        const text = entries.map((fields) => ris(...fields)).join('\n');
        const { references, summary } = readImport(text, 'ris', 'a.ris');
        expect(references.length + summary.unreadLines.length).toBe(entries.length);
      }),
    );
  });

  it('finds no records in a file that has none', () => {
    expect(readImport('Just a letter.', 'ris', 'a.ris').summary).toMatchObject({
      records: 0,
      unreadLines: [1],
    });
    for (const text of ['', '[\n{"name": "zinc"}\n]', '{ "version": 1 }'])
      expect(readImport(text, 'plain', 'a.txt').summary).toMatchObject({ records: 0, unreadLines: [1] });
    expect(readImport('[Zinc in colds.]', 'plain', 'a.txt').summary).toMatchObject({ records: 1 });
  });

  it('takes a paper or a text for one publication', () => {
    const { references, summary } = readImport('Zinc in colds\n\nZinc helps.', 'plain', 'notes/zinc.txt');
    expect(references).toMatchObject([{ title: 'Zinc in colds', abstract: 'Zinc helps.' }]);
    expect(summary).toMatchObject({ format: 'plain text', records: 1 });
  });
});

describe('holdsRecords', () => {
  it.each<[DocumentFormat, boolean]>([
    ['ris', true],
    ['table', true],
    ['paper', false],
    ['markdown', false],
  ])('of %s is %s', (format, expected) => {
    expect(holdsRecords(format)).toBe(expected);
  });
});
