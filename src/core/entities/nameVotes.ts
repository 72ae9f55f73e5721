import { keepsCase } from '../text/mentions';
import type { EntityType } from '../types';
import { NameEvidence, type Votes, winnerOf } from './nameEvidence';
import type { DecodedSpan } from './spanCache';
import { defaultMinProbability } from './threshold';

/** What the decoder found, with its name. */
export interface NamedSpan extends DecodedSpan {
  /** As it stands in the text. */
  readonly spelling: string;
  /** What spellings of the name have in common: see `nameFormOf`. */
  readonly key: string;
}

/** What is decided about one name of a document. */
export interface NameDecision {
  readonly type: EntityType;
  /** Estimate in [0, 1] that an occurrence of the name is an entity of this type. */
  readonly probability: number;
  /** `mark`: every occurrence. `drop`: none. `leave`: those that the decoder marked. */
  readonly verdict: 'mark' | 'drop' | 'leave';
}

/** The names that are marked somewhere in a document, and what the document says about each. */
export class NameVotes {
  private readonly names = new Map<string, NameEvidence>();
  /** Keys that a mark spells in small letters. */
  private readonly inSmallLetters = new Set<string>();
  private readonly longForms = new Map<string, string>();
  private readonly concepts = new Map<string, Votes>();
  private readonly decisions = new Map<string, NameDecision>();

  /** @param minProbability Least probability of a mark. @param found In the whole document. */
  constructor(
    private readonly minProbability: number,
    found: readonly NamedSpan[],
  ) {
    for (const { key, spelling, probability } of found) {
      if (probability < minProbability || key === '') continue;
      if (!this.names.has(key)) this.names.set(key, new NameEvidence());
      if (isSmall(spelling)) this.inSmallLetters.add(key);
    }
    for (const span of found) this.names.get(span.key)?.addFound(span, span.probability >= minProbability);
  }

  keys(): Iterable<string> {
    return this.names.keys();
  }

  /** The type with the most votes so far; empty for a name that is marked nowhere. */
  typeOf(key: string): EntityType {
    return this.names.get(key)?.type ?? '';
  }

  /** `kit` and `rest` are words, where the document marks only `Kit` and `Rest`. */
  isOtherWord(key: string, spelling: string): boolean {
    return isSmall(spelling) && keepsCase(spelling.toUpperCase()) && !this.inSmallLetters.has(key);
  }

  /** An occurrence about which the decoder says nothing. */
  addSilent(key: string): void {
    this.names.get(key)?.addSilent();
  }

  /** The document introduces `short` for `long`. @param found At the long form. */
  addDefinition(short: string, long: string, found: readonly DecodedSpan[]): void {
    if (!this.longForms.has(short)) this.longForms.set(short, long);
    this.names.get(short)?.addDefinition(found);
  }

  /** To be asked when all evidence is in. @returns undefined for a name that is marked nowhere. */
  decisionOf(key: string): NameDecision | undefined {
    if (this.concepts.size === 0) this.addUpConcepts();
    const evidence = this.names.get(key);
    if (evidence === undefined) return undefined;
    const decision = this.decisions.get(key) ?? this.decide(key, evidence);
    this.decisions.set(key, decision);
    return decision;
  }

  /** An abbreviation and its long form are one concept, and have one type. */
  private addUpConcepts(): void {
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
    const { probability, isMarkedEverywhere } = evidence;
    const type = winnerOf(this.concepts.get(this.conceptOf(key)) ?? new Map<EntityType, number>());
    // A reader who lowers the threshold wants to see more, not repeats of what is improbable; one who raises it does not
    // want a mark to go because of others.
    const markFrom = Math.max(this.minProbability, defaultMinProbability);
    const dropBelow = Math.min(this.minProbability, defaultMinProbability);
    if (isMarkedEverywhere || probability >= markFrom) return { type, probability, verdict: 'mark' };
    return { type, probability, verdict: probability < dropBelow ? 'drop' : 'leave' };
  }
}

function isSmall(spelling: string): boolean {
  return /^\p{Ll}+$/u.test(spelling);
}
