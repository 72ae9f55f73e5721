import type { EntityType, Span } from '../types';
import { termCase } from './termKey';
import { findTerms } from './termMatches';
import type { Terminology, TermSense } from './terminology';
import type { NameRank } from './terminologyFormat';

/** What a terminology knows about a name as a name of one type. */
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

const ranks: readonly NameRank[] = ['preferred', 'learnt', 'synonym', 'weak'];

/**
 * Finds the names of a text that a terminology knows. A sense counts only if the name is written as the terminology
 * writes it: `cat` is not the gene `CAT`, nor `Rest` at the start of a sentence the gene `REST`.
 */
export function findKnownNames(text: string, terminology: Terminology): KnownName[] {
  return findTerms(text, terminology).flatMap(({ start, end, senses }) => {
    const name = text.slice(start, end);
    const types = typesOf(
      senses.filter((sense) => isWrittenAs(name, sense)),
      terminology,
    );
    return types.length === 0 ? [] : [{ start, end, types, isWord: senses[0]?.isWord ?? false }];
  });
}

function isWrittenAs(name: string, { case: listed, isWord }: TermSense): boolean {
  const written = termCase(name);
  if (listed === 'word' || listed === written) return true;
  // `Kras` for `KRAS`, but not `Rest`; and titles write names in capitals.
  return (
    !isWord &&
    (written === 'symbol' || (listed === 'symbol' && written === 'capitalised') || listed === 'capitalised')
  );
}

function typesOf(senses: readonly TermSense[], terminology: Terminology): KnownType[] {
  const types = new Map<EntityType, KnownType>();
  for (const { concept: number, rank } of senses) {
    const { type, frequency } = terminology.conceptAt(number);
    const known = types.get(type);
    types.set(type, {
      type,
      rank: known && ranks.indexOf(known.rank) < ranks.indexOf(rank) ? known.rank : rank,
      isLearnt: known?.isLearnt === true || rank === 'learnt',
      frequency: Math.max(known?.frequency ?? 0, frequency),
    });
  }
  return [...types.values()];
}
