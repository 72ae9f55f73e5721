import { describe, expect, it } from 'vitest';
import { TermFinders } from '../../../../src/runtime/engine/termFinders';

const term = (name: string) => ({ name, id: `LAB:${name}`, type: 'Gene' });

describe('the finders of terms', () => {
  it('are kept while the terms are equal, and made again for others', () => {
    const finders = new TermFinders();
    const first = finders.of([term('A1')]);
    expect(finders.of([term('A1')])).toBe(first);
    const second = finders.of([term('A1'), term('B2')]);
    expect(second).not.toBe(first);
    finders.clear();
    expect(finders.of([term('A1'), term('B2')])).not.toBe(second);
  });
});
