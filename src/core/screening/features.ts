/** TF-IDF features of texts. */
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

/**
 * TF-IDF of the words and the pairs of neighbouring words of each text: `1 + ln(tf)` times `ln((1 + n) / (1 + df)) + 1`,
 * each row scaled to length 1. Features in more than 95 % of the texts are left out. These are the features of
 * ASReview's model ELAS u4: `TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_df=0.95)` of scikit-learn.
 *
 * @param texts A row of the result is made of each.
 */
export function tfidfRows(texts: readonly string[]): SparseRows {
  const documents = countFeatures(texts);
  const { columnOf, weights } = sharedFeatures(documents);
  return weighRows(documents, columnOf, weights);
}

/** The features of one text, each once. */
interface FeatureCounts {
  /** In ascending order. */
  readonly keys: Float64Array;
  /** How often each occurs in the text. */
  readonly counts: Uint16Array;
}

function countFeatures(texts: readonly string[]): FeatureCounts[] {
  const numbers = new Map<string, number>();
  return texts.map((text) => {
    const words = wordsOf(text).map((word) => {
      // From 1, since 0 stands for the word before in the key of a single word.
      const number = numbers.get(word) ?? numbers.size + 1;
      numbers.set(word, number);
      return number;
    });
    const all = new Float64Array(Math.max(0, 2 * words.length - 1));
    for (const [index, word] of words.entries()) {
      all[2 * index] = word;
      if (index > 0) all[2 * index - 1] = (words[index - 1] ?? 0) * pairBase + word;
    }
    return runs(all.sort());
  });
}

/** Counts equal neighbours in sorted keys. */
function runs(sorted: Float64Array): FeatureCounts {
  const keys: number[] = [];
  const counts: number[] = [];
  for (const key of sorted) {
    const last = keys.length - 1;
    if (keys[last] === key) counts[last] = (counts[last] ?? 0) + 1;
    else {
      keys.push(key);
      counts.push(1);
    }
  }
  return { keys: Float64Array.from(keys), counts: Uint16Array.from(counts) };
}

/** Numbers the features that at least two and at most 95 % of the texts have. */
function sharedFeatures(documents: readonly FeatureCounts[]) {
  const all = new Float64Array(documents.reduce((sum, { keys }) => sum + keys.length, 0));
  let length = 0;
  for (const { keys } of documents) {
    all.set(keys, length);
    length += keys.length;
  }
  all.sort();
  const columnOf = new Map<number, number>();
  const weights: number[] = [];
  for (let start = 0, end = 0; start < all.length; start = end) {
    const key = all[start] ?? 0;
    while (end < all.length && all[end] === key) end++;
    const frequency = end - start;
    const isCommon = frequency > largestShare * documents.length;
    if (isCommon) columnOf.set(key, leftOut);
    else if (frequency > 1)
      columnOf.set(key, weights.push(inverseFrequency(frequency, documents.length)) - 1);
  }
  return { columnOf, weights };
}

/** The column of a feature that is too common. */
const leftOut = -1;

function inverseFrequency(frequency: number, texts: number): number {
  return Math.log((1 + texts) / (1 + frequency)) + 1;
}

function weighRows(
  documents: readonly FeatureCounts[],
  columnOf: ReadonlyMap<number, number>,
  weights: readonly number[],
): SparseRows {
  const size = documents.reduce((sum, { keys }) => sum + keys.length, 0);
  const columns = new Uint32Array(size);
  const values = new Float32Array(size);
  const starts = new Uint32Array(documents.length + 1);
  const unshared = new Float64Array(documents.length);
  const alone = inverseFrequency(1, documents.length);
  let at = 0;
  for (const [row, { keys, counts }] of documents.entries()) {
    const start = at;
    let own = 0;
    let squares = 0;
    for (const [index, key] of keys.entries()) {
      const frequency = 1 + Math.log(counts[index] ?? 1);
      const column = columnOf.get(key);
      if (column === leftOut) continue;
      const value = frequency * (column === undefined ? alone : (weights[column] ?? 0));
      squares += value * value;
      if (column === undefined) own += value * value;
      else {
        columns[at] = column;
        values[at++] = value;
      }
    }
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 1;
    for (let each = start; each < at; each++) values[each] = (values[each] ?? 0) * scale;
    unshared[row] = own * scale * scale;
    starts[row + 1] = at;
  }
  return {
    count: documents.length,
    columnCount: weights.length,
    starts,
    columns: columns.slice(0, at),
    values: values.slice(0, at),
    unshared,
  };
}
