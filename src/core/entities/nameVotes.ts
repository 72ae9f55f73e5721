import { isCaseSensitive } from '../text/mentions';
import type { EntityType } from '../types';
import { NameEvidence, type Votes, winnerOf } from './nameEvidence';
import type { DecodedSpan } from './spanCache';
import { defaultMinProbability } from './threshold';

/** A decoded span with its name. */
export interface NamedSpan extends DecodedSpan {
  /** The characters of the span in the text. */
  readonly spelling: string;
  /** The normalised form that all spellings of the name share: see `nameFormOf`. */
  readonly key: string;
}

/** The decision about one name of a document. */
export interface NameDecision {
  readonly type: EntityType;
  /** Estimate in [0, 1] that an occurrence of the name is an entity of this type. */
  readonly probability: number;
  /** `mark`: tag every occurrence. `drop`: tag none. `leave`: keep the tags of the decoder. */
  readonly verdict: 'mark' | 'drop' | 'leave';
}

/** All names that are tagged somewhere in a document, with the evidence about each. */
export class NameVotes {
  private readonly names = new Map<string, NameEvidence>();
  /** Keys of names that have a tag in lower case. */
  private readonly lowerCaseKeys = new Set<string>();
  private readonly longForms = new Map<string, string>();
  private readonly concepts = new Map<string, Votes>();
  private readonly decisions = new Map<string, NameDecision>();

  /**
   * @param minProbability Minimum probability of a tag.
   * @param spans All decoded spans of the document.
   */
  constructor(
    private readonly minProbability: number,
    spans: readonly NamedSpan[],
  ) {
    for (const { key, spelling, probability } of spans) {
      if (probability < minProbability || key === '') continue;
      if (!this.names.has(key)) this.names.set(key, new NameEvidence());
      if (isLowerCase(spelling)) this.lowerCaseKeys.add(key);
    }
    for (const span of spans) this.names.get(span.key)?.addDecoded(span, span.probability >= minProbability);
  }

  keys(): Iterable<string> {
    return this.names.keys();
  }

  /** The type with the most votes so far; empty for a name that is not tagged anywhere. */
  typeOf(key: string): EntityType {
    return this.names.get(key)?.type ?? '';
  }

  /**
   * Whether a lower-case spelling is an ordinary word and not the name: `kit` and `rest`, if the document tags only
   * `Kit` and `Rest`.
   */
  isOrdinaryWord(key: string, spelling: string): boolean {
    return isLowerCase(spelling) && isCaseSensitive(spelling.toUpperCase()) && !this.lowerCaseKeys.has(key);
  }

  /** Adds an occurrence that the decoder did not find. */
  addMissed(key: string): void {
    this.names.get(key)?.addMissed();
  }

  /**
   * Adds a definition of the abbreviation `short` for `long`.
   * @param longFormSpans The spans that the decoder found in the long form.
   */
  addDefinition(short: string, long: string, longFormSpans: readonly DecodedSpan[]): void {
    const other = this.longForms.get(short) ?? long;
    // A short form with two meanings belongs to neither concept.
    this.longForms.set(short, other === long ? long : short);
    this.names.get(short)?.addDefinition(longFormSpans);
  }

  /**
   * The decision about a name. Call it only after all evidence was added.
   * @returns undefined for a name that is not tagged anywhere.
   */
  decisionOf(key: string): NameDecision | undefined {
    if (this.concepts.size === 0) this.sumConcepts();
    const evidence = this.names.get(key);
    if (evidence === undefined) return undefined;
    const decision = this.decisions.get(key) ?? this.decide(key, evidence);
    this.decisions.set(key, decision);
    return decision;
  }

  /** Sums up the votes of each concept: an abbreviation and its long form are one concept and have one type. */
  private sumConcepts(): void {
    for (const [key, evidence] of this.names) {
      const votes = this.concepts.get(this.conceptOf(key)) ?? new Map<EntityType, number>();
      this.concepts.set(this.conceptOf(key), votes);
      evidence.addVotesTo(votes);
    }
  }

  private conceptOf(key: string): string {
    return this.longForms.get(key) ?? key;
  }

  private decide(key: string, evidence: NameEvidence): NameDecision {
    const { probability, isTaggedEverywhere: isMarkedEverywhere } = evidence;
    const type = winnerOf(this.concepts.get(this.conceptOf(key)) ?? new Map<EntityType, number>());
    // A user who lowers the threshold wants to see more candidates, but not more occurrences of an improbable name.
    // A user who raises it does not want a tag to disappear because of other occurrences.
    const markFrom = Math.max(this.minProbability, defaultMinProbability);
    const dropBelow = Math.min(this.minProbability, defaultMinProbability);
    if (isMarkedEverywhere || probability >= markFrom) return { type, probability, verdict: 'mark' };
    return { type, probability, verdict: probability < dropBelow ? 'drop' : 'leave' };
  }
}

function isLowerCase(spelling: string): boolean {
  return /^\p{Ll}+$/u.test(spelling);
}
