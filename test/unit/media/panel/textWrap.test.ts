import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineCount } from '../../../../media/panel/textWrap';

describe('lineCount', () => {
  it.each([
    [[40, 40], 88, 1],
    [[40, 40], 87, 2],
    [[40, 40, 40], 88, 2],
    [[500, 10], 100, 2],
    [[], 100, 0],
  ])('wraps parts of %j in %i pixels into %i lines', (widths, available, lines) => {
    expect(lineCount(widths, available, 8)).toBe(lines);
  });

  it('needs no more lines in a wider list, and at most one for each part', () => {
    const widths = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 });
    fc.assert(
      fc.property(widths, fc.integer({ min: 20, max: 400 }), fc.nat(200), (parts, available, more) => {
        const lines = lineCount(parts, available, 8);
        expect(lines).toBeLessThanOrEqual(parts.length);
        expect(lines).toBeGreaterThanOrEqual(1);
        // A part that is shortened to the line may need more room in a wider one, but no line of its own less.
        const fits = parts.every((part) => part <= available);
        if (fits) expect(lineCount(parts, available + more, 8)).toBeLessThanOrEqual(lines);
      }),
    );
  });
});
