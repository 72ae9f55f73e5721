/** TF-IDF features of texts. */
import { FeatureTable } from './featureTable';
import type { SparseRows } from './sparseRows';

/**
 * Words are runs of at least two letters, digits and underscores, as in the default `token_pattern` of scikit-learn.
 */
const wordPattern = /[\p{L}\p{N}_]{2,}/gu;

/** A feature in more than this share of the texts tells nothing. */
const largestShare = 0.95;

/** Number of the word before in a pair is the upper part of its key, that of the word itself the lower part. */
const pairBase = 2 ** 26;

/** @returns the words of a text in lower case, in order. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(wordPattern) ?? [];
}

/** Lengths of the pieces of words. */
const pieceLengths: readonly number[] = [3, 4, 5];

/** Visits the features of a text by their numbers, as often as they occur. Numbers are given from 0 without gaps. */
type FeatureReader = (text: string, visit: (feature: number) => void) => void;

/**
 * TF-IDF of the words and the pairs of neighbouring words of each text: `1 + ln(tf)` times `ln((1 + n) / (1 + df)) + 1`,
 * each row scaled to length 1. Features in more than 95 % of the texts are left out. These are the features of
 * ASReview's model ELAS u4: `TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_df=0.95)` of scikit-learn.
 *
 * @param texts A row of the result is made of each.
 */
export function wordRows(texts: readonly string[]): SparseRows {
  const counted = countFeatures(texts, wordReader());
  return weighRows(counted, columnsOf(counted));
}

/**
 * TF-IDF as in {@link wordRows}, of the pieces of three to five characters of each word with its borders: texts are
 * alike that share stems, endings and parts of compounds.
 */
export function pieceRows(texts: readonly string[]): SparseRows {
  const counted = countFeatures(texts, pieceReader());
  return weighRows(counted, columnsOf(counted));
}

/** Reads words and pairs of neighbours. */
function wordReader(): FeatureReader {
  const words = new Map<string, number>();
  const table = new FeatureTable();
  return (text, visit) => {
    let before = 0;
    for (const word of wordsOf(text)) {
      // From 1, since 0 stands for the word before in the key of a single word.
      const number = numberIn(words, word) + 1;
      visit(table.numberOf(number));
      if (before > 0) visit(table.numberOf(before * pairBase + number));
      before = number;
    }
  };
}

function pieceReader(): FeatureReader {
  const pieces = new Map<string, number>();
  const ofWords = new Map<string, readonly number[]>();
  return (text, visit) => {
    for (const word of wordsOf(text)) {
      let known = ofWords.get(word);
      if (!known) {
        known = piecesOf(word).map((piece) => numberIn(pieces, piece));
        ofWords.set(word, known);
      }
      for (const piece of known) visit(piece);
    }
  };
}

function piecesOf(word: string): readonly string[] {
  const whole = `_${word}_`;
  return pieceLengths.flatMap((length) =>
    Array.from({ length: Math.max(0, whole.length - length + 1) }, (_, start) =>
      whole.slice(start, start + length),
    ),
  );
}

/** The number of a name, counted from 0 in the order in which names are met. */
function numberIn(numbers: Map<string, number>, name: string): number {
  const number = numbers.get(name) ?? numbers.size;
  numbers.set(name, number);
  return number;
}

/** How often features occur in texts, one text after the other. */
interface FeatureCounts {
  /** The index at which each text begins, and at the end the number of entries. */
  readonly starts: Uint32Array;
  /** The features of each text, each once. */
  readonly features: Uint32Array;
  /** How often each of them occurs in the text. */
  readonly counts: Uint32Array;
  /** The number of texts that have each feature. */
  readonly frequencies: Uint32Array;
}

function countFeatures(texts: readonly string[], read: FeatureReader): FeatureCounts {
  const starts = new Uint32Array(texts.length + 1);
  const features: Uint32Array[] = [];
  const counts: Uint32Array[] = [];
  const frequencies: number[] = [];
  // For each feature the last text that had it, counted from 1, and its place there.
  const lastText: number[] = [];
  const places: number[] = [];
  for (const [row, text] of texts.entries()) {
    const found: number[] = [];
    const often: number[] = [];
    read(text, (feature) => {
      const place = places[feature] ?? 0;
      if (lastText[feature] === row + 1) {
        often[place] = (often[place] ?? 0) + 1;
        return;
      }
      lastText[feature] = row + 1;
      places[feature] = found.push(feature) - 1;
      often.push(1);
      frequencies[feature] = (frequencies[feature] ?? 0) + 1;
    });
    starts[row + 1] = (starts[row] ?? 0) + found.length;
    features.push(Uint32Array.from(found));
    counts.push(Uint32Array.from(often));
  }
  return {
    starts,
    features: join(features),
    counts: join(counts),
    frequencies: Uint32Array.from(frequencies),
  };
}

function join(parts: readonly Uint32Array[]): Uint32Array {
  const whole = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

interface Columns {
  /** The column of each feature that at least two and at most 95 % of the texts have; {@link noColumn} for others. */
  readonly columnOf: Int32Array;
  readonly count: number;
}

const noColumn = -1;

function columnsOf({ frequencies, starts }: FeatureCounts): Columns {
  const most = largestShare * (starts.length - 1);
  let count = 0;
  const columnOf = Int32Array.from(frequencies, (texts) => (texts > 1 && texts <= most ? count++ : noColumn));
  return { columnOf, count };
}

function weighRows(
  { starts, features, counts, frequencies }: FeatureCounts,
  { columnOf, count }: Columns,
): SparseRows {
  const texts = starts.length - 1;
  const kept = new Uint32Array(starts.length);
  const columns = new Uint32Array(features.length);
  const values = new Float32Array(features.length);
  const unshared = new Float64Array(texts);
  let at = 0;
  for (let row = 0; row < texts; row++) {
    const start = at;
    let own = 0;
    let squares = 0;
    for (let entry = starts[row] ?? 0; entry < (starts[row + 1] ?? 0); entry++) {
      const feature = features[entry] ?? 0;
      const frequency = frequencies[feature] ?? 0;
      if (frequency > largestShare * texts) continue;
      const value = (1 + Math.log(counts[entry] ?? 1)) * (Math.log((1 + texts) / (1 + frequency)) + 1);
      squares += value * value;
      const column = columnOf[feature] ?? noColumn;
      if (column === noColumn) own += value * value;
      else {
        columns[at] = column;
        values[at++] = value;
      }
    }
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 1;
    for (let each = start; each < at; each++) values[each] = (values[each] ?? 0) * scale;
    unshared[row] = own * scale * scale;
    kept[row + 1] = at;
  }
  return {
    count: texts,
    columnCount: count,
    starts: kept,
    columns: columns.slice(0, at),
    values: values.slice(0, at),
    unshared,
  };
}
