/** Widths of characters in Arial in ems, rounded up; other letters count as wide as an average capital. */
const widths: readonly (readonly [pattern: RegExp, width: number])[] = [
  [/[ijlI.,:;'|!()[\]/ft-]/, 0.34],
  [/[ r*"]/, 0.36],
  [/[mwMW@%—]/, 0.95],
  [/[a-z0-9?#$<>=+_~^–]/, 0.57],
  [/[\u0300-\u036f\u200b-\u200f]/u, 0],
  [
    /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u,
    1,
  ],
];
const otherWidth = 0.73;

/** The estimated width of a text in a sans-serif font, in ems. Core has no fonts to measure it with. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text)
    width += widths.find(([pattern]) => pattern.test(character))?.[1] ?? otherWidth;
  return width;
}

/**
 * Breaks a text into lines at white space, and words that are wider than a line anywhere.
 * @param room Width of a line in ems.
 */
export function wrapped(text: string, room: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.trim().split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer) <= room) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = piecesOf(word, room);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return [...lines, line];
}

/** A word in pieces that fit on a line. */
function piecesOf(word: string, room: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of word) {
    if (piece !== '' && textWidth(piece + character) > room) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}
