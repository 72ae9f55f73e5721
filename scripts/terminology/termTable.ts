import { bagKey, termCase, type TermCase, termKey } from '../../src/core/linking/termKey';
import { betterRank, type NameRank } from '../../src/core/linking/terminologyFormat';
import type { EntityType } from '../../src/core/types';

/** A concept with its preferred name. */
export interface ConceptRow {
  readonly id: string;
  readonly type: EntityType;
  name: string;
  /** `NCBITaxon:9606`, for genes. */
  readonly species: string | undefined;
  /** Number of times that texts name it. */
  count: number;
}

/** A name of a concept. */
export interface SenseRow {
  readonly concept: ConceptRow;
  rank: NameRank;
  case: TermCase;
  /** Whether a source writes it in several words. */
  isPhrase: boolean;
  /** Number of times that annotators used the name for the concept. */
  learnt: number;
}

/** Names longer than this are systematic names of chemistry, which a text hardly writes. In characters of a key. */
const maxKeyLength = 80;
const minKeyLength = 2;

/** Collects concepts and names from all sources. */
export class TermTable {
  readonly concepts = new Map<string, ConceptRow>();
  /** By key of the name, then by concept. */
  readonly names = new Map<string, Map<ConceptRow, SenseRow>>();

  /** Adds a concept unless it is there, and its preferred name. */
  concept(id: string, type: EntityType, name: string, species?: string): ConceptRow {
    const key = `${type} ${id}`;
    const known = this.concepts.get(key);
    const concept = known ?? { id, type, name, species, count: 0 };
    if (known === undefined) this.concepts.set(key, concept);
    return concept;
  }

  find(type: EntityType, id: string): ConceptRow | undefined {
    return this.concepts.get(`${type} ${id}`);
  }

  /** Adds a name. Of several ranks for one name and concept the best stays. */
  name(concept: ConceptRow, name: string, rank: NameRank, learnt = 0): void {
    const key = termKey(name);
    if (key.length < minKeyLength && rank !== 'learnt') return;
    this.add(key, concept, name, rank, learnt);
    const bag = concept.type === 'Disease' ? bagKey(name) : undefined;
    if (bag !== undefined) this.add(bag, concept, name, rank, learnt);
  }

  private add(key: string, concept: ConceptRow, name: string, rank: NameRank, learnt: number): void {
    if (key.length > maxKeyLength || !/^[!-~ ]+$/.test(key)) return;
    const senses = this.names.get(key) ?? new Map<ConceptRow, SenseRow>();
    this.names.set(key, senses);
    const known = senses.get(concept);
    const isPhrase = /\p{L}[\s-]+\p{L}/u.test(name);
    if (known === undefined) {
      senses.set(concept, { concept, rank, case: termCase(name), isPhrase, learnt });
      return;
    }
    known.learnt += learnt;
    known.isPhrase ||= isPhrase;
    known.rank = betterRank(rank, known.rank);
    // A name that one source writes as a word may be written as a word.
    if (termCase(name) === 'word') known.case = 'word';
  }
}
