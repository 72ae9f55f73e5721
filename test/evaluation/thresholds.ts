/** Chooses the thresholds of a relation model's manifest on development data. */
import { createRelater } from '../../src/core/relations/relate';
import type { Relation } from '../../src/core/types';
import type { RelationCorpus, RelationText } from './relationCorpus';
import { countedOf, benchmarkParts, keyOf, type RelationMeasure } from './relations';

export interface Prediction {
  /** Calibrated. */
  readonly probability: number;
  /** Whether the mentions are in different sentences. */
  readonly isAcross: boolean;
  readonly isRight: boolean;
}

/** Counts of the relations from a threshold on. */
export interface ThresholdRow {
  readonly threshold: number;
  readonly told: number;
  readonly right: number;
}

/** Precision, in percent, from which a relation is listed by default. */
export const listedPrecision = 85;

/** Fewer predictions than these say nothing about the precision. */
const minPredictions = 20;

const lowestProbability = 0.05;

/**
 * All predictions for a corpus down to a low probability.
 * @param isHeldPart Whether only the last fifth of the texts is read, which a model was not trained on.
 */
export async function predictionsOf(
  corpus: RelationCorpus,
  { relations: model }: Pick<RelationMeasure, 'relations'>,
  isHeldPart: boolean,
): Promise<HeadPredictions> {
  const { config, run } = benchmarkParts(model, corpus.head);
  const relaterFrom = (threshold: number, thresholdAcross: number) => {
    const heads = config.heads.map((head) => ({ ...head, threshold, thresholdAcross }));
    return createRelater({ model: { run }, tokenizer: model.tokenizer, config: { ...config, heads } });
  };
  const all = relaterFrom(lowestProbability, lowestProbability);
  // No relation across sentences reaches a threshold over 1.
  const within = relaterFrom(lowestProbability, 2);
  const first = isHeldPart ? Math.floor((corpus.texts.length * 4) / 5) : 0;
  const predictions: Prediction[] = [];
  const texts = corpus.texts.slice(first);
  for (const text of texts) {
    const request = { segments: text.segments, entities: text.entities };
    const options = { conceptsOf: (entity: (typeof text.entities)[number]) => text.keysOf.get(entity) ?? [] };
    const local = await within.relate(request, options);
    const localKeys = new Set(countedOf(local.relations, corpus).map((each) => relationKey(each, corpus)));
    const { relations } = await all.relate(request, options);
    predictions.push(...judged(countedOf(relations, corpus), text, corpus, localKeys));
  }
  const keys = (text: RelationText) => new Set(text.gold.map((each) => keyOf(each, corpus.isSymmetric)));
  return { head: corpus.head, predictions, gold: texts.reduce((sum, text) => sum + keys(text).size, 0) };
}

function judged(
  relations: readonly Relation[],
  text: RelationText,
  corpus: RelationCorpus,
  localKeys: ReadonlySet<string>,
): Prediction[] {
  const gold = new Set(text.gold.map((each) => keyOf(each, corpus.isSymmetric)));
  return relations.map((relation) => {
    const key = relationKey(relation, corpus);
    return { probability: relation.probability, isAcross: !localKeys.has(key), isRight: gold.has(key) };
  });
}

function relationKey(
  { type, concepts: [subject, object] = ['', ''] }: Relation,
  corpus: RelationCorpus,
): string {
  return keyOf({ subject, object, label: type }, corpus.isSymmetric);
}

/** Counts the predictions, and the right ones among them, from each threshold on. */
export function thresholdRows(predictions: readonly Prediction[], step = 0.01): ThresholdRow[] {
  const rows: ThresholdRow[] = [];
  for (let i = Math.round(lowestProbability / step); i * step < 1; i += 1) {
    const threshold = Number((i * step).toFixed(4));
    const told = predictions.filter(({ probability }) => probability >= threshold);
    rows.push({ threshold, told: told.length, right: told.filter(({ isRight }) => isRight).length });
  }
  return rows;
}

/**
 * The lowest threshold at which enough of the told relations are right. Undefined if no threshold reaches that.
 * @param precision In percent.
 */
export function thresholdFor(predictions: readonly Prediction[], precision: number): number | undefined {
  return thresholdRows(predictions).find(
    ({ told, right }) => told >= minPredictions && 100 * right >= precision * told,
  )?.threshold;
}

/** The predictions for one corpus, and the number of its gold relations. */
export interface HeadPredictions {
  readonly head: string;
  readonly predictions: readonly Prediction[];
  readonly gold: number;
}

/** The thresholds of a head in the manifest. */
export interface HeadThresholds {
  readonly threshold: number;
  readonly thresholdAcross: number;
  readonly thresholdListed: number;
  readonly thresholdListedAcross: number;
}

/**
 * Chooses the thresholds of each head. Those of shown relations give the best F1 of the head, in one sentence and across
 * sentences together. Those of listed relations are the same for all heads, because a reader sees one list: from them on,
 * enough of the relations of all corpora are right; 1 if no threshold gives this.
 */
export function chosenThresholds(all: readonly HeadPredictions[]): Readonly<Record<string, HeadThresholds>> {
  const predictions = all.flatMap((each) => each.predictions);
  const listed = {
    thresholdListed: thresholdFor(withinOf(predictions), listedPrecision) ?? 1,
    thresholdListedAcross: thresholdFor(acrossOf(predictions), listedPrecision) ?? 1,
  };
  return Object.fromEntries(all.map((each) => [each.head, { ...bestThresholds(each), ...listed }]));
}

function withinOf(predictions: readonly Prediction[]): Prediction[] {
  return predictions.filter(({ isAcross }) => !isAcross);
}

function acrossOf(predictions: readonly Prediction[]): Prediction[] {
  return predictions.filter(({ isAcross }) => isAcross);
}

function bestThresholds({
  predictions,
  gold,
}: HeadPredictions): Pick<HeadThresholds, 'threshold' | 'thresholdAcross'> {
  const none = { threshold: 1, told: 0, right: 0 };
  const acrossRows = [...thresholdRows(acrossOf(predictions)), none];
  let best = { f1: -1, threshold: 1, thresholdAcross: 1 };
  for (const { threshold, told, right } of [...thresholdRows(withinOf(predictions)), none]) {
    for (const other of acrossRows) {
      const f1 = (2 * (right + other.right)) / (told + other.told + gold);
      if (f1 > best.f1) best = { f1, threshold, thresholdAcross: other.threshold };
    }
  }
  return { threshold: best.threshold, thresholdAcross: best.thresholdAcross };
}

/** Formats a table of precision for relations in one sentence and across sentences. */
export function writePrecision(title: string, predictions: readonly Prediction[]): string {
  const parts = [
    ['one sentence', withinOf(predictions)],
    ['across sentences', acrossOf(predictions)],
  ] as const;
  const lines = parts.flatMap(([name, own]) => [
    `${name}: from, told, right, precision`,
    ...thresholdRows(own, 0.1).map(({ threshold, told, right }) =>
      [`  ${threshold.toFixed(1)}`, told, right, told === 0 ? '-' : ((100 * right) / told).toFixed(1)]
        .map((cell) => String(cell).padStart(8))
        .join(''),
    ),
  ]);
  return `${title}\n${lines.join('\n')}\n`;
}

/** Formats the thresholds as `relations-export --thresholds` reads them. */
export function writeThresholds(all: readonly HeadPredictions[]): string {
  const heads = Object.entries(chosenThresholds(all));
  return heads.map(([head, thresholds]) => `${JSON.stringify({ [head]: thresholds })}\n`).join('');
}
