/**
 * The letter case of a word, which an uncased vocabulary loses. Gene symbols depend on it: `CAT` is a gene, `cat` an
 * animal. Training computes the same four values (`models/training/common/shapes.py`).
 */
const shapes = {
  /** No upper-case letter. */
  lower: 0,
  /** Only the first character is upper case; also a single capital. */
  capitalised: 1,
  /** Two or more letters, all of them upper case; digits are allowed. */
  upper: 2,
  /** Any other mixture (`mRNA`, `5A`). */
  mixed: 3,
} as const;

/** @param text The original text, before conversion to lower case; the word is `[start, end)` of it. */
export function shapeOf(text: string, start: number, end: number): number {
  let letters = 0;
  let upper = 0;
  let firstIsUpper = false;
  for (let i = start, next = start; i < end; i = next) {
    const codePoint = text.codePointAt(i) ?? 0;
    next = i + (codePoint > 0xffff ? 2 : 1);
    const isUpper = codePoint < 0x80 ? codePoint >= 0x41 && codePoint <= 0x5a : is(/\p{Lu}/u, codePoint);
    if (isUpper) {
      upper += 1;
      letters += 1;
      firstIsUpper ||= i === start;
    } else if (codePoint < 0x80 ? codePoint >= 0x61 && codePoint <= 0x7a : is(/\p{L}/u, codePoint)) {
      letters += 1;
    }
  }
  if (upper === 0) return shapes.lower;
  if (upper === 1 && firstIsUpper) return shapes.capitalised;
  return letters >= 2 && upper === letters ? shapes.upper : shapes.mixed;
}

function is(category: RegExp, codePoint: number): boolean {
  return category.test(String.fromCodePoint(codePoint));
}
