/** Lists of names in a sentence: what it states of one member, it states of all. */
import { groupBy } from '../groupBy';
import type { DecodedRelation } from './decode';
import type { RelationHead } from './config';
import type { SentenceName } from './unstated';

/** A sentence of a block with its names. */
export interface NamedSentence {
  readonly text: string;
  readonly names: readonly SentenceName[];
}

const gap =
  /^\s*(?:\([^()]*\)\s*)?(?:\/|,|(?:,\s*)?(?:and\/or|and|or|as well as)(?=\s))\s*(?:(?:and|or|the|both)\s+)*$/iu;

/** For each name of the sentences, in order, the number of the list that it is in; a name that stands alone has its own. */
export function listsOf(sentences: readonly NamedSentence[]): number[] {
  let list = 0;
  return sentences.flatMap(({ text, names }) => {
    // "A and B inhibit C and D, respectively": a member has a partner of its own.
    const isMatched = /\brespectively\b/iu.test(text);
    return names.map((name, i) => {
      const last = names[i - 1];
      const isNext = last?.type === name.type && gap.test(text.slice(last.end, name.start));
      list += isNext && !isMatched ? 0 : 1;
      return list;
    });
  });
}

/**
 * Gives the members of a list the probability of the clearest one. The model scores each pair on its own, and gives less to
 * names that are rare or far away, so that a list of targets would be shown in part.
 *
 * @param lists For each mention, its list.
 */
export function levelLists(
  relations: readonly DecodedRelation[],
  lists: readonly number[],
  heads: readonly RelationHead[],
): DecodedRelation[] {
  const isFound = ({ head, probability }: DecodedRelation) => probability >= (heads[head]?.threshold ?? 0);
  const level = (own: readonly DecodedRelation[], keyOf: (each: DecodedRelation) => string) => {
    const highest = new Map(
      Array.from(groupBy(own.filter(isFound), keyOf), ([key, members]) => [
        key,
        Math.max(...members.map(({ probability }) => probability)),
      ]),
    );
    return own.map((each) => {
      const probability = isFound(each) ? (highest.get(keyOf(each)) ?? 0) : 0;
      const { ownProbability = each.probability } = each;
      return probability > each.probability ? { ...each, probability, ownProbability } : each;
    });
  };
  const kindOf = ({ head, type, isDenied }: DecodedRelation) => `${head}\n${type}\n${isDenied}`;
  const byObjects = level(relations, (each) => `${kindOf(each)}\n${each.subject}\n${lists[each.object]}`);
  return level(byObjects, (each) => `${kindOf(each)}\n${lists[each.subject]}\n${each.object}`);
}
