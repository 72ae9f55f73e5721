import { placeKey } from '../../src/core/text/mentions';
import type { Entity, EntityType } from '../../src/core/types';
import type { Corpus } from './corpus';

/** Strict entity-level scores: a prediction is right when both borders and the type are. In percent. */
export interface Score {
  readonly type: EntityType;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** One prediction or one gold mention that has no counterpart. */
export interface Mistake {
  readonly kind: 'missed' | 'wrong';
  readonly type: EntityType;
  /** Span of the corpus's text. */
  readonly start: number;
  readonly end: number;
}

/** A prediction of a scored type, judged. */
export interface Judged {
  readonly type: EntityType;
  readonly probability: number;
  readonly isRight: boolean;
}

export interface Comparison {
  readonly scores: readonly Score[];
  readonly mistakes: readonly Mistake[];
  readonly judged: readonly Judged[];
}

/**
 * Compares entities with the gold answers of a corpus, for the types that the corpus annotates and the model knows:
 * what a corpus does not annotate is not counted against a model that finds it.
 *
 * Same counting as conlleval (Tjong Kim Sang and Buchholz 2000) on token corpora; a prediction that covers no token's
 * first character, which conlleval cannot see, counts as wrong.
 */
export function compare(
  corpus: Corpus,
  entities: readonly Entity[],
  modelTypes: readonly EntityType[],
): Comparison {
  const annotated = new Set(corpus.gold.map((answer) => answer.type));
  const types = modelTypes.filter((type) => annotated.has(type));
  const open = new Map(
    corpus.gold
      .filter(({ type }) => types.includes(type))
      .map((answer) => [placeKey(answer), answer] as const),
  );
  const mistakes: Mistake[] = [];
  const judged: Judged[] = [];
  for (const { start, end, type, probability } of entities.filter((entity) => types.includes(entity.type))) {
    const place = corpus.place({ start, end });
    const isRight = place !== undefined && open.delete(placeKey({ ...place, type }));
    judged.push({ type, probability, isRight });
    if (!isRight) mistakes.push({ kind: 'wrong', type, start, end });
  }
  for (const answer of open.values())
    mistakes.push({ kind: 'missed', type: answer.type, ...corpus.show(answer) });
  mistakes.sort((a, b) => a.start - b.start || a.end - b.end);
  const scores = types.map((type) => {
    const own = judged.filter((each) => each.type === type);
    const right = own.filter((each) => each.isRight).length;
    const missed = mistakes.filter((each) => each.type === type && each.kind === 'missed').length;
    return scoreOf(type, { right, wrong: own.length - right, missed });
  });
  return { scores, mistakes, judged };
}

/** The name of all types of a corpus as one. */
const anyAnnotated = 'all types';

/**
 * Compares places alone: all types that the corpus annotates are one, and of the entities those of these types. A type that
 * the model does not know counts as missed here.
 */
export function compareCollapsed(corpus: Corpus, entities: readonly Entity[]): Comparison {
  const annotated = new Set(corpus.gold.map(({ type }) => type));
  const gold = corpus.gold.map((answer) => ({ ...answer, type: anyAnnotated }));
  const merged = entities
    .filter(({ type }) => annotated.has(type))
    .map((entity) => ({ ...entity, type: anyAnnotated }));
  return compare({ ...corpus, gold }, merged, [anyAnnotated]);
}

export interface Counts {
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
}

export function sumOf(counts: readonly Counts[]): Counts {
  return counts.reduce(
    (total, each) => ({
      right: total.right + each.right,
      wrong: total.wrong + each.wrong,
      missed: total.missed + each.missed,
    }),
    { right: 0, wrong: 0, missed: 0 },
  );
}

/** Percentages of counts; 0 where nothing was predicted or nothing was there, as conlleval. */
export function scoreOf(type: EntityType, { right, wrong, missed }: Counts): Score {
  const share = (of: number) => (of === 0 ? 0 : (100 * right) / of);
  const precision = share(right + wrong);
  const recall = share(right + missed);
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  const counts = { truePositives: right, falsePositives: wrong, falseNegatives: missed };
  return { type, ...counts, precision, recall, f1 };
}

/** All types together (micro average). */
export function totalOf(scores: readonly Score[]): Score {
  const sum = (count: (score: Score) => number) => scores.reduce((total, score) => total + count(score), 0);
  return scoreOf('all', {
    right: sum((score) => score.truePositives),
    wrong: sum((score) => score.falsePositives),
    missed: sum((score) => score.falseNegatives),
  });
}
