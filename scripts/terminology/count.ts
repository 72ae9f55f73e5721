import { execFileSync } from 'node:child_process';
import { extendKey, termCase, type TermCase, termPieces } from '../../src/core/linking/termKey';

/** How often texts have each name, and which words they write in small letters. */
export interface TextCounts {
  /** By {@link writtenKey}. */
  readonly keys: ReadonlyMap<string, number>;
  /** Words in small letters, with their counts. */
  readonly words: ReadonlyMap<string, number>;
}

/** The key of a name that is written in a certain way: `was` and `WAS` are counted apart. */
export function writtenKey(key: string, written: TermCase): string {
  return `${key} ${written}`;
}

/** Longest name that is counted, in pieces. */
const maxPieces = 6;

/** Counts names in files of texts that xz packed. */
export function countNames(keys: ReadonlySet<string>, texts: readonly string[]): TextCounts {
  const counts = { keys: new Map<string, number>(), words: new Map<string, number>() };
  for (const path of texts) {
    const text = execFileSync('xz', ['-dc', path], { maxBuffer: 2 ** 30 }).toString('utf8');
    for (const line of text.split('\n')) countLine(line, keys, counts);
  }
  return counts;
}

function countLine(
  line: string,
  keys: ReadonlySet<string>,
  counts: { keys: Map<string, number>; words: Map<string, number> },
): void {
  const pieces = termPieces(line);
  for (const [i, piece] of pieces.entries()) {
    if (!piece.isWordStart) continue;
    if (piece.isWordEnd && /^\p{Ll}+$/u.test(line.slice(piece.start, piece.end)))
      counts.words.set(piece.key, (counts.words.get(piece.key) ?? 0) + 1);
    let key = '';
    for (let j = i; j < Math.min(pieces.length, i + maxPieces); j += 1) {
      const next = pieces[j];
      if (next === undefined || (j > i && next.start - (pieces[j - 1]?.end ?? 0) > 3)) break;
      key = extendKey(key, next.key);
      if (!next.isWordEnd || !keys.has(key)) continue;
      const written = writtenKey(key, termCase(line.slice(piece.start, next.end)));
      counts.keys.set(written, (counts.keys.get(written) ?? 0) + 1);
    }
  }
}
