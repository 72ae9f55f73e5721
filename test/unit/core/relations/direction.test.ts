import { describe, expect, it } from 'vitest';
import { hasDirection } from '../../../../src/core/relations/direction';

describe('hasDirection', () => {
  it.each(['inhibitor', 'treats', 'induces', 'converted', 'a type of the user'])('is true for %s', (type) => {
    expect(hasDirection(type)).toBe(true);
  });

  it.each(['associated', 'binds', 'Positive_Correlation', 'drug interaction'])('is false for %s', (type) => {
    expect(hasDirection(type)).toBe(false);
  });
});
