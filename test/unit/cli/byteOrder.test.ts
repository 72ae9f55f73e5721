import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareBytes } from '../../../src/cli/byteOrder';

it('compares texts as their bytes in UTF-8', () => {
  const name = fc.string({ unit: 'grapheme', maxLength: 6 });
  fc.assert(
    fc.property(name, name, (a, b) => {
      expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
  const ordered = ['', '"', 'a', 'a b', 'é', '\uff21', '😀'];
  expect([...ordered].reverse().sort(compareBytes)).toEqual(ordered);
});
