import { describe, expect, it } from 'vitest';
import { findDuplicates } from '../../../../src/core/records/duplicates';
import { differencesBetween } from '../../../../src/core/records/fieldDifferences';
import type { IdentifiedRecord } from '../../../../src/core/records/identifiedRecord';

const abstract =
  'Niacin lowers blood fats but may raise uric acid. We followed forty men with gout who took niacin or a placebo for a year. Attacks were counted each month, and uric acid was measured at the clinic by a nurse who did not know the group.';

/** An article as its publisher describes it. */
const article: IdentifiedRecord = {
  id: 'a',
  title: 'Niacin and the frequency of gout attacks in men: a randomized trial',
  abstract,
  authors: ['Zinc, Anna', 'Müller, Ben', 'Gold, Carla M.'],
  year: 2021,
  journal: 'Journal of Veterinary Internal Medicine',
  volume: '12',
  issue: '4',
  pages: '1032-1038',
  keywords: [],
  types: [],
};

/** The conclusion about the article and another record: `same`, `doubtful` or `different`. */
function judged(other: Partial<IdentifiedRecord>, first: Partial<IdentifiedRecord> = {}): string {
  const { merged, doubtful } = findDuplicates([
    { ...article, ...first },
    { ...article, ...other, id: 'b' },
  ]);
  return merged.length > 0 ? 'same' : doubtful.length > 0 ? 'doubtful' : 'different';
}

describe('two records are one publication', () => {
  it.each<[string, Partial<IdentifiedRecord>]>([
    ['with a title in capitals and a full stop', { title: `${article.title?.toUpperCase() ?? ''}.` }],
    ['without the subtitle', { title: 'Niacin and the frequency of gout attacks in men' }],
    ['with what a database adds to the title', { title: `${article.title ?? ''} [Review] [45 refs]` }],
    ['with a title in brackets and its language', { title: `[${article.title ?? ''}]. [German]` }],
    [
      'with a typing error in the title',
      { title: 'Niacin and the frequncy of gout attacks in men: a randomized trial' },
    ],
    ['with an abbreviated journal', { journal: 'J Vet Intern Med' }],
    ['with short pages', { pages: '1032-8' }],
    ['with a long dash and a letter for pages', { pages: 'pp. 1032–1038' }],
    ['with other forms of authors', { authors: ['Zinc A', 'B. Muller', 'Gold CM'] }],
    ['with authors in one text', { authors: ['Zinc A.Muller B.Gold C. M.'] }],
    ['a year apart, once online first', { year: 2020, volume: undefined, issue: undefined, pages: '1-7' }],
    ['without an abstract, volume and pages', { abstract: undefined, volume: undefined, pages: undefined }],
    ['with a volume that a program cut', { volume: '1)', issue: 'SUPPL. 1' }],
    ['retracted since then', { title: `RETRACTED: ${article.title ?? ''}` }],
  ])('%s', (_, other) => {
    expect(judged(other)).toBe('same');
  });

  it('with Greek letters, entities and markup', () => {
    expect(
      judged(
        { title: 'TGF-beta1 and CO2 in Muller cells of the ageing human retina' },
        { title: 'TGF-&beta;1 and CO<sub>2</sub> in M&uuml;ller cells of the ageing human retina' },
      ),
    ).toBe('same');
  });

  it('with titles in two languages at one place in one journal', () => {
    const german = { title: 'Niacin und die Zahl der Gichtanfälle', abstract: undefined, doi: '10.1000/z' };
    const english = { title: '[Vitamin B3 in patients who have gout]', doi: '10.1000/z' };
    expect(judged(german, english)).toBe('same');
  });
});

describe('two records are not merged', () => {
  const plain = { title: 'Niacin and the frequency of gout attacks in men' };

  it.each<[string, Partial<IdentifiedRecord>]>([
    ['an erratum', { title: `Erratum: ${plain.title}`, abstract: undefined, pages: '1400' }],
    ['a correction of Web of Science', { title: `${plain.title} (vol 12, pg 1032, 2021)`, pages: '1400' }],
    ['a comment', { title: `Comment on: ${plain.title}`, abstract: undefined, pages: '1399' }],
    ['a reply', { title: `${plain.title}: Reply`, abstract: undefined, pages: '1401' }],
    ['a protocol', { title: `${plain.title}: a study protocol`, abstract: undefined, year: 2020 }],
    ['the second part', { title: `${plain.title}. Part II` }],
    ['a record that the database calls an erratum', { types: ['Published Erratum'], pages: '1400' }],
  ])('%s and its article', (_, other) => {
    expect(judged(other, plain)).not.toBe('same');
  });

  it('the first part and the second', () => {
    expect(judged({ title: `${plain.title}: part two` }, { title: `${plain.title}: part 1` })).not.toBe(
      'same',
    );
  });

  it('the abstract at a conference and the article', () => {
    const atConference = { year: 2020, journal: 'Gout Research', volume: '3', issue: 'S1', pages: 'S45' };
    expect(judged(atConference)).toBe('doubtful');
  });

  it('an abstract at two conferences', () => {
    expect(judged({ journal: 'Gout Research', volume: undefined, pages: 'S45' })).toBe('doubtful');
  });

  it('articles with different DOIs, as a preprint and what was published', () => {
    expect(judged({ doi: '10.1101/2020.01.02.20000001' }, { doi: '10.1000/niacin' })).toBe('doubtful');
  });

  it('articles with different PMIDs', () => {
    expect(judged({ pmid: '33000002' }, { pmid: '33000001' })).toBe('doubtful');
  });

  it('abstracts that state the DOI of their supplement', () => {
    const other = {
      title: 'Zinc does not change the course of the common cold in children',
      abstract:
        'We gave zinc to one hundred children in three schools, and nothing happened to their colds at all, as their parents told us.',
      authors: ['Iron, David'],
      pages: '1039',
    };
    expect(judged({ ...other, doi: '10.1000/suppl' }, { doi: '10.1000/suppl' })).toBe('different');
  });

  it('letters of two authors with one title on one page', () => {
    const letter = { abstract: undefined, pages: '222' };
    expect(judged({ ...letter, authors: ['Iron, David'] }, letter)).not.toBe('same');
  });

  it('two editorials', () => {
    const editorial = { title: 'Editorial', abstract: undefined, pages: '1' };
    expect(judged({ ...editorial, volume: '13' }, editorial)).not.toBe('same');
  });
});

describe('the search for duplicates', () => {
  const { abstract: _, ...withoutAbstract } = article;
  const copies: IdentifiedRecord[] = [
    { ...withoutAbstract, id: 'x1' },
    { ...article, id: 'x2', doi: '10.1000/niacin', pmid: '33000001' },
    { ...article, id: 'x3', doi: 'https://doi.org/10.1000/NIACIN' },
    { ...withoutAbstract, id: 'x4', pmid: '33000001' },
  ];

  it('keeps the most complete record and names the reason of each merge', () => {
    expect(findDuplicates(copies).merged).toEqual([
      { kept: 'x2', duplicate: 'x1', reason: 'match', probability: expect.any(Number) as number },
      { kept: 'x2', duplicate: 'x3', reason: 'doi' },
      { kept: 'x2', duplicate: 'x4', reason: 'pmid' },
    ]);
  });

  it('keeps the first of equally complete records', () => {
    const equal = ['y2', 'y1', 'y3'].map((id) => ({ ...article, id }));
    expect(findDuplicates(equal).merged.map(({ kept }) => kept)).toEqual(['y2', 'y2']);
  });

  it('keeps what was kept before, and leaves alone what was compared before', () => {
    const { merged } = findDuplicates(copies, { known: new Set(['x1']) });
    expect(new Set(merged.map(({ kept }) => kept))).toEqual(new Set(['x1']));
    expect(merged).toHaveLength(3);
    const allKnown = { known: new Set(copies.map(({ id }) => id)) };
    expect(findDuplicates(copies, allKnown)).toEqual({ merged: [], doubtful: [] });
  });

  it('does not join two records that were compared before through a new one', () => {
    const { merged } = findDuplicates(copies, { known: new Set(['x1', 'x2']) });
    expect(merged.map(({ duplicate }) => duplicate)).toEqual(['x3', 'x4']);
  });

  it('finds a new record by the DOI of an earlier duplicate, and names the record that is kept', () => {
    const records: IdentifiedRecord[] = [
      { ...withoutAbstract, id: 'k', pages: undefined },
      { ...article, id: 'd', doi: '10.1000/niacin' },
      { ...article, id: 'n', title: undefined, authors: [], abstract: undefined, doi: '10.1000/niacin' },
    ];
    const options = { known: new Set(['k', 'd']), mergedBefore: new Map([['d', 'k']]) };
    expect(findDuplicates(records, options)).toEqual({
      merged: [{ kept: 'k', duplicate: 'n', reason: 'doi' }],
      doubtful: [],
    });
  });

  it('neither merges nor shows records that a person has called two', () => {
    const separate = (a: string, b: string): boolean => a === 'x2' && b === 'x3';
    const pair = copies.slice(1, 3);
    expect(findDuplicates(pair, { separate })).toEqual({ merged: [], doubtful: [] });
    expect(findDuplicates(pair).merged).toHaveLength(1);
  });

  it('shows a doubtful pair once, with the fields that differ', () => {
    const preprint = { ...article, id: 'p', journal: 'medRxiv', doi: '10.1101/2020.01.02.20000001' };
    const published = [
      { ...article, id: 'q', doi: '10.1000/niacin' },
      { ...article, id: 'r', doi: '10.1000/niacin' },
    ];
    const { merged, doubtful } = findDuplicates([preprint, ...published]);
    expect(merged.map(({ duplicate }) => duplicate)).toEqual(['r']);
    expect(doubtful).toHaveLength(1);
    expect(doubtful[0]?.probability).toBeLessThan(0.9);
    const [pair] = doubtful;
    const recordOf = (id: string | undefined) =>
      [preprint, ...published].find((each) => each.id === id) ?? preprint;
    expect(differencesBetween(recordOf(pair?.kept), recordOf(pair?.duplicate))).toEqual([
      { field: 'journal', a: 'medRxiv', b: 'Journal of Veterinary Internal Medicine' },
      { field: 'doi', a: '10.1101/2020.01.02.20000001', b: '10.1000/niacin' },
    ]);
  });

  it('does not join an abstract at a conference and the article through a record that fits both', () => {
    const records: IdentifiedRecord[] = [
      { ...article, id: '1' },
      {
        ...article,
        id: '2',
        year: 2020,
        journal: 'Gout Research',
        volume: '3',
        pages: 'S45',
        doi: '10.1000/s',
      },
      { ...article, id: '3', doi: '10.1000/niacin' },
      { ...article, id: '4', journal: undefined, volume: undefined, pages: undefined, year: undefined },
    ];
    const { merged } = findDuplicates(records);
    expect(merged.map(({ kept, duplicate }) => [kept, duplicate])).toEqual([
      ['3', '1'],
      ['3', '4'],
    ]);
  });

  it('finds copies among many records of one title', () => {
    const many = Array.from({ length: 60 }, (_each, index) => ({
      ...article,
      id: `m${String(index).padStart(2, '0')}`,
    }));
    expect(findDuplicates(many).merged).toHaveLength(59);
  });
});

describe('the differences between two records', () => {
  it('leave out case, accents and punctuation, and show what one lacks as empty', () => {
    const other = { ...article, authors: ['ZINC, Anna', 'Muller, Ben', 'Gold, Carla M'], issue: undefined };
    expect(differencesBetween(article, { ...other, year: 2022 })).toEqual([
      { field: 'year', a: '2021', b: '2022' },
      { field: 'issue', a: '4', b: '' },
    ]);
  });
});

it('asks a person when a new record shows that two earlier ones are one', () => {
  const other = { ...article, id: 'b' };
  const link = { ...article, id: 'c', pmid: '7', doi: '10.1000/b' };
  const earlier = [
    { ...article, pmid: '7' },
    { ...other, doi: '10.1000/b' },
  ];
  const known = new Set(['a', 'b']);
  const found = findDuplicates([...earlier, link], { known });
  const pairs = [...found.merged, ...found.doubtful].map(({ kept, duplicate }) =>
    [kept, duplicate].sort().join(),
  );
  expect(found.merged).toHaveLength(1);
  expect(pairs.length).toBeGreaterThan(1);
  const separate = (): boolean => true;
  expect(findDuplicates([...earlier, link], { known, separate }).doubtful).toEqual([]);
});
