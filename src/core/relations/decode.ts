import { calibrate } from '../entities/calibration';
import { logSumExp } from '../tensors/logSumExp';
import type { RelationType } from '../types';
import type { Candidate, MentionPair } from './candidates';
import type { RelationHead } from './config';

/** A relation between mentions of a block, by their indices. */
export interface FoundRelation {
  readonly type: RelationType;
  /** Index of the head that told it. */
  readonly head: number;
  readonly subject: number;
  readonly object: number;
  readonly subjectConcept: string;
  readonly objectConcept: string;
  /** Calibrated. */
  readonly probability: number;
}

/** Logits of a pair; `undefined` where no row holds both mentions. */
export type PairLogits = (pair: MentionPair) => Float32Array | undefined;

/**
 * What a sentence between two mentions costs their pair, in logits, where the mentions are chosen at which a relation of
 * two names is told: a reader checks one sentence sooner than five.
 */
const sentenceCost = 0.7;

/**
 * The most probable relation of a candidate, if it is one that is shown. The logits of several pairs are pooled by
 * log-sum-exp, as in training.
 *
 * @param distanceOf Sentences from one mention of a pair to the other.
 */
export function decodeCandidate(
  candidate: Candidate,
  heads: readonly RelationHead[],
  logitsOf: PairLogits,
  distanceOf: (pair: MentionPair) => number = () => 0,
): FoundRelation | undefined {
  const head = heads[candidate.head];
  if (!head) return undefined;
  const offset = heads.slice(0, candidate.head).reduce((sum, { labels }) => sum + labels.length, 0);
  const scored = candidate.pairs.flatMap((pair) => {
    const logits = logitsOf(pair)?.subarray(offset, offset + head.labels.length);
    return logits ? [{ pair, logits }] : [];
  });
  if (scored.length === 0) return undefined;
  const pooled = head.labels.map((_, label) =>
    logSumExp(scored.map(({ logits }) => logits[label] ?? -Infinity)),
  );
  const best = indexOfHighest(pooled);
  const named = head.relations.find(
    ({ subject, object, label }) =>
      subject === candidate.subjectType && object === candidate.objectType && label === head.labels[best],
  );
  const worth = scored.map(
    ({ pair, logits }) => (logits[best] ?? -Infinity) - sentenceCost * distanceOf(pair),
  );
  const place = scored[indexOfHighest(worth)];
  if (!named || !place) return undefined;
  const raw = Math.exp((pooled[best] ?? -Infinity) - logSumExp([0, ...pooled]));
  return {
    type: named.type,
    head: candidate.head,
    subject: place.pair[0],
    object: place.pair[1],
    subjectConcept: candidate.subjectConcept,
    objectConcept: candidate.objectConcept,
    probability: calibrate(raw, head.calibration),
  };
}

/**
 * What several heads say of the same concepts: where a head of sentence scope has found a relation, it is told at its
 * places and by no other head; of what heads of document scope say, the surest (a chemical that induces a disease does
 * not treat it too).
 */
export function mergeFound(found: readonly FoundRelation[], heads: readonly RelationHead[]): FoundRelation[] {
  const pairOf = (each: FoundRelation) => `${each.subjectConcept}\n${each.objectConcept}`;
  const keyOf = (each: FoundRelation) => `${each.type}\n${pairOf(each)}`;
  const isLocal = ({ head }: FoundRelation) => heads[head]?.scope === 'sentence';
  const local = new Set(found.filter(isLocal).map(keyOf));
  const surest = new Map<string, FoundRelation>();
  for (const each of found) {
    const known = surest.get(pairOf(each));
    if (!isLocal(each) && (known?.probability ?? -1) < each.probability) surest.set(pairOf(each), each);
  }
  return found.filter(
    (each) => isLocal(each) || (!local.has(keyOf(each)) && surest.get(pairOf(each)) === each),
  );
}

function indexOfHighest(values: readonly number[]): number {
  return values.reduce((best, value, i) => (value > (values[best] ?? -Infinity) ? i : best), 0);
}
