import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { citationKeys, isCitationKey } from '../../../../src/core/review/citationKeys';
import type { ReviewRecord } from '../../../../src/core/review/reviewData';

type Given = Partial<Pick<ReviewRecord, 'key' | 'authors' | 'year' | 'title'>>;

function keysOf(...records: readonly Given[]): string[] {
  const all = records.map((record, index) => ({ id: `r${index}`, authors: [], ...record }));
  return [...citationKeys(all).values()];
}

describe('citationKeys', () => {
  it.each([
    ['Smith, Jane', 2019, 'The cancer of mice', 'smith2019cancer'],
    ['Müller A', 2020, 'COVID-19 in Köln', 'muller2020covid'],
    ['van der Berg, J.', 2020, 'An update', 'vanderberg2020update'],
    ['Ørsted, H', 2020, 'Straße', 'orsted2020strasse'],
    ["O'Neill, T", 2020, '5-HT receptors', 'oneill2020ht'],
    ['Łukasz Żak', 2020, 'In vitro', 'zak2020vitro'],
    ['Gout Study Group', 2020, 'On the', 'goutstudygroup2020'],
    ['王, 伟', 2020, '痛风', 'anon2020'],
    [undefined, undefined, undefined, 'anon'],
    ['Smith', undefined, 'Gout', 'smithgout'],
  ])('are made of %s, %s and %s', (author, year, title, key) => {
    expect(keysOf({ authors: author === undefined ? [] : [author], year, title })).toEqual([key]);
  });

  it('differ by letters', () => {
    const record = { authors: ['Smith, J'], year: 2019, title: 'Gout' };
    const keys = keysOf(...Array.from({ length: 29 }, () => record));
    expect(keys.slice(0, 3)).toEqual(['smith2019gout', 'smith2019gouta', 'smith2019goutb']);
    expect(keys.slice(26)).toEqual(['smith2019goutz', 'smith2019goutaa', 'smith2019goutab']);
  });

  it('are those of the file, if no earlier record has them', () => {
    const smith = { authors: ['Smith, J'], year: 2019, title: 'Gout' };
    expect(
      keysOf({ ...smith, key: 'smithGout_2019' }, { ...smith, key: 'SmithGout_2019' }, { key: 'x:y' }),
    ).toEqual(['smithGout_2019', 'smith2019gout', 'x:y']);
  });

  it('of the file come after those that were made before', () => {
    const smith = { authors: ['Smith, J'], year: 2019, title: 'Gout' };
    expect(keysOf(smith, { ...smith, key: 'smith2019gout' })).toEqual(['smith2019gout', 'smith2019gouta']);
  });

  it('are valid, unique, and never change when records are added', () => {
    const given: fc.Arbitrary<Given> = fc.record({
      key: fc.option(fc.constantFrom('a', 'A', 'b-1', 'fig-1', '{', 'anon', 'anona', 'x y', 'anon2019b'), {
        nil: undefined,
      }),
      authors: fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('Li', 'Lĭ')), {
        maxLength: 2,
      }),
      year: fc.option(fc.constantFrom(2019, 2020), { nil: undefined }),
      title: fc.option(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('Gout', 'a b')), {
        nil: undefined,
      }),
    });
    fc.assert(
      fc.property(fc.array(given, { maxLength: 12 }), fc.nat(12), (records, count) => {
        const keys = keysOf(...records);
        expect(keys).toHaveLength(records.length);
        expect(keys.filter((key) => !isCitationKey(key))).toEqual([]);
        expect(new Set(keys.map((key) => key.toLowerCase())).size).toBe(keys.length);
        expect(keysOf(...records.slice(0, count))).toEqual(keys.slice(0, count));
      }),
      { numRuns: 300 },
    );
  });
});

describe('isCitationKey', () => {
  it.each(['smith2019', 'Smith_2019', 'smith:2019-a', 'DBLP:conf+x', '_x', 'figure-1', 'Chen2020.1'])(
    'accepts %s',
    (key) => {
      expect(isCitationKey(key)).toBe(true);
    },
  );

  it.each([
    ...['', '33000001', '10.1000/x', 'a b', 'a,b', 'a{b', 'a#b', 'a%b', 'müller', 'a--b', 'a.', '-a'],
    ...[
      'fig-gout',
      'tbl-1',
      'eq-x',
      'Sec-2',
      'PMC123',
      'rayyan-1',
      'WOS:000123',
      'L2001234567',
      'a'.repeat(81),
    ],
  ])('refuses "%s"', (key) => {
    expect(isCitationKey(key)).toBe(false);
  });
});
