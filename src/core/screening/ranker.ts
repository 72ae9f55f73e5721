/** Orders the records of a review while a person screens them. */
import { tfidfRows } from './features';
import { type Example, LinearSvm } from './linearSvm';
import { addRow, innerProduct, type SparseRows } from './sparseRows';

/** What the ranker reads of a record. */
export interface RankedText {
  /** Unique among the records. */
  readonly id: string;
  readonly title: string;
  /** Empty: unknown. */
  readonly abstract: string;
}

/** What a person decided about a record. */
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
  /** Of the random choices, a 32-bit integer. Default: 1. */
  readonly seed?: number | undefined;
}

/** The cost of an example in ASReview's model ELAS u4, before the classes are balanced. */
const cost = 0.11;

/** All relevant examples together cost this many times as much as all irrelevant ones: the `ratio` of ELAS u4. */
const balance = 9.8;

/** How many undecided records stand for a class that has no example yet. */
const standIns = 50;

/** Training stops earlier than LIBLINEAR does: the order of records hardly changes below this. */
const tolerance = 1e-3;

/**
 * Reads the texts of all records once; each `rank` then learns from the decisions. With decisions of both kinds it does
 * what ASReview's default model ELAS u4 does: a linear support vector machine on TF-IDF, the highest score first. Before
 * there is a relevant record, the question of the review is the relevant example; before there is an irrelevant one,
 * random undecided records are the irrelevant examples. Without decisions, the records that are most similar to the
 * question come first.
 *
 * @example
 * const ranker = createRanker(records, { question: 'Do statins prevent dementia?' });
 * const { order } = ranker.rank([{ id: 'r7', relevant: true }, { id: 'r2', relevant: false }]);
 */
export function createRanker(
  records: readonly RankedText[],
  { question = '', seed = 1 }: RankerOptions = {},
): Ranker {
  const texts = records.map(({ title, abstract }) => `${title} ${abstract}`);
  const isAsked = question.trim() !== '';
  const rows = tfidfRows(isAsked ? [...texts, question] : texts);
  const questionRow = isAsked ? records.length : undefined;
  const rowOf = new Map(records.map(({ id }, row) => [id, row]));
  const svm = new LinearSvm(rows, { tolerance, seed });
  const drawn = drawRows(records.length, seed);
  return {
    rank: (decisions) => {
      const decided = decidedRows(decisions, rowOf);
      const undecided = [...rowOf.values()].filter((row) => !decided.has(row));
      const examples = examplesOf(decided, { questionRow, drawn });
      if (examples) svm.train(examples);
      const scoreOf = examples ? (row: number) => svm.score(row) : similarity(rows, questionRow);
      return ordered(undecided, scoreOf, records);
    },
  };
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

function ordered(
  undecided: readonly number[],
  scoreOf: (row: number) => number,
  records: readonly RankedText[],
): RankedOrder {
  const scores = new Float64Array(records.length);
  for (const row of undecided) scores[row] = scoreOf(row);
  const sorted = Uint32Array.from(undecided).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  return {
    order: Array.from(sorted, (row) => records[row]?.id ?? ''),
    scores: Float64Array.from(sorted, (row) => scores[row] ?? 0),
  };
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
