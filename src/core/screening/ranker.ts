/** Orders the records of a review while a person screens them. */
import { pieceRows, wordRows } from './features';
import { type Example, LinearSvm } from './linearSvm';
import { addRow, innerProduct, type SparseRows } from './sparseRows';

/** The text of a record that is ranked. */
export interface RankedText {
  /** Unique among the records. */
  readonly id: string;
  readonly title: string;
  /** Empty: unknown. */
  readonly abstract: string;
}

/** A decision of a person about a record. */
export interface RelevanceDecision {
  readonly id: string;
  readonly relevant: boolean;
}

export interface RankedOrder {
  /** The undecided records, the most relevant one first. */
  readonly order: readonly string[];
  /** A score for each of `order`. It is no probability: only its order has a meaning. */
  readonly scores: Float64Array;
}

export interface Ranker {
  /**
   * Ranks the undecided records. Decisions about unknown records are ignored; of several about one record the last
   * counts. The result depends on earlier calls only as far as training stops at a tolerance.
   */
  rank(decisions: readonly RelevanceDecision[]): RankedOrder;
}

export interface RankerOptions {
  /** The question of the review with its criteria. Default: empty; then the first order is that of the records. */
  readonly question?: string | undefined;
  /** Whether the second learner, on pieces of words, takes part. Without it, the order is that of ASReview. Default: true. */
  readonly readsPieces?: boolean | undefined;
  /** The seed of the random choices, a 32-bit integer. Default: 1. */
  readonly seed?: number | undefined;
}

/** The cost of an example in ASReview's model ELAS u4, before the classes are balanced. */
const cost = 0.11;

/** All relevant examples together cost this many times as much as all irrelevant ones: the `ratio` of ELAS u4. */
const balance = 9.8;

/** How many undecided records stand for a class that has no example yet. */
const standIns = 50;

/** The weight of the learner on pieces of words, where that on words has 1: chosen on development sets. */
const pieceWeight = 0.7;

/** The learner on pieces orders only so many records, the best ones by words: its rows are long. */
const candidates = 3000;

/** Training stops earlier than LIBLINEAR does: the order of records hardly changes below this. */
const tolerance = 5e-3;

/**
 * Reads the texts of all records once; each `rank` then learns from the decisions. With decisions of both kinds a linear
 * support vector machine on TF-IDF of words and pairs of words scores the records, as in ASReview's default model ELAS
 * u4. The score of a second one on pieces of words is added, each in units of its standard deviation. The highest score
 * comes first. Before there is a relevant record, the question of the review is the relevant example; before there is an
 * irrelevant one, random undecided records are the irrelevant examples. Without decisions, the records that are most
 * similar to the question come first.
 *
 * @example
 * const ranker = createRanker(records, { question: 'Do statins prevent dementia?' });
 * const { order } = ranker.rank([{ id: 'r7', relevant: true }, { id: 'r2', relevant: false }]);
 */
export function createRanker(
  records: readonly RankedText[],
  { question = '', readsPieces = true, seed = 1 }: RankerOptions = {},
): Ranker {
  const texts = records.map(({ title, abstract }) => `${title} ${abstract}`);
  const isAsked = question.trim() !== '';
  if (isAsked) texts.push(question);
  const questionRow = isAsked ? records.length : undefined;
  const rowOf = new Map(records.map(({ id }, row) => [id, row]));
  const words = createLearner(wordRows(texts), { questionRow, seed });
  const pieces = readsPieces ? createLearner(pieceRows(texts), { questionRow, seed }) : undefined;
  const drawn = drawRows(records.length, seed);
  return {
    rank: (decisions) => {
      const decided = decidedRows(decisions, rowOf);
      const undecided = Uint32Array.from([...rowOf.values()].filter((row) => !decided.has(row)));
      const examples = examplesOf(decided, { questionRow, drawn });
      const byWords = sortByScore(undecided, words(examples, undecided));
      const sorted = pieces ? refine(byWords, (rows) => pieces(examples, rows)) : byWords;
      return { order: Array.from(sorted.rows, (row) => records[row]?.id ?? ''), scores: sorted.scores };
    },
  };
}

/** Learns from examples, and scores rows. Without examples, the score is the similarity to the question. */
type Learner = (examples: readonly Example[] | undefined, rows: Uint32Array) => Float64Array;

function createLearner(
  rows: SparseRows,
  { questionRow, seed }: { readonly questionRow: number | undefined; readonly seed: number },
): Learner {
  const svm = new LinearSvm(rows, { tolerance, seed });
  const similarTo = similarity(rows, questionRow);
  return (examples, scored) => {
    if (examples) svm.train(examples);
    return Float64Array.from(scored, (row) => (examples ? svm.score(row) : similarTo(row)));
  };
}

interface ScoredRows {
  readonly rows: Uint32Array;
  readonly scores: Float64Array;
}

/** The highest score first; equal ones in the order of the records. */
function sortByScore(rows: Uint32Array, scores: Float64Array): ScoredRows {
  const places = Uint32Array.from(rows.keys()).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  return {
    rows: places.map((place) => rows[place] ?? 0),
    scores: Float64Array.from(places, (place) => scores[place] ?? 0),
  };
}

/** Adds the scores of a second learner to those of the best rows. The others keep their order behind them. */
function refine({ rows, scores }: ScoredRows, second: (rows: Uint32Array) => Float64Array): ScoredRows {
  const best = rows.slice(0, candidates);
  const [first, others] = [standardised(scores), standardised(second(best))];
  const sum = Float64Array.from(best, (_, place) => (first[place] ?? 0) + pieceWeight * (others[place] ?? 0));
  const sorted = sortByScore(best, sum);
  const lowest = sorted.scores.at(-1) ?? 0;
  const top = first[best.length - 1] ?? 0;
  return {
    rows: Uint32Array.from([...sorted.rows, ...rows.subarray(best.length)]),
    // The scores of the others are moved below those of the best.
    scores: Float64Array.from([
      ...sorted.scores,
      ...first.subarray(best.length).map((score) => score - top + lowest),
    ]),
  };
}

/** In units of their standard deviation, from their mean. */
function standardised(scores: Float64Array): Float64Array {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length;
  const deviation = Math.sqrt(variance) || 1;
  return scores.map((score) => (score - mean) / deviation);
}

/** The last decision about each record. */
function decidedRows(
  decisions: readonly RelevanceDecision[],
  rowOf: ReadonlyMap<string, number>,
): ReadonlyMap<number, boolean> {
  const decided = new Map<number, boolean>();
  for (const { id, relevant } of decisions) {
    const row = rowOf.get(id);
    if (row !== undefined) decided.set(row, relevant);
  }
  return decided;
}

interface Substitutes {
  /** Row of the question, if there is one. */
  readonly questionRow: number | undefined;
  /** All rows of records in a random order. */
  readonly drawn: Uint32Array;
}

/** @returns undefined if nothing can be learned. */
function examplesOf(
  decided: ReadonlyMap<number, boolean>,
  { questionRow, drawn }: Substitutes,
): readonly Example[] | undefined {
  if (decided.size === 0) return undefined;
  const relevant: number[] = [];
  const irrelevant: number[] = [];
  for (const [row, isRelevant] of decided) (isRelevant ? relevant : irrelevant).push(row);
  const undecided = () => Array.from(drawn.filter((row) => !decided.has(row)).subarray(0, standIns));
  if (relevant.length === 0) relevant.push(...(questionRow === undefined ? undecided() : [questionRow]));
  if (irrelevant.length === 0) irrelevant.push(...undecided());
  if (relevant.length === 0 || irrelevant.length === 0) return undefined;
  return balanced(relevant, irrelevant);
}

/** The costs of ASReview's balancer: their mean is `cost`. */
function balanced(relevant: readonly number[], irrelevant: readonly number[]): readonly Example[] {
  const share = relevant.length / (balance * irrelevant.length);
  const unit = (cost * (relevant.length + irrelevant.length)) / (relevant.length + share * irrelevant.length);
  return [
    ...relevant.map((row) => ({ row, isPositive: true, cost: unit })),
    ...irrelevant.map((row) => ({ row, isPositive: false, cost: unit * share })),
  ];
}

/** The cosine of the TF-IDF rows of a record and of the question. Without a question, all records are alike. */
function similarity(rows: SparseRows, questionRow: number | undefined): (row: number) => number {
  const weights = new Float64Array(rows.columnCount);
  if (questionRow !== undefined) addRow(rows, questionRow, 1, weights);
  return (row) => innerProduct(rows, row, weights);
}

/** All rows in a random order: by a hash of their number (Thomas Wang's integer hash as mixed by mulberry32). */
function drawRows(count: number, seed: number): Uint32Array {
  const keys = Uint32Array.from({ length: count }, (_, row) => hash(row ^ seed));
  return Uint32Array.from(keys.keys()).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
}

function hash(value: number): number {
  let mixed = (Math.imul(value + 1, 0x6d2b79f5) + 0x6d2b79f5) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), 1 | mixed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return (mixed ^ (mixed >>> 14)) >>> 0;
}
