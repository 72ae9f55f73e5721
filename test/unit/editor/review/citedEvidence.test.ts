import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Evidence } from '../../../../src/core/curation/evidenceFile';
import { RecordLookup } from '../../../../src/core/review/recordLookup';
import { citedEvidence } from '../../../../src/editor/review/citedEvidence';
import { kaplan, review, small } from '../../core/review/reviews';
import { reset } from '../vscode';
import { openReview, type ReviewWindow } from './reviewWindow';

const bib = `@article{ito20, author = {Ito, Ben}, year = {2020}, title = {Ibuprofen and gout in athletes}}
@article{chen21, author = {Chen, Li}, year = {2021}, title = {Diets of the old}}
`;

function entry(document: string, citation: string): Evidence {
  return {
    topic: { kind: 'question', question: 'Does aspirin raise urate?' },
    document,
    start: 3,
    end: 9,
    line: 1,
    sentence: 'It does.',
    probability: 0.9,
    isDenied: false,
    isSpeculative: false,
    citation,
    note: '',
  };
}

let opened: ReviewWindow;

beforeEach(() => reset());
afterEach(() => opened.close());

describe('cited evidence', () => {
  it('is cited by the record of the review, or else by the record in the document', async () => {
    opened = openReview();
    opened.write('mine.bib', bib);
    const entries = [
      entry('searches/pubmed.nbib', '11'),
      entry('mine.bib', 'chen21'),
      entry('gone.md', 'gone'),
    ];
    const { evidence, bibliography } = await citedEvidence(opened.tools, entries);
    const key = new RecordLookup(review(small)).citationKey(kaplan);
    expect(evidence.map(({ citation }) => citation)).toEqual([key, 'chen21', 'gone']);
    expect(evidence.map(({ facts }) => facts?.year)).toEqual([2019, 2021, undefined]);
    for (const { citation } of evidence) expect(bibliography).toContain(`{${citation},`);
  });

  it('needs no review', async () => {
    opened = openReview({ hasReview: false });
    opened.write('mine.bib', bib);
    const { evidence } = await citedEvidence(opened.tools, [entry('mine.bib', 'ito20')]);
    expect(evidence[0]).toMatchObject({
      citation: 'ito20',
      facts: { title: 'Ibuprofen and gout in athletes' },
    });
  });

  it('has what only another copy of the paper in the folder states', async () => {
    opened = openReview({ hasReview: false });
    opened.write('mine.bib', bib);
    const title = 'Ibuprofen and gout in athletes';
    opened.write(
      'pubmed.nbib',
      `PMID- 7\nTI  - ${title}\nFAU - Ito, Benjamin\nDP  - 2019\nTA  - Gout J\nVI  - 4\nPG  - 1-9\n`,
    );
    const publications = [{ start: 0, end: 90, name: `Ito 2019, ${title}`, id: '7' }];
    Object.assign(opened.tools.parts.files, {
      all: () => [{ uri: opened.uri('pubmed.nbib'), publications }],
    });
    const publication = `Ito 2020, ${title}`;
    const { evidence, bibliography } = await citedEvidence(opened.tools, [
      { ...entry('mine.bib', 'ito20'), publication },
      { ...entry('mine.bib', 'chen21'), publication: 'Chen 2021, Diets of the old' },
    ]);
    expect(evidence[0]?.facts).toMatchObject({ year: 2020, authors: ['Ito, Ben'], pmid: '7', pages: '1-9' });
    expect(evidence[1]?.facts?.pmid).toBeUndefined();
    expect(bibliography).toContain('Gout J');
  });

  it('reads no file outside of the workspace', async () => {
    opened = openReview({ hasReview: false });
    const { evidence } = await citedEvidence(opened.tools, [entry('file:///etc/hosts', 'x')]);
    expect(evidence[0]?.facts).toBeUndefined();
  });
});
