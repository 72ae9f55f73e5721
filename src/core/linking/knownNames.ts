import type { EntityType, Span } from '../types';
import { mammals } from './speciesContext';
import { termCase, termKey } from './termKey';
import { findTerms } from './termMatches';
import type { TermConcept, Terminology, TermSense } from './terminology';
import { betterRank, type NameRank } from './terminologyFormat';

/** The knowledge of a terminology about a name as a name of one type. */
export interface KnownType {
  readonly type: EntityType;
  /** The best rank of the name among the concepts of the type. */
  readonly rank: NameRank;
  /** Whether annotators of corpora used the name for the type. */
  readonly isLearnt: boolean;
  /** The largest frequency of these concepts: see `TermConcept.frequency`. */
  readonly frequency: number;
}

/** A name of a text that a terminology knows. */
export interface KnownName extends Span {
  readonly types: readonly KnownType[];
  /** Whether it is also an ordinary English word. */
  readonly isWord: boolean;
}

/**
 * Finds the names of a text that a terminology knows. A sense counts only if the name is written as the terminology
 * writes it: `cat` is not the gene `CAT`, nor `Rest` at the start of a sentence the gene `REST`.
 */
export function findKnownNames(text: string, terminology: Terminology): KnownName[] {
  return findTerms(text, terminology).flatMap(({ start, end, senses }) => {
    const name = text.slice(start, end);
    const types = typesOf(name, senses, terminology);
    return types.length === 0 ? [] : [{ start, end, types, isWord: senses[0]?.isWord ?? false }];
  });
}

/** Returns a function that finds the concepts of a type that have a name, however it is written. */
export function conceptFinder(terminology: Terminology): (name: string, type: EntityType) => number[] {
  return (name, type) => {
    const key = termKey(name);
    if (key === '') return [];
    return terminology
      .lookUp(key)
      .filter(({ concept, rank }) => rank !== 'weak' && terminology.conceptAt(concept).type === type)
      .map(({ concept }) => concept);
  };
}

const severalWords = /\p{L}\s+\p{L}/u;

/** Types whose sources begin every name with a capital letter, even one that texts write in small letters: `Epistaxis`. */
const capitalisedTypes: ReadonlySet<EntityType> = new Set(['Chemical', 'Disease']);

/** Whether a name in a text is written as the terminology writes it. */
export function isWrittenAs(
  name: string,
  { case: sourceCase, isWord, isPhrase }: TermSense,
  { type, species }: Pick<TermConcept, 'type' | 'species'>,
): boolean {
  if (!isPhrase && severalWords.test(name)) return false;
  const written = termCase(name);
  const listed = sourceCase === 'capitalised' && capitalisedTypes.has(type) ? 'word' : sourceCase;
  // Genes of flies and worms have ordinary words as symbols: `in`, `was`, `white`.
  if (isWord && written !== 'symbol' && species && !mammals.has(species.id)) return false;
  if (listed === 'word' || (listed === written && (!isWord || written === 'symbol'))) return true;
  // `Kras` for `KRAS`, but not `Rest`; and titles write names in capitals.
  return !isWord && (written === 'symbol' || (listed === 'symbol' && written === 'capitalised'));
}

function typesOf(name: string, senses: readonly TermSense[], terminology: Terminology): KnownType[] {
  const types = new Map<EntityType, KnownType>();
  for (const sense of senses) {
    const { concept: number, rank } = sense;
    const concept = terminology.conceptAt(number);
    if (!isWrittenAs(name, sense, concept)) continue;
    const { type, frequency } = concept;
    const known = types.get(type);
    types.set(type, {
      type,
      rank: known ? betterRank(known.rank, rank) : rank,
      isLearnt: known?.isLearnt === true || rank === 'learnt',
      frequency: Math.max(known?.frequency ?? 0, frequency),
    });
  }
  return [...types.values()];
}
