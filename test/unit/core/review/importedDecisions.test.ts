import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecords } from '../../../../src/core/records/readRecords';
import { importedDecisions } from '../../../../src/core/review/importedDecisions';
import { writeBibtex } from '../../../../src/core/review/writeBibtex';
import { writeCslJson } from '../../../../src/core/review/writeCslJson';
import { writeRecordsCsv } from '../../../../src/core/review/writeRecordsCsv';
import { writeRis } from '../../../../src/core/review/writeRis';
import { exported } from './exportedRecords';

const risOf = (...notes: readonly string[]): string =>
  notes.map((note) => `TY  - JOUR\nTI  - A\n${note}\nER  - \n`).join('\n');

describe('importedDecisions of RIS', () => {
  it('reads the labels of ASReview', () => {
    const text = risOf(
      'N1  - ASReview_relevant\nN1  - asreview_time: "2025"',
      'N1  - ASReview_irrelevant',
      'N1  - ASReview_not_seen',
      'N1  - <p>ASReview_relevant</p>',
      'AB  - The note ASReview_relevant is a label.',
      'N1  - We wrote ASReview_relevant into the notes.',
    );
    expect(importedDecisions(text, 'ris')).toEqual([
      { index: 0, choice: 'include' },
      { index: 1, choice: 'exclude' },
      { index: 3, choice: 'include' },
    ]);
  });

  it('reads the notes of Rayyan', () => {
    const text = risOf(
      'N1  - RAYYAN-INCLUSION: {"Anna"=>"Included"} | RAYYAN-LABELS: x',
      'N1  - x | RAYYAN-INCLUSION: {"A B"=>"Excluded", "Ben"=>"Excluded"} | RAYYAN-EXCLUSION-REASONS: wrong dose,old | USER-NOTES: {"Ben"=>["y"]}',
      'N1  - RAYYAN-INCLUSION: {"A"=>"Excluded", "B"=>"Included"}',
      'N1  - RAYYAN-INCLUSION: {"A"=>"Maybe"}',
      'N1  - RAYYAN-INCLUSION: {"A"=>\n"Excluded"}',
      'N1  - RAYYAN-LABELS: Included',
    );
    expect(importedDecisions(text, 'ris')).toEqual([
      { index: 0, choice: 'include' },
      { index: 1, choice: 'exclude', reason: 'wrong dose,old' },
      { index: 2, choice: 'maybe' },
      { index: 3, choice: 'maybe' },
      { index: 4, choice: 'exclude' },
    ]);
  });
});

describe('importedDecisions of BibTeX', () => {
  it('reads the notes of Rayyan', () => {
    const text =
      '@article{a, title = {A}, note = {RAYYAN-INCLUSION: {"Anna"=>"Excluded"} | RAYYAN-EXCLUSION-REASONS: old}}\n' +
      '@article{b, title = {B}}\n@article{c, title = {C}, note = {RAYYAN-INCLUSION: \\{\\"Anna\\"=\\>\\"Included\\"\\}}}\n';
    expect(importedDecisions(text, 'bibtex')).toEqual([
      { index: 0, choice: 'exclude', reason: 'old' },
      { index: 2, choice: 'include' },
    ]);
  });
});

describe('importedDecisions of a table', () => {
  it.each(['asreview_label', 'included', 'Label_Included', 'final_included'])(
    'reads the column %s',
    (name) => {
      const text = `title,abstract,${name}\nA,x,1\nB,x,0\nC,x,\nD,x,1.0\n`;
      expect(importedDecisions(text, 'table')).toEqual([
        { index: 0, choice: 'include' },
        { index: 1, choice: 'exclude' },
        { index: 3, choice: 'include' },
      ]);
    },
  );

  it('trusts what ASReview says, not the label that the record had before', () => {
    const text = 'title,abstract,included,asreview_label\nA,x,1,0\nB,x,1,\n';
    expect(importedDecisions(text, 'table')).toEqual([{ index: 0, choice: 'exclude' }]);
  });

  it('takes no other column for decisions', () => {
    expect(importedDecisions('title,abstract,label\nA,x,BRCA1\nB,x,TP53\n', 'table')).toEqual([]);
  });

  it('reads the notes of Rayyan', () => {
    const text =
      'title,abstract,notes\n' +
      'A,x,"RAYYAN-INCLUSION: {""Anna""=>""Excluded""} | RAYYAN-EXCLUSION-REASONS: wrong dose"\nB,x,\n';
    expect(importedDecisions(text, 'table')).toEqual([{ index: 0, choice: 'exclude', reason: 'wrong dose' }]);
  });
});

describe('importedDecisions', () => {
  it('finds none in other formats', () => {
    expect(importedDecisions('PMID- 1\nTI  - ASReview_relevant\n', 'medline')).toEqual([]);
  });

  it.each([
    ['ris', writeRis],
    ['table', writeRecordsCsv],
    ['bibtex', writeBibtex],
    ['csl-json', writeCslJson],
  ] as const)('reads back what is written as %s', (format, write) => {
    const text = fc.constantFrom(
      'Gout',
      '=x',
      'a "b", c',
      'ASReview_irrelevant',
      'N1  - x',
      '5% & <i>x</i>',
      '{"A"=>"Included"}',
    );
    const record = fc
      .record({
        title: text,
        decision: fc.constantFrom('include', 'exclude', 'maybe', 'undecided', undefined),
        reason: fc.option(text, { nil: undefined }),
        notes: fc.array(fc.constantFrom('a', 'Reasons', 'ER  - ')),
      })
      .map(({ title, ...more }) => exported({ title }, more));
    fc.assert(
      fc.property(fc.array(record, { maxLength: 6 }), (records) => {
        const file = write(records);
        const expected = records.flatMap(({ decision, reason }, index) => {
          if (decision === undefined || decision === 'undecided') return [];
          const isBare = decision === 'include' || reason === undefined;
          return [
            isBare
              ? { index, choice: decision }
              : { index, choice: decision, reason: reason.replace(/\s+/g, ' ') },
          ];
        });
        expect(importedDecisions(file, format)).toEqual(expected);
        if (records.length > 0) expect(readRecords(file, format)).toHaveLength(records.length);
      }),
    );
  });
});
