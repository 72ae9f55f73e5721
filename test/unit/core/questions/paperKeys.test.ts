import { describe, expect, it } from 'vitest';
import { paperKeys, withoutCopies, type DocumentPassage } from '../../../../src/core/questions/paperKeys';

const title = 'Effects of metformin on the growth of breast cancer cells';

function passage(document: string, publication?: string, citation?: string, text = 'Metformin helps.') {
  return { document, passage: { text, publication, citation } };
}

const keysOf = (...passages: DocumentPassage[]) => new Set(paperKeys(passages)).size;

describe('papers', () => {
  it.each([
    ['with one identifier', passage('a.nbib', 'Kaplan 2019', '123'), passage('b.nbib', undefined, '123')],
    [
      'with one title',
      passage('a.nbib', `Kaplan 2019, ${title}`, '123'),
      passage('b.ris', title, '10.1000/x'),
    ],
    ['of one document', passage('notes.md'), passage('notes.md')],
  ])('%s count once', (_what, a, b) => {
    expect(keysOf(a, b)).toBe(1);
  });

  it.each([
    [
      'with two identifiers',
      passage('a.nbib', 'Kaplan 2019', '123'),
      passage('a.nbib', 'Kaplan 2019', '124'),
    ],
    ['with two names', passage('a.nbib', 'Kaplan 2019'), passage('a.nbib', 'Lee 2020')],
    ['in two documents that name none', passage('notes.md'), passage('more.md')],
  ])('%s count twice', (_what, a, b) => {
    expect(keysOf(a, b)).toBe(2);
  });
});

describe('withoutCopies', () => {
  it('keeps the first copy of a passage, and the other passages of the paper', () => {
    const first = passage('a.nbib', `Kaplan 2019, ${title}`, '123', 'Metformin slowed growth (p < 0.05).');
    const copy = passage('b.ris', title, undefined, 'Metformin slowed growth (P<0.05)');
    const other = passage('b.ris', title, undefined, 'Doses were low.');
    expect(withoutCopies([first, copy, other])).toEqual([first, other]);
  });

  it('keeps what a draft quotes from a paper', () => {
    const paper = passage('a.nbib', `Kaplan 2019, ${title}`, '123');
    const draft = passage('draft.md');
    expect(withoutCopies([paper, draft])).toEqual([paper, draft]);
  });
});
