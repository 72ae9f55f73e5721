import { describe, expect, it } from 'vitest';
import { isInOwnFolder } from '../../../../src/core/curation/ownFolder';

describe('isInOwnFolder', () => {
  it.each([
    ['/p/.biobert/review.json', true],
    ['/p/sub/.biobert/old/records.csv', true],
    ['/p/review.json', false],
    ['/p/my.biobert/draft.md', false],
    ['/p/.biobert', false],
  ])('%s: %s', (path, expected) => {
    expect(isInOwnFolder(path)).toBe(expected);
  });
});
