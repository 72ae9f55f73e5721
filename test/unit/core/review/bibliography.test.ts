import { describe, expect, it } from 'vitest';
import { isOwnBibliography } from '../../../../src/core/curation/ownReport';
import { readRecords } from '../../../../src/core/records/readRecords';
import { reviewBibliography } from '../../../../src/core/review/bibliography';
import { RecordLookup } from '../../../../src/core/review/recordLookup';
import { decided, kaplan, lopez, review, small } from './reviews';

function bibliography(cited: readonly string[], previous = '', decisions = [decided(kaplan.id, 'include')]) {
  const state = review({ ...small, decisions });
  return reviewBibliography(state, new RecordLookup(state), cited, previous);
}

function keysIn(text: string): readonly (string | undefined)[] {
  return readRecords(text, 'bibtex').map(({ id }) => id);
}

const lookup = new RecordLookup(review(small));
const [kaplanKey, lopezKey] = [lookup.citationKey(kaplan), lookup.citationKey(lopez)];

describe('the bibliography of a review', () => {
  it('has the included and the cited records, each once', () => {
    expect(keysIn(bibliography([]))).toEqual([kaplanKey]);
    expect(keysIn(bibliography([lopezKey, kaplanKey]))).toEqual([kaplanKey, lopezKey]);
    expect(isOwnBibliography(bibliography([]))).toBe(true);
  });

  it('keeps what was cited before, also after the record was excluded', () => {
    const excluded = [decided(kaplan.id, 'include'), decided(lopez.id, 'exclude')];
    expect(keysIn(bibliography([], bibliography([lopezKey]), excluded))).toEqual([kaplanKey, lopezKey]);
  });

  it('takes nothing from a file of the user', () => {
    const own = bibliography([lopezKey]).replace(/^%.*\n/, '');
    expect(isOwnBibliography(own)).toBe(false);
    expect(keysIn(bibliography([], own))).toEqual([kaplanKey]);
  });

  it('is the same text again, so that the file does not change', () => {
    const first = bibliography([lopezKey]);
    expect(bibliography([lopezKey], first)).toBe(first);
  });
});
