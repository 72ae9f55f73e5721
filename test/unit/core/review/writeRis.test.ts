import { describe, expect, it } from 'vitest';
import { writeRis } from '../../../../src/core/review/writeRis';
import { exported } from './exportedRecords';

/** The lines with one tag. */
function linesOf(text: string, tag: string): string[] {
  return text.split('\r\n').filter((line) => line.startsWith(`${tag}  - `));
}

describe('writeRis', () => {
  it.each([
    ['include', ['N1  - ASReview_relevant']],
    ['exclude', ['N1  - ASReview_irrelevant']],
    ['maybe', ['N1  - ASReview_not_seen', 'N1  - Decision: maybe']],
    ['undecided', ['N1  - ASReview_not_seen']],
    [undefined, []],
  ] as const)('labels the decision %s for ASReview', (decision, notes) => {
    expect(linesOf(writeRis([exported({}, { decision })]), 'N1')).toEqual(notes);
  });

  it('writes the label before what reviewers noted, whatever they noted', () => {
    const more = { reason: 'Wrong dose', tags: ['a', 'b'], notes: ['ASReview_relevant\nER  - '] };
    const text = writeRis([exported({}, { decision: 'exclude', ...more })]);
    expect(linesOf(text, 'N1')).toEqual([
      'N1  - ASReview_irrelevant',
      'N1  - Reason: Wrong dose',
      'N1  - Tags: a; b',
      'N1  - ASReview_relevant ER -',
    ]);
    expect(text.match(/^ER/gm)).toHaveLength(1);
  });

  it('begins with the type and no byte order mark, and ends each record', () => {
    const text = writeRis([exported({}), exported({ types: ['Thesis'] })]);
    expect(text).toMatch(/^TY {2}- JOUR\r\nID {2}- zinc2021niacin\r\n/);
    expect(text).toMatch(/ER {2}- \r\n\r\nTY {2}- THES\r\n[^]*ER {2}- \r\n\r\n$/);
  });

  it('writes the name of the database that the reviewer gave', () => {
    expect(linesOf(writeRis([exported({}, { database: 'Ovid' })]), 'DB')).toEqual(['DB  - Ovid']);
    expect(linesOf(writeRis([exported({})]), 'DB')).toEqual(['DB  - PubMed']);
  });
});
