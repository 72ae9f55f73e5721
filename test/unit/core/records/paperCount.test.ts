import { describe, expect, it } from 'vitest';
import { countDocuments, countPapers, papersOf } from '../../../../src/core/records/paperCount';

const title = 'Effects of metformin on the growth of breast cancer cells';
const place = (publication?: string, citation?: string) => ({ publication, citation });

describe('countPapers', () => {
  it.each([
    ['copies with one PubMed number', [place(`Kaplan 2019, ${title}`, '31'), place(undefined, '31')], 1],
    ['one title from two databases', [place(`Kaplan 2019, ${title}`, '31'), place(title, '10.1000/x')], 1],
    ['an article and an abstract with its title', [place(title, '31'), place(title, '32')], 2],
    [
      'three copies, of which one has two identifiers',
      [place(title, '31'), place(title, '10.1000/x'), place(undefined, '31')],
      1,
    ],
    [
      'publications under one citation key in two files',
      [place('Kaplan 2019, Gout', 'kaplan'), place('Weiss 2020, Asthma', 'kaplan')],
      2,
    ],
    ['short titles that many papers have', [place('Editorial', '1'), place('Editorial', '2')], 2],
    ['documents that state nothing', [place(), place()], 2],
  ] as const)('counts %s', (_name, places, papers) => {
    expect(countPapers(places)).toBe(papers);
  });
});

describe('papersOf', () => {
  it('gives the copies of a paper one number', () => {
    const places = [
      place(`Kaplan 2019, ${title}`, '31'),
      place('Weiss 2020, Gout', '7'),
      place(title),
      place(),
    ];
    expect(papersOf(places)).toEqual([0, 1, 0, 2]);
  });
});

describe('countDocuments', () => {
  it('counts each paper once, and drafts and notes as other documents', () => {
    const at = (document: string, isPublished: boolean, stated = place()) => ({
      document,
      isPublished,
      stated,
    });
    const counts = countDocuments([
      at('a.nbib', true, place(`Kaplan 2019, ${title}`, '31')),
      at('b.ris', true, place(title, '10.1000/x')),
      at('scan.pdf', true),
      at('my-review.docx', false, place('My review')),
      at('my-review.docx', false),
      at('out.html', false),
    ]);
    expect(counts).toEqual({ papers: 2, otherDocuments: 2 });
  });
});
