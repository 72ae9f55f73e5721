import { describe, expect, it } from 'vitest';
import type { RelationHead } from '../../../../src/core/relations/config';
import { type DecodedRelation, mergeRelations } from '../../../../src/core/relations/decode';
import { levelLists, listsOf } from '../../../../src/core/relations/lists';

/** A sentence in which words in capitals are genes, and those in lower case with a digit are chemicals. */
function sentenceOf(text: string) {
  const names = Array.from(text.matchAll(/\b(?:[A-Z]{2,}\d*|[a-z]+\d)\b/gu), ({ 0: name, index }) => ({
    type: /^[A-Z]/u.test(name) ? 'Gene' : 'Chemical',
    start: index,
    end: index + name.length,
  }));
  return { text, names };
}

describe('listsOf', () => {
  const lists = (...texts: readonly string[]) => listsOf(texts.map(sentenceOf)).join(' ');

  it('finds the names that a sentence lists', () => {
    expect(lists('drug1 inhibits AA, BB and CC')).toBe('1 2 2 2');
    expect(lists('drug1 or drug2 blocks AA/BB, and CC (a kinase), and DD')).toBe('1 1 2 2 2 2');
  });

  it('tells lists of other types, sentences and clauses apart', () => {
    expect(lists('drug1, AA and BB')).toBe('1 2 2');
    expect(lists('It blocks AA', 'BB rose')).toBe('1 2');
    expect(lists('drug1 blocks AA, which lowers BB')).toBe('1 2 3');
  });

  it('takes names with a partner of their own for no list', () => {
    expect(lists('drug1 and drug2 block AA and BB, respectively')).toBe('1 2 3 4');
  });
});

describe('levelLists', () => {
  const head: RelationHead = {
    name: 'head',
    scope: 'sentence',
    labels: ['inhibitor'],
    pairs: [],
    relations: [],
    threshold: 0.4,
  };
  const relation = (
    object: number,
    probability: number,
    changes: Partial<DecodedRelation> = {},
  ): DecodedRelation => ({
    type: 'inhibitor',
    head: 0,
    subject: 0,
    object,
    subjectConcept: 's',
    objectConcept: `${object}`,
    probability,
    isDenied: false,
    ...changes,
  });
  const probabilities = (...relations: readonly DecodedRelation[]) =>
    levelLists(relations, [1, 2, 2, 2, 3], [head]).map(({ probability }) => probability);

  it('gives the members of a list the probability of the clearest one', () => {
    expect(probabilities(relation(1, 0.6), relation(2, 0.9), relation(3, 0.5))).toEqual([0.9, 0.9, 0.9]);
  });

  it('leaves the clearest mention of a concept the one that is shown', () => {
    const named = (object: number, probability: number) =>
      relation(object, probability, { objectConcept: 'o' });
    const levelled = levelLists([named(1, 0.6), named(2, 0.9)], [1, 2, 2], [head]);
    expect(mergeRelations(levelled, [head], () => 0)).toEqual([named(2, 0.9)]);
  });

  it('leaves what is not found, of another type, denied, or not in the list', () => {
    expect(
      probabilities(
        relation(1, 0.9),
        relation(2, 0.3),
        relation(3, 0.5, { type: 'activator' }),
        relation(3, 0.6, { isDenied: true }),
        relation(4, 0.7),
      ),
    ).toEqual([0.9, 0.3, 0.5, 0.6, 0.7]);
  });
});
