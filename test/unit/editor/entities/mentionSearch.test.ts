import { describe, expect, it } from 'vitest';
import type { Abbreviation, Entity } from '../../../../src/core/types';
import { findMentions, nameQuery } from '../../../../src/editor/entities/mentionSearch';

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
