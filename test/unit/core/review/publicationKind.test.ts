import { describe, expect, it } from 'vitest';
import { publicationKind } from '../../../../src/core/review/publicationKind';

describe('publicationKind', () => {
  it.each([
    [['JOUR'], 'article'],
    [['Case Reports', 'Journal Article'], 'article'],
    [['Clinical Conference'], 'other'],
    [['Review'], 'article'],
    [['article-journal'], 'article'],
    [['phdthesis'], 'thesis'],
    [['Doctoral Dissertation'], 'thesis'],
    [['inproceedings'], 'conference'],
    [['Conference Paper'], 'conference'],
    [['CHAP'], 'chapter'],
    [['Book Section'], 'chapter'],
    [['Edited Book'], 'book'],
    [['techreport'], 'report'],
    [['Preprint'], 'preprint'],
    [['misc'], 'other'],
    [[], 'other'],
  ] as const)('takes %s for %s', (types, kind) => {
    expect(publicationKind({ types })).toBe(kind);
  });

  it('takes what is in a journal for an article', () => {
    expect(publicationKind({ types: ['Humans'], journal: 'Lead Letters' })).toBe('article');
  });
});
