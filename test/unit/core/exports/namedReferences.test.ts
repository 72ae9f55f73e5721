import { decodeNamedCharacterReference } from 'decode-named-character-reference';
import { describe, expect, it } from 'vitest';
import { namedReferences } from '../../../../src/core/exports/namedReferences';

describe('namedReferences', () => {
  it('has the names of HTML 4, with the characters that HTML gives them', () => {
    expect(namedReferences.size).toBe(253);
    for (const [name, character] of namedReferences) {
      expect([name, character]).toEqual([name, decodeNamedCharacterReference(name)]);
    }
  });
});
