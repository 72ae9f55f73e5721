import { describe, expect, it } from 'vitest';
import { isDraft } from '../../../../src/editor/documents/draft';

describe('isDraft', () => {
  it.each([
    ['file:///review/my-review.md', undefined, true],
    ['untitled:Untitled-1', undefined, true],
    ['file:///papers/pubmed.nbib', undefined, false],
    ['file:///papers/refs.bib', 'Kaplan 2019, Trial', false],
    ['file:///papers/abstract.txt', 'Kaplan 2019, Trial', false],
    ['biobert-paper:/papers/smith.pdf (text)?file', undefined, false],
    ['file:///review/out.html', undefined, true],
    ['file:///papers/saved.html', 'Kaplan 2019, Trial', false],
    ['biobert-paper:/papers/draft.docx (text)?file', 'My draft', true],
  ])('%s with the publication %j: %s', (document, publication, expected) => {
    expect(isDraft(document, publication)).toBe(expected);
  });
});
