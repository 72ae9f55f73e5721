import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { doiForm } from '../../../../src/core/records/comparableRecord';
import { type Duplicates, findDuplicates } from '../../../../src/core/records/duplicates';
import type { IdentifiedRecord } from '../../../../src/core/records/identifiedRecord';
import '../../../support/propertySeed';

const maybe = <Value>(...values: readonly Value[]) =>
  fc.constantFrom<Value | undefined>(undefined, ...values);

/** Few values of each field, so that records agree and contradict each other in every way. */
const fields = fc.record({
  title: maybe(
    'Niacin and the frequency of gout attacks in men: a randomized trial',
    'Niacin and the frequency of gout attacks in men',
    'Niacin and the frequencies of gout attacks in men. Part II',
    'Erratum: Niacin and the frequency of gout attacks in men',
    'Zinc against colds',
    '[Zink gegen Erkältungen]',
  ),
  abstract: maybe(
    'Niacin lowers blood fats but may raise uric acid. We followed forty men with gout who took niacin for a year.',
    'We gave zinc to one hundred children in three schools, and nothing happened to their colds, as parents told us.',
  ),
  authors: fc.constantFrom<string[]>([], ['Zinc, Anna', 'Gold, Ben'], ['Zinc A', 'Gold B'], ['Iron, Carl']),
  year: maybe(2020, 2021, 2024),
  journal: maybe('Journal of Lead Letters', 'J Lead Lett', 'Gout Research'),
  volume: maybe('12', '12 (Suppl 1)', '3'),
  issue: maybe('4'),
  pages: maybe('1032-8', '1032-1038', 'S45'),
  doi: maybe('10.1000/a', 'https://doi.org/10.1000/A', '10.1000/b'),
  pmid: maybe('33000001', '33000002'),
});

const recordLists = fc
  .array(fields, { maxLength: 14 })
  .map((list) =>
    list.map((each, index): IdentifiedRecord => ({ ...each, id: `r${index}`, keywords: [], types: [] })),
  );

/** Which records are together: for each, the ids of its cluster. */
function clustersOf(records: readonly IdentifiedRecord[], { merged }: Duplicates): string[] {
  const keptOf = new Map(merged.map(({ kept, duplicate }) => [duplicate, kept]));
  const members = new Map<string, string[]>();
  for (const { id } of records) {
    const kept = keptOf.get(id) ?? id;
    members.set(kept, [...(members.get(kept) ?? []), id]);
  }
  return [...members.values()].map((ids) => ids.toSorted().join(' ')).toSorted();
}

describe('the search for duplicates', () => {
  it('finds the same clusters in each order of the records', () => {
    fc.assert(
      fc.property(
        recordLists.chain((records) =>
          fc.tuple(
            fc.constant(records),
            fc.shuffledSubarray(records, { minLength: records.length, maxLength: records.length }),
          ),
        ),
        ([records, shuffled]) => {
          const found = findDuplicates(records);
          const again = findDuplicates(shuffled);
          expect(clustersOf(shuffled, again)).toEqual(clustersOf(records, found));
        },
      ),
    );
  });

  it('merges no records with different DOIs or PMIDs', () => {
    fc.assert(
      fc.property(recordLists, (records) => {
        const byId = new Map(records.map((record) => [record.id, record]));
        for (const cluster of clustersOf(records, findDuplicates(records))) {
          const members = cluster.split(' ').flatMap((id) => byId.get(id) ?? []);
          const dois = new Set(members.flatMap(({ doi }) => (doi === undefined ? [] : (doiForm(doi) ?? []))));
          expect(dois.size).toBeLessThanOrEqual(1);
          expect(new Set(members.flatMap(({ pmid }) => pmid ?? [])).size).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('names each duplicate once, with a record that is no duplicate', () => {
    fc.assert(
      fc.property(recordLists, (records) => {
        const { merged, doubtful } = findDuplicates(records);
        const duplicates = merged.map(({ duplicate }) => duplicate);
        expect(new Set(duplicates).size).toBe(duplicates.length);
        const kept = [
          ...merged.map((each) => each.kept),
          ...doubtful.flatMap((each) => [each.kept, each.duplicate]),
        ];
        expect(kept.filter((id) => duplicates.includes(id))).toEqual([]);
      }),
    );
  });

  it('never merges records that a person has called two', () => {
    fc.assert(
      fc.property(recordLists, fc.nat(), (records, choice) => {
        const { merged } = findDuplicates(records);
        const pair = merged[choice % Math.max(1, merged.length)];
        fc.pre(pair !== undefined);
        const { kept, duplicate } = pair;
        const separate = (a: string, b: string): boolean => a === kept && b === duplicate;
        const clusters = clustersOf(records, findDuplicates(records, { separate })).map((ids) =>
          ids.split(' '),
        );
        expect(clusters.filter((ids) => ids.includes(kept) && ids.includes(duplicate))).toEqual([]);
      }),
    );
  });

  it('keeps every known record', () => {
    fc.assert(
      fc.property(recordLists, fc.nat(14), (records, count) => {
        const known = new Set(records.slice(0, count).map(({ id }) => id));
        const { merged } = findDuplicates(records, { known });
        expect(merged.filter(({ duplicate }) => known.has(duplicate))).toEqual([]);
      }),
    );
  });
});
