import { describe, expect, it } from 'vitest';
import type { PrismaCounts } from '../../../../src/core/review/prisma';
import { prismaDiagram } from '../../../../src/core/review/prismaDiagram';
import { column, oneColumn, twoColumns, words } from './prismaExamples';

/** The texts of a box, with ordinary spaces. */
function textsOf(counts: PrismaCounts, id: string): string[] | undefined {
  const box = prismaDiagram(counts, words).boxes.find((each) => each.id === id);
  return box?.lines.map(({ text }) => text.replaceAll('\u00a0', ' '));
}

describe('prismaDiagram', () => {
  it('has the boxes of the official diagram, in the order of the stages', () => {
    const { boxes } = prismaDiagram(oneColumn, words);
    expect(boxes.map(({ id, column: at, row, stage }) => `${id} ${at} ${row} ${stage}`)).toEqual([
      'identified 0 0 0',
      'removed 1 0 0',
      'screened 0 1 1',
      'excluded 1 1 1',
      'sought 0 2 1',
      'notRetrieved 1 2 1',
      'assessed 0 3 1',
      'excludedReports 1 3 1',
      'included 0 4 2',
    ]);
  });

  it('writes the numbers after their words', () => {
    expect(textsOf(oneColumn, 'identified')).toEqual([
      'Records identified from:',
      'Databases (n = 110)',
      'PubMed (n = 80)',
      'Embase (n = 30)',
      'Registers (n = 10)',
      'ClinicalTrials.gov (n = 10)',
    ]);
    expect(textsOf(oneColumn, 'excludedReports')).toEqual([
      'Reports excluded:',
      'Wrong population (n = 5)',
      'No reason given (n = 3)',
    ]);
  });

  it('says what is not decided yet, and only then', () => {
    const done = { ...oneColumn, databases: { ...column, unscreened: 0, unassessed: 0 } };
    expect(textsOf(oneColumn, 'screened')).toEqual([
      'Records screened (n = 90)',
      'Records not yet screened (n = 5)',
    ]);
    expect(textsOf(done, 'screened')).toEqual(['Records screened (n = 90)']);
    expect(textsOf(oneColumn, 'assessed')).toContain('Reports not yet assessed (n = 6)');
    expect(textsOf(done, 'assessed')).toEqual(['Reports assessed for eligibility (n = 20)']);
  });

  it('has no box for duplicates and screening of other methods, unless they have numbers', () => {
    const ids = (counts: PrismaCounts): string[] => prismaDiagram(counts, words).boxes.map(({ id }) => id);
    expect(ids(twoColumns).filter((id) => id.startsWith('other'))).toEqual([
      'other-identified',
      'other-sought',
      'other-notRetrieved',
      'other-assessed',
      'other-excludedReports',
    ]);
    expect(ids({ ...twoColumns, others: column })).toEqual(
      expect.arrayContaining(['other-removed', 'other-screened', 'other-excluded']),
    );
  });

  it('leaves out the full texts of a review without them', () => {
    const { boxes, arrows } = prismaDiagram({ ...oneColumn, hasFullTexts: false }, words);
    expect(boxes.map(({ id }) => id)).toEqual(['identified', 'removed', 'screened', 'excluded', 'included']);
    expect(arrows).toContainEqual(['screened', 'included']);
  });

  it('leads from each box to the next and to what was removed', () => {
    expect(prismaDiagram(twoColumns, words).arrows).toEqual([
      ['identified', 'removed'],
      ['identified', 'screened'],
      ['screened', 'excluded'],
      ['screened', 'sought'],
      ['sought', 'notRetrieved'],
      ['sought', 'assessed'],
      ['assessed', 'excludedReports'],
      ['assessed', 'included'],
      ['other-identified', 'other-sought'],
      ['other-sought', 'other-notRetrieved'],
      ['other-sought', 'other-assessed'],
      ['other-assessed', 'other-excludedReports'],
      ['other-assessed', 'included'],
    ]);
  });
});
