import { describe, expect, it } from 'vitest';
import { halfOf, measureDuplicates, readLabelledRecords, writeDuplicates } from '../../evaluation/duplicates';

const head = 'author,title,year,journal,volume,pages,doi,label,source\n';
const niacin = 'Zinc A,Niacin and the frequency of gout attacks in men,2021,Lead Letters,12,101-9,10.1000/z';
const zinc = 'Iron B,Zinc against the common cold of children at school,2020,Gout Research,3,7-9,NA';
const cobalt = 'Gold C,Cobalt in the water of three small towns and villages,2019,Lead Letters,10,1-9,NA';

describe('the measurement of duplicates', () => {
  it('counts found and missed duplicates, and merges of two records that are kept', () => {
    const rows = [
      `${niacin},In_database,unique`,
      `${niacin},Duplicate_in_trash,duplicate`,
      `${zinc},In_database,unique`,
      `${zinc},In_database,unique`,
      `${cobalt},In_database,duplicate`,
    ];
    const figures = measureDuplicates(readLabelledRecords(`${head}${rows.join('\n')}\n`));
    expect(figures).toMatchObject({
      records: 5,
      publications: 3,
      found: 3,
      recall: 1 / 2,
      precision: 1 / 2,
      acrossDois: 0,
      doubtful: [],
    });
    expect(figures.mistakes.map((cluster) => cluster.map(({ record }) => record.id))).toEqual([
      ['2', '3'],
      ['4'],
    ]);
    expect(writeDuplicates('all', figures)).toBe(
      'all\t5 records\t3 unique (labels: 3)\trecall 50.00\tprecision 50.00\tacross DOIs 0\tdoubtful 0\n',
    );
  });

  it('refuses a table without labels', () => {
    expect(() => readLabelledRecords(`${head}${niacin},In_database,other\n`)).toThrow(
      'The table has no labels.',
    );
  });

  it('puts the copies of a title in one half', () => {
    const [first, second] = readLabelledRecords(
      `${head}${niacin},x,unique\n${niacin.toUpperCase()},x,duplicate\n`,
    ).map(halfOf);
    expect(first).toBe(second);
  });
});
