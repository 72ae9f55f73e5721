/**
 * Compares two texts as `LC_ALL=C sort` compares them in UTF-8, which is the order of code points. It differs from that
 * of JavaScript only where a character beyond U+FFFF meets one from U+E000.
 * @returns a negative number if `a` comes first, a positive one if `b` does, and 0 if they are equal.
 */
export function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Puts the halves of characters beyond U+FFFF, from 0xd800, behind all other code units. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
