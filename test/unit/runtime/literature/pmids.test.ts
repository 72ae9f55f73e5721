import { describe, expect, it } from 'vitest';
import { readPmids } from '../../../../src/runtime/literature/pmids';

describe('readPmids', () => {
  it('reads lists as people write them, each identifier once', () => {
    expect(readPmids('PMID: 12, 0013;pmid:14\r\n12\t15 ')).toEqual({
      pmids: ['12', '13', '14', '15'],
      invalid: [],
    });
  });

  it('returns what is no identifier', () => {
    expect(readPmids('12 PMC34 0 1234567890 ９ PMC34')).toEqual({
      pmids: ['12'],
      invalid: ['PMC34', '0', '1234567890', '９'],
    });
  });

  it('finds nothing in an empty text', () => {
    expect(readPmids(' \n')).toEqual({ pmids: [], invalid: [] });
  });
});
