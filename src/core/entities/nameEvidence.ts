import type { EntityType } from '../types';
import type { DecodedSpan } from './spanCache';

/** Sums of probabilities, by type. */
export type Votes = Map<EntityType, number>;

type Finding = Pick<DecodedSpan, 'type' | 'probability'>;

/**
 * An occurrence about which the decoder says nothing has no probability of its own: `O` is the best label of its words,
 * and a missed name may still be likely. So it counts less than an occurrence with a probability. Chosen on
 * BioRED dev: F1 of diseases and chemicals is 84.4 and 81.9 with 0.6, 83.4 and 80.7 with 1, 83.8 and 81.4 with 0.3.
 */
const silentWeight = 0.6;

/**
 * Where a document introduces an abbreviation, its long form says what it is: no disease in "protracted venous infusion
 * (PVI)". It counts as much as this many occurrences of the short form. Chosen on BioRED dev; 0 costs 1 to 2 F1 there.
 */
const definitionWeight = 2;

/** What a document says about one name, counted over all its occurrences. */
export class NameEvidence {
  private readonly votes: Votes = new Map();
  private readonly definitionVotes: Votes = new Map();
  private found = 0;
  private unmarked = 0;
  private silent = 0;
  private definitions = 0;

  /** An occurrence that the decoder found. @param isMarked Whether it is probable enough to be marked. */
  addFound({ type, probability }: Finding, isMarked: boolean): void {
    this.found += 1;
    if (!isMarked) this.unmarked += 1;
    addVote(this.votes, type, probability);
  }

  /** An occurrence about which the decoder says nothing. */
  addSilent(): void {
    this.silent += 1;
  }

  /** A place that introduces the name as an abbreviation. @param long What was found at its long form. */
  addDefinition(long: readonly Finding[]): void {
    this.definitions += 1;
    const best: Votes = new Map();
    for (const { type, probability } of long) best.set(type, Math.max(best.get(type) ?? 0, probability));
    for (const [type, probability] of best) addVote(this.definitionVotes, type, probability);
  }

  /** The type with the most votes among the occurrences; empty without any. */
  get type(): EntityType {
    return winnerOf(this.votes);
  }

  /** Adds the votes of occurrences and definitions. */
  addVotesTo(total: Votes): void {
    for (const [type, sum] of this.votes) addVote(total, type, sum);
    for (const [type, sum] of this.definitionVotes) addVote(total, type, definitionWeight * sum);
  }

  /** True where every occurrence is marked, so that there is nothing to make consistent but the type. */
  get isMarkedEverywhere(): boolean {
    return this.silent === 0 && this.unmarked === 0;
  }

  /** Weighted mean of the probabilities of all occurrences, whatever their types; in [0, 1]. */
  get probability(): number {
    const definition = Math.max(0, ...this.definitionVotes.values());
    const sum = sumOf(this.votes) + definitionWeight * definition;
    return sum / (this.found + silentWeight * this.silent + definitionWeight * this.definitions);
  }
}

function addVote(votes: Votes, type: EntityType, probability: number): void {
  votes.set(type, (votes.get(type) ?? 0) + probability);
}

/** The type with the highest sum, the first on a tie; empty without votes. */
export function winnerOf(votes: Votes): EntityType {
  let best = '';
  for (const [type, sum] of votes) if (best === '' || sum > (votes.get(best) ?? 0)) best = type;
  return best;
}

/** Of all types together. */
export function sumOf(votes: Votes): number {
  let sum = 0;
  for (const each of votes.values()) sum += each;
  return sum;
}
