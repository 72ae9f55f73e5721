import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterRows } from '../../../../media/panel/filterRows';
import {
  defaultOptions,
  noFilters,
  statementOf,
  type ListOptions,
} from '../../../../media/panel/listOptions';
import type { NamedEntity, RelationRow } from '../../../../src/protocol/panel';

const entity = (name: string, type: string): NamedEntity => ({ name, type, key: `${type}\n${name}` });

const someEntity = fc.constantFrom(
  entity('sorafenib', 'Chemical'),
  entity('BRAF', 'Gene'),
  entity('melanoma', 'Disease'),
  entity('mouse', 'Species'),
);

const someRow: fc.Arbitrary<RelationRow> = fc
  .record({
    id: fc.nat(),
    type: fc.constantFrom('inhibitor', 'association'),
    subject: someEntity,
    object: someEntity,
    probability: fc.double({ min: 0, max: 1, noNaN: true }),
    isTentative: fc.option(fc.boolean(), { nil: undefined }),
    isDraft: fc.option(fc.boolean(), { nil: undefined }),
    year: fc.option(fc.integer({ min: 1990, max: 2026 }), { nil: undefined }),
    negated: fc.option(fc.constant('not'), { nil: undefined }),
    speculated: fc.option(fc.constant('may'), { nil: undefined }),
    paper: fc.nat(3),
  })
  .map(({ paper, ...row }) => ({
    ...row,
    document: `file:///${paper}.md`,
    name: `${paper}.md`,
    line: 1,
    evidence: { text: `${row.subject.name} and ${row.object.name}.`, marks: [] },
    isPinned: false,
  }));

const someYear = fc.option(fc.integer({ min: 1990, max: 2026 }), { nil: undefined });

const someOptions: fc.Arbitrary<ListOptions> = fc
  .record({
    text: fc.constantFrom('', 'sorafenib', 'RAF and', 'mouse 2.md'),
    type: fc.constantFrom('', 'inhibitor'),
    minProbability: fc.constantFrom(0, 0.5, 0.9),
    withTentative: fc.boolean(),
    entity: fc.constantFrom(undefined, 'Gene\nBRAF'),
    entityType: fc.constantFrom('', 'Species', 'Disease'),
    statement: fc.constantFrom('' as const, 'inFavour' as const, 'against' as const, 'speculative' as const),
    paper: fc.constantFrom(undefined, 'file:///2.md'),
    yearFrom: someYear,
    yearTo: someYear,
    withoutDrafts: fc.boolean(),
  })
  .map((options) => ({ ...defaultOptions, ...options }));

const filters = [
  ...['text', 'type', 'minProbability', 'entity', 'entityType', 'statement', 'paper', 'withoutDrafts'].map(
    (key) => [key],
  ),
  ['yearFrom', 'yearTo'],
] as readonly (readonly (keyof ListOptions)[])[];

const of = (rows: readonly RelationRow[], change: Partial<ListOptions>) =>
  filterRows(rows, { ...defaultOptions, withTentative: true, ...change });

describe('the filters of the list', () => {
  it('together keep what each of them keeps, in the same order', () => {
    fc.assert(
      fc.property(fc.array(someRow), someOptions, (rows, options) => {
        const each = filters.map((keys) =>
          of(rows, Object.fromEntries(keys.map((key) => [key, options[key]])) as Partial<ListOptions>),
        );
        const certain = filterRows(rows, { ...defaultOptions, withTentative: options.withTentative });
        const expected = rows.filter((row) => [certain, ...each].every((kept) => kept.includes(row)));
        expect(filterRows(rows, options)).toEqual(expected);
      }),
    );
  });

  it('keep all relations once they are cleared', () => {
    fc.assert(
      fc.property(fc.array(someRow), someOptions, (rows, options) => {
        expect(of(rows, { ...options, ...noFilters, text: '', withTentative: true })).toEqual(rows);
      }),
    );
  });

  it('divide the relations by what their sentences say', () => {
    fc.assert(
      fc.property(fc.array(someRow), (rows) => {
        const parts = (['inFavour', 'against', 'speculative'] as const).map((statement) =>
          of(rows, { statement }),
        );
        expect(parts.reduce((sum, part) => sum + part.length, 0)).toBe(rows.length);
        expect(parts[1]?.every(({ negated }) => negated !== undefined)).toBe(true);
        expect(parts[0]?.every((row) => statementOf(row) === 'inFavour')).toBe(true);
      }),
    );
  });

  it('take the two years in any order, and leave out papers whose year is not known', () => {
    fc.assert(
      fc.property(fc.array(someRow), someYear, someYear, (rows, yearFrom, yearTo) => {
        const kept = of(rows, { yearFrom, yearTo });
        if (yearFrom !== undefined && yearTo !== undefined)
          expect(of(rows, { yearFrom: yearTo, yearTo: yearFrom })).toEqual(kept);
        if (yearFrom !== undefined || yearTo !== undefined)
          expect(kept.every(({ year }) => year !== undefined)).toBe(true);
      }),
    );
    const rows = [1998, 1999, 2005, undefined].map((year, id) => ({ ...row(id), year }));
    const years = (yearFrom?: number, yearTo?: number) =>
      of(rows, { yearFrom, yearTo }).map(({ year }) => year);
    expect(years(1999)).toEqual([1999, 2005]);
    expect(years(undefined, 1999)).toEqual([1998, 1999]);
    expect(years(1999, 1999)).toEqual([1999]);
  });

  it('find a type of entity and a name at both ends of a relation', () => {
    const rows = [
      row(1),
      { ...row(2), subject: entity('BRAF', 'Gene'), object: entity('sorafenib', 'Chemical') },
    ];
    expect(of(rows, { entityType: 'Chemical' })).toHaveLength(2);
    expect(of(rows, { entity: 'Gene\nBRAF' })).toHaveLength(2);
    expect(of(rows, { entityType: 'Species' })).toEqual([]);
  });

  it('take little time for 5,000 relations', () => {
    const rows = Array.from({ length: 5_000 }, (_, id) => row(id));
    of(rows, { text: 'warm up' });
    const start = performance.now();
    for (const text of ['s', 'so', 'sor', 'sora'])
      of(rows, { text, entityType: 'Gene', withoutDrafts: true });
    // A tenth of this in practice; the limit only catches work that grows with the square of the list.
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

function row(id: number): RelationRow {
  const [subject, object] = [entity('sorafenib', 'Chemical'), entity('BRAF', 'Gene')];
  const evidence = { text: 'Sorafenib inhibits BRAF in many cells of many patients.', marks: [] };
  return {
    id,
    document: `file:///${id % 200}.md`,
    name: `${id % 200}.md`,
    line: 1,
    type: 'inhibitor',
    subject,
    object,
    probability: 0.9,
    evidence,
    isPinned: false,
  };
}
