import { logSumExp } from '../tensors/logSumExp';
import type { Encoding } from '../tokens/encode';
import type { QuestionConfig } from './types';
import type { Window } from './windows';

/** A span of a passage that may answer; offsets of the passage's text. */
export interface Place {
  readonly passage: number;
  readonly start: number;
  readonly end: number;
  /** Logit of the span: over that of "no answer" in the same window, or over all else that was read. */
  readonly margin: number;
}

/** Best starts and ends of a window that are paired, and spans kept of it. Training decodes with the same numbers. */
const bestBorders = 20;
const keptSpans = 20;

export interface WindowLogits {
  /** Row-major `[length, 2]` of one row: start and end. */
  readonly spans: Float32Array;
  /** Place in the row of the first piece of the passage. */
  readonly passageStart: number;
}

/** What a window says. */
export interface WindowSpans {
  /** Best first. */
  readonly places: readonly Place[];
  /** Logarithm of the summed exponentials of all its spans. */
  readonly mass: number;
}

/**
 * The best spans of a window: whole words, at most `maxAnswerTokens` pieces, scored against the span of `[CLS]` (Devlin
 * et al. 2019, section 4.3) or, where a model has no answer for nothing, against zero.
 */
export function bestSpans(
  { passage, from, to }: Window,
  encoding: Encoding,
  { spans, passageStart }: WindowLogits,
  { maxAnswerTokens, nullAnswer }: Pick<QuestionConfig, 'maxAnswerTokens' | 'nullAnswer'>,
): WindowSpans {
  const nothing = nullAnswer ? (spans[0] ?? 0) + (spans[1] ?? 0) : 0;
  const scoreAt = (piece: number, border: 0 | 1) => spans[2 * (passageStart + piece - from) + border] ?? 0;
  const { opens, closes } = wordBorders(encoding, from, to);
  const starts = best(opens, (piece) => scoreAt(piece, 0));
  const ends = best(closes, (piece) => scoreAt(piece, 1));
  const found: Place[] = [];
  for (const first of starts) {
    for (const last of ends) {
      if (last < first || last >= first + maxAnswerTokens) continue;
      const start = encoding.pieceStarts[first] ?? 0;
      const end = encoding.pieceEnds[last] ?? start;
      found.push({ passage, start, end, margin: scoreAt(first, 0) + scoreAt(last, 1) - nothing });
    }
  }
  const massOf = (pieces: readonly number[], border: 0 | 1) =>
    logSumExp(pieces.map((piece) => scoreAt(piece, border)));
  return {
    places: found.sort(byMargin).slice(0, keptSpans),
    mass: massOf(opens, 0) + massOf(closes, 1) - nothing,
  };
}

/**
 * Places scored by themselves, held against all that was read: one softmax over every span of every window (Clark and
 * Gardner 2018, "shared normalization"). What a model of SQuAD 1 says of one passage does not compare with what it
 * says of another otherwise.
 *
 * @param mass Logarithm of the summed exponentials of all spans of all windows.
 */
export function shareMass(places: readonly Place[], mass: number): Place[] {
  return places.map((place) => {
    const logShare = Math.min(place.margin - mass, -1e-9);
    return { ...place, margin: logShare - Math.log1p(-Math.exp(logShare)) };
  });
}

export function byMargin(a: Place, b: Place): number {
  return b.margin - a.margin || a.passage - b.passage || a.start - b.start || a.end - b.end;
}

/** First and last pieces of the words of a window; a word that the window cuts begins or ends with it. */
function wordBorders({ wordPieces, ids }: Encoding, from: number, to: number) {
  const opens: number[] = [];
  const closes: number[] = [];
  for (const [word, first] of wordPieces.entries()) {
    const end = wordPieces[word + 1] ?? ids.length;
    if (end <= from || first >= to || end === first) continue;
    opens.push(Math.max(first, from));
    closes.push(Math.min(end, to) - 1);
  }
  return { opens, closes };
}

function best(places: readonly number[], score: (place: number) => number): number[] {
  return [...places].sort((a, b) => score(b) - score(a) || a - b).slice(0, bestBorders);
}

/** Collects the spans of all windows; one that two windows find keeps its better margin. */
export class PlaceList {
  private readonly byKey = new Map<string, Place>();

  add(places: readonly Place[]): void {
    for (const place of places) {
      const key = `${place.passage} ${place.start} ${place.end}`;
      const known = this.byKey.get(key);
      if (!known || known.margin < place.margin) this.byKey.set(key, place);
    }
  }

  get places(): Place[] {
    return [...this.byKey.values()];
  }
}
