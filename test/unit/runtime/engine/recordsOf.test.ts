import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../../src/core/documents/parse';
import { publicationsOf, recordStartsOf } from '../../../../src/runtime/engine/recordsOf';

const text = 'PMID- 1\nTI  - Niacin in gout\n\nPMID- 2\nTI  - Aspirin in gout\n\n';

describe('the publications of a parsed document', () => {
  it('are found once for each document', () => {
    const parsed = parseDocument(text, 'medline');
    expect(recordStartsOf(parsed)).toEqual([0, text.indexOf('PMID- 2')]);
    expect(publicationsOf(parsed).map(({ id }) => id)).toEqual(['1', '2']);
    expect(recordStartsOf(parsed)).toBe(recordStartsOf(parsed));
    expect(publicationsOf(parsed)).toBe(publicationsOf(parsed));
  });

  it('are those of the new text after an edit', () => {
    const edited = parseDocument(text.slice(0, text.indexOf('PMID- 2')), 'medline');
    expect(recordStartsOf(edited)).toEqual([0]);
  });
});
