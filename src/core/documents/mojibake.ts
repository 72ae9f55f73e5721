import { windows1252 } from '../text/windows1252';
import type { Mask } from './segmentBuilder';

const continuation = `[\\u00A0-\\u00BF${windows1252}]`;

/**
 * Characters of UTF-8 that a program has read as Windows-1252: Latin and Greek letters (`Ã©` for é, `Î²` for β), signs
 * (`Â°`) and punctuation (`â€“`). Other pairs are left alone, because they occur in real text, such as `ß“`.
 */
const garbled = new RegExp(`[ÂÃÎÏ]${continuation}|â€${continuation}`, 'g');

/** Number of characters of a text that were read in the wrong encoding. */
export function mojibakeIn(text: string): number {
  return text.match(garbled)?.length ?? 0;
}

/** Masks that show the characters that were meant. */
export function mojibakeMasks(source: string): Mask[] {
  return Array.from(source.matchAll(garbled), ({ index, 0: pair }) => ({
    start: index,
    end: index + pair.length,
    prose: decoded(pair),
  }));
}

function decoded(pair: string): string {
  const bytes = Array.from(pair, (character) => {
    const special = windows1252.indexOf(character);
    const byte = special < 0 ? character.charCodeAt(0) : 0x80 + special;
    return `%${byte.toString(16)}`;
  });
  try {
    return decodeURIComponent(bytes.join(''));
  } catch {
    return pair;
  }
}
