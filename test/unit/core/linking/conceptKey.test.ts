import { describe, expect, it } from 'vitest';
import { conceptKey } from '../../../../src/core/linking/conceptKey';

const link = (id: string) => ({ id, name: id, source: 's', method: 'name' as const });

describe('the key of a concept', () => {
  it('does not depend on the order of several', () => {
    expect(conceptKey({ concepts: [link('B'), link('A')] })).toBe('A|B');
    expect(conceptKey({ concepts: [link('A')] })).toBe('A');
  });

  it('is unknown without a link', () => {
    expect(conceptKey({})).toBeUndefined();
    expect(conceptKey({ concepts: [] })).toBeUndefined();
  });
});
