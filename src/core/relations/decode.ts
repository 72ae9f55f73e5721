import { calibrate } from '../entities/calibration';
import { logSumExp } from '../tensors/logSumExp';
import type { RelationType } from '../types';
import type { Candidate, MentionPair } from './candidates';
import type { RelationHead } from './config';

/** A relation between two mentions of a block, by their indices. */
export interface DecodedRelation {
  readonly type: RelationType;
  /** Index of the head that predicted the relation. */
  readonly head: number;
  readonly subject: number;
  readonly object: number;
  readonly subjectConcept: string;
  readonly objectConcept: string;
  /** Calibrated probability. */
  readonly probability: number;
  /** The probability of this pair alone, if that of a list was taken. Default: {@link probability}. */
  readonly ownProbability?: number | undefined;
  /** Whether the text denies the relation. */
  readonly isDenied: boolean;
}

/** Whether the words of a sentence rule a relation of a pair out. */
export type PairFilter = (pair: MentionPair, type: RelationType) => boolean;

/** Returns the logits of a pair, or `undefined` if no row contains both mentions. */
export type PairLogits = (pair: MentionPair) => Float32Array | undefined;

/**
 * Penalty in logits for each sentence between two mentions. It is used to choose the pair of mentions at which a
 * relation between two concepts is shown: one sentence is quicker to check than five.
 */
const sentenceCost = 0.7;

/**
 * The most probable relation of a candidate, if it is one that is shown. The logits of several pairs are pooled with
 * log-sum-exp, as in training.
 *
 * @param distanceOf Number of sentences from one mention of a pair to the other.
 * @param isUnstated Pairs that do not count for a type.
 */
export function decodeCandidate(
  candidate: Candidate,
  heads: readonly RelationHead[],
  logitsOf: PairLogits,
  distanceOf: (pair: MentionPair) => number = () => 0,
  isUnstated: PairFilter = () => false,
): DecodedRelation | undefined {
  const head = heads[candidate.head];
  if (!head) return undefined;
  const offset = heads.slice(0, candidate.head).reduce((sum, { labels }) => sum + labels.length, 0);
  const scored = candidate.pairs.flatMap((pair) => {
    const logits = logitsOf(pair)?.subarray(offset, offset + head.labels.length);
    return logits ? [{ pair, logits }] : [];
  });
  if (scored.length === 0) return undefined;
  const relationOf = (index: number) =>
    head.relations.find(
      ({ subject, object, label }) =>
        subject === candidate.subjectType && object === candidate.objectType && label === head.labels[index],
    );
  const all = head.labels.map((_, label) => poolOf(scored, label));
  const stated = head.labels.map((_, label) => {
    const type = relationOf(label)?.type;
    return type === undefined ? scored : scored.filter(({ pair }) => !isUnstated(pair, type));
  });
  const pooled = stated.map(poolOf);
  const best = indexOfHighest(pooled);
  const relation = relationOf(best);
  const own = stated[best] ?? [];
  const adjustedLogits = own.map(
    ({ pair, logits }) => (logits[best] ?? -Infinity) - sentenceCost * distanceOf(pair),
  );
  const bestPair = own[indexOfHighest(adjustedLogits)];
  if (!relation || !bestPair) return undefined;
  const raw = Math.exp((pooled[best] ?? -Infinity) - logSumExp([0, ...all]));
  return {
    type: relation.type,
    head: candidate.head,
    subject: bestPair.pair[0],
    object: bestPair.pair[1],
    subjectConcept: candidate.subjectConcept,
    objectConcept: candidate.objectConcept,
    probability: calibrate(raw, head.calibration),
    isDenied: candidate.isDenied ?? false,
  };
}

/**
 * Merges the relations that several heads found between the same concepts; denied relations are merged on their own.
 *
 * A sentence that has several names of a concept, such as an abbreviation and its long form, states a relation once.
 * If a head of sentence scope found a relation, the same relation from heads of document scope is dropped. Of the
 * relations that heads of document scope found between two concepts, only the most probable one is kept: a chemical
 * that induces a disease does not treat it too.
 *
 * @param sentenceOf Returns the sentence of a mention. Default: each mention has its own.
 */
export function mergeRelations(
  relations: readonly DecodedRelation[],
  heads: readonly RelationHead[],
  sentenceOf: (mention: number) => number = (mention) => mention,
): DecodedRelation[] {
  const pairOf = (each: DecodedRelation) => `${each.isDenied}\n${each.subjectConcept}\n${each.objectConcept}`;
  const keyOf = (each: DecodedRelation) => `${each.type}\n${pairOf(each)}`;
  const isLocal = ({ head }: DecodedRelation) => heads[head]?.scope === 'sentence';
  const placeOf = (each: DecodedRelation) =>
    isLocal(each)
      ? `${keyOf(each)}\n${sentenceOf(each.subject)} ${sentenceOf(each.object)}`
      : `document\n${pairOf(each)}`;
  const local = new Set(relations.filter(isLocal).map(keyOf));
  const mostProbable = new Map<string, DecodedRelation>();
  for (const each of relations) {
    const known = mostProbable.get(placeOf(each));
    if (!known || isClearer(each, known)) mostProbable.set(placeOf(each), each);
  }
  return relations.filter(
    (each) => mostProbable.get(placeOf(each)) === each && (isLocal(each) || !local.has(keyOf(each))),
  );
}

/** Whether a relation is stated more clearly; a probability of its own counts for more than that of its list. */
function isClearer(a: DecodedRelation, b: DecodedRelation): boolean {
  if (a.probability !== b.probability) return a.probability > b.probability;
  return (a.ownProbability ?? a.probability) > (b.ownProbability ?? b.probability);
}

function poolOf(scored: readonly { readonly logits: Float32Array }[], label: number): number {
  return logSumExp(scored.map(({ logits }) => logits[label] ?? -Infinity));
}

function indexOfHighest(values: readonly number[]): number {
  return values.reduce((best, value, i) => (value > (values[best] ?? -Infinity) ? i : best), 0);
}
