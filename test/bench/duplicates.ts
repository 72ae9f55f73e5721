/** Time of the search for duplicates, by the number of records. */
import { findDuplicates } from '../../src/core/records/duplicates';
import type { BenchContext } from './context';
import { type MadeUpRecords, madeUpRecords } from './madeUpRecords';
import { interleave, median, medianRatio, milliseconds, number, type Row, times } from './measure';

export async function duplicates({ isQuick, rounds }: BenchContext): Promise<Row[]> {
  const count = isQuick ? 4000 : 20_000;
  const whole = madeUpRecords(count);
  const quarter = madeUpRecords(count / 4);
  const [wholeMs = [], quarterMs = []] = await interleave(rounds, [
    () => Promise.resolve(findDuplicates(whole.records)),
    () => Promise.resolve(findDuplicates(quarter.records)),
  ]);
  const { found, wrong, copies } = mergesOf(whole);
  return [
    {
      what: `Duplicates among ${number(count)} records, of which ${number(copies)} are copies`,
      measured: `${milliseconds(median(wholeMs))}; ${number(found)} found, ${number(wrong)} wrong`,
      aim: '≤ 20,000 ms',
    },
    {
      what: `The same, over the time for ${number(count / 4)} records`,
      measured: times(medianRatio(wholeMs, quarterMs)),
      aim: '≤ 5×',
    },
  ];
}

/** How many copies are merged with a record of their publication, and how many records with one of another. */
function mergesOf({ records, publications }: MadeUpRecords): Record<'found' | 'wrong' | 'copies', number> {
  const publicationOf = new Map(records.map(({ id }, index) => [id, publications[index]]));
  const { merged } = findDuplicates(records);
  const right = merged.filter(
    ({ kept, duplicate }) => publicationOf.get(kept) === publicationOf.get(duplicate),
  );
  return {
    found: right.length,
    wrong: merged.length - right.length,
    copies: records.length - new Set(publications).size,
  };
}
