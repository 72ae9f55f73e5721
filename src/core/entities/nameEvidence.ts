import type { EntityType } from '../types';
import type { DecodedSpan } from './spanCache';

/** The sum of probabilities of each type. */
export type Votes = Map<EntityType, number>;

type TypedProbability = Pick<DecodedSpan, 'type' | 'probability'>;

/**
 * Weight of an occurrence that the decoder did not find. It has no probability: `O` is the best label of its words,
 * but a missed name may still be likely. So it counts less than an occurrence with a probability. Chosen on BioRED
 * dev: F1 of diseases and chemicals is 84.4 and 81.9 with 0.6, 83.4 and 80.7 with 1, 83.8 and 81.4 with 0.3.
 */
const missedWeight = 0.6;

/**
 * Weight of the definition of an abbreviation, in occurrences of the short form. The long form says what the
 * abbreviation is: "protracted venous infusion (PVI)" is not a disease. Chosen on BioRED dev; with 0, F1 is 1 to 2
 * points lower.
 */
const definitionWeight = 2;

/** The evidence about one name, summed over all its occurrences in a document. */
export class NameEvidence {
  private readonly votes: Votes = new Map();
  private readonly definitionVotes: Votes = new Map();
  private decodedCount = 0;
  private untaggedCount = 0;
  private missedCount = 0;
  private definitionCount = 0;

  /**
   * Adds an occurrence that the decoder found.
   * @param isTagged Whether it is probable enough to be tagged.
   */
  addDecoded({ type, probability }: TypedProbability, isTagged: boolean): void {
    this.decodedCount += 1;
    if (!isTagged) this.untaggedCount += 1;
    addVote(this.votes, type, probability);
  }

  /** Adds an occurrence that the decoder did not find. */
  addMissed(): void {
    this.missedCount += 1;
  }

  /**
   * Adds a definition of the name as an abbreviation.
   * @param long The spans that the decoder found in the long form.
   */
  addDefinition(long: readonly TypedProbability[]): void {
    this.definitionCount += 1;
    const best: Votes = new Map();
    for (const { type, probability } of long) best.set(type, Math.max(best.get(type) ?? 0, probability));
    for (const [type, probability] of best) addVote(this.definitionVotes, type, probability);
  }

  /** The type with the most votes among the occurrences; empty if there are none. */
  get type(): EntityType {
    return winnerOf(this.votes);
  }

  /** Adds the votes of occurrences and definitions. */
  addVotesTo(total: Votes): void {
    for (const [type, sum] of this.votes) addVote(total, type, sum);
    for (const [type, sum] of this.definitionVotes) addVote(total, type, definitionWeight * sum);
  }

  /** True if every occurrence is tagged, so that only their types can be inconsistent. */
  get isTaggedEverywhere(): boolean {
    return this.missedCount === 0 && this.untaggedCount === 0;
  }

  /** The weighted mean of the probabilities of all occurrences, whatever their types; in [0, 1]. */
  get probability(): number {
    const definition = Math.max(0, ...this.definitionVotes.values());
    const sum = sumOf(this.votes) + definitionWeight * definition;
    return (
      sum / (this.decodedCount + missedWeight * this.missedCount + definitionWeight * this.definitionCount)
    );
  }
}

function addVote(votes: Votes, type: EntityType, probability: number): void {
  votes.set(type, (votes.get(type) ?? 0) + probability);
}

/** The type with the highest sum, or the first of several with the same sum; empty if there are no votes. */
export function winnerOf(votes: Votes): EntityType {
  let best = '';
  for (const [type, sum] of votes) if (best === '' || sum > (votes.get(best) ?? 0)) best = type;
  return best;
}

/** The sum over all types. */
function sumOf(votes: Votes): number {
  let sum = 0;
  for (const each of votes.values()) sum += each;
  return sum;
}
