import { describe, expect, it } from 'vitest';
import type { Abbreviation, ConceptLink, Entity } from '../../../../src/core/types';
import { conceptQuery, findMentions, nameQuery } from '../../../../src/runtime/folder/mentionSearch';

const text = 'Olaparib helped. OLAPARIB and olaparibs; TNBC is triple-negative breast cancer, as TNBC says.';

function entity(word: string, type: string, from = 0): Entity {
  const start = text.indexOf(word, from);
  return { start, end: start + word.length, text: word, name: word, type, probability: 0.9 };
}

const tnbc: Abbreviation = {
  short: { start: 41, end: 45 },
  long: { start: 49, end: 78 },
  shortText: 'TNBC',
  longText: 'triple-negative breast cancer',
};

const written = (entities: readonly Entity[], sought: ReturnType<typeof nameQuery>): string[] =>
  findMentions(text, entities, sought).map(({ start, end }) => text.slice(start, end));

describe('findMentions', () => {
  it('finds entities and other occurrences of the spelling', () => {
    const found = written([entity('Olaparib', 'Chemical')], nameQuery('Chemical', ['olaparib'], []));
    expect(found.slice(0, 2)).toEqual(['Olaparib', 'OLAPARIB']);
  });

  it('finds the long form of an abbreviation and the other way round', () => {
    const expected = ['TNBC', 'triple-negative breast cancer', 'TNBC'];
    expect(written([], nameQuery('Disease', ['TNBC'], [tnbc]))).toEqual(expected);
    expect(written([], nameQuery('Disease', ['triple-negative breast cancer'], [tnbc]))).toEqual(expected);
  });

  it('skips entities of another type', () => {
    const other = [entity('TNBC', 'Gene')];
    expect(findMentions(text, other, nameQuery('Disease', ['TNBC'], [])).map(({ start }) => start)).toEqual([
      text.lastIndexOf('TNBC'),
    ]);
  });

  it('accepts entities of all types if the type is unknown', () => {
    const found = findMentions(text, [entity('TNBC', 'Gene')], nameQuery(undefined, ['TNBC'], []));
    expect(found).toHaveLength(2);
  });

  it('returns spans in order without duplicates', () => {
    const entities = [entity('Olaparib', 'Chemical'), entity('OLAPARIB', 'Chemical')];
    const starts = findMentions(text, entities, nameQuery('Chemical', ['olaparib'], [])).map(
      ({ start }) => start,
    );
    expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
  });
});

describe('a query for a concept', () => {
  const source = 'Aspirin and ASA; acetylsalicylic acid, Rhonal; asa foetida. ASA was given.';
  const aspirin: ConceptLink = { id: 'MESH:D001241', name: 'Aspirin', source: 'MeSH', method: 'name' };
  const plant: ConceptLink = { id: 'MESH:C000', name: 'Asafoetida', source: 'MeSH', method: 'context' };

  function at(word: string, concepts?: readonly ConceptLink[], from = 0): Entity {
    const start = source.indexOf(word, from);
    return {
      start,
      end: start + word.length,
      text: word,
      name: word,
      type: 'Chemical',
      probability: 1,
      concepts,
    };
  }

  const entities = [
    at('Aspirin', [aspirin]),
    at('ASA', [aspirin]),
    at('acetylsalicylic acid', [aspirin]),
    at('Rhonal', [aspirin]),
    at('asa', [plant], 45),
    at('ASA', undefined, 50),
  ];
  const document = { document: 'file:///a.txt', entities, abbreviations: [] };
  const found = (list: readonly Entity[], query: ReturnType<typeof nameQuery>): string[] =>
    findMentions(source, list, query).map(({ start, end }) => source.slice(start, end));

  const byName = nameQuery('Chemical', ['Rhonal'], []);
  const query = conceptQuery(byName, [aspirin], [document]);

  it('finds all names of the concept, but no mention of another concept with one of the names', () => {
    const all = ['Aspirin', 'ASA', 'acetylsalicylic acid', 'Rhonal', 'ASA'];
    expect(found(entities, query)).toEqual(all);
  });

  it('finds the names in a document that was not tagged, by the names in tagged documents', () => {
    expect(found([], query)).toEqual(['Aspirin', 'ASA', 'acetylsalicylic acid', 'Rhonal', 'ASA']);
    expect(found([], byName)).toEqual(['Rhonal']);
  });

  it('finds the preferred name even if no document has it', () => {
    expect(found([], conceptQuery(byName, [aspirin], []))).toEqual(['Aspirin', 'Rhonal']);
  });

  it('finds mentions of several concepts, whose names are not names of one', () => {
    const both = at('ASA was given', [aspirin, plant], 50);
    const list = [...entities.slice(0, 5), both];
    const wide = conceptQuery(byName, [aspirin], [{ ...document, entities: list }]);
    expect(found(list, wide)).toContain('ASA was given');
    expect(wide.variants).not.toContain('ASA was given');
  });

  it('remains a query for a name if the name is not linked', () => {
    expect(conceptQuery(byName, [], [document])).toEqual(byName);
  });
});
