/** Widths of characters in ems in wide sans-serif fonts (Arial, DejaVu Sans), so that no text leaves its box. */
const widths: readonly (readonly [pattern: RegExp, width: number])[] = [
  [/[ijlI.,:;'|!()[\]/ft-]/, 0.39],
  [/[ \u00a0r*"]/, 0.42],
  [/[mwMW@%—]/, 1],
  [/[a-z0-9?#$<>=+_~^–]/, 0.64],
  [/[\u0300-\u036f\u200b-\u200f]/u, 0],
  [
    /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u,
    1,
  ],
];
const otherWidth = 0.75;

/** The estimated width of a text in a sans-serif font, in ems. Core has no fonts to measure it with. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text)
    width += widths.find(([pattern]) => pattern.test(character))?.[1] ?? otherWidth;
  return width;
}

/**
 * Breaks a text into lines at white space except no-break spaces, and words that are wider than a line anywhere.
 * @param room Width of a line in ems.
 */
export function wrapped(text: string, room: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.trim().split(/[^\S\u00a0]+/)) {
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
