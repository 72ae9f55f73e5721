import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  evidenceCitations,
  evidenceCsv,
  evidenceCsvHeader,
  evidenceMarkdown,
} from '../../../../src/core/curation/evidenceExport';
import { readCsv } from '../../../../src/core/exports/csv';
import { readRecords } from '../../../../src/core/records/readRecords';
import { citeEvidence } from '../../../../src/core/review/citeEvidence';
import { RecordLookup } from '../../../../src/core/review/recordLookup';
import type { Reference } from '../../../../src/core/review/reviewData';
import { entry, place, words } from './citedEntries';
import { kaplan, kaplanAgain, lopez, review, small } from './reviews';

const lookup = new RecordLookup(review(small));
const none = (): undefined => undefined;

function keysIn(bibliography: string): readonly (string | undefined)[] {
  return readRecords(bibliography, 'bibtex').map(({ id }) => id);
}

describe('cited evidence', () => {
  it('has the citation key, author, year and title of the review, whatever file the sentence is from', () => {
    const ofDuplicate = entry({ citation: '10.1/kaplan', publication: 'Kaplan 2018, Low doses' });
    const ofPaper = entry({ document: 'papers/k.pdf', citation: 'k', publication: kaplan.title });
    const { evidence, bibliography } = citeEvidence([ofDuplicate, ofPaper], lookup, none);
    const key = lookup.citationKey(kaplan);
    for (const each of evidence) {
      expect(each.citation).toBe(key);
      expect(each.publication).toBe(`Kaplan 2019, ${kaplan.title ?? ''}`);
      expect(each.facts).toMatchObject({ authors: kaplan.authors, year: 2019, title: kaplan.title });
    }
    expect(keysIn(bibliography)).toEqual([key]);
    expect(lookup.citationKey(kaplanAgain)).not.toBe(key);
  });

  it('has what only a duplicate of the record states', () => {
    const embase = { ...kaplanAgain, volume: '46', pages: '210-8' };
    const withCopy = new RecordLookup(review({ ...small, records: [kaplan, lopez, embase] }));
    const { evidence, bibliography } = citeEvidence([entry({ citation: '11' })], withCopy, none);
    expect(evidence[0]?.facts).toMatchObject({ pmid: '11', doi: '10.1/kaplan', year: 2019 });
    expect(readRecords(bibliography, 'bibtex')[0]).toMatchObject({ volume: '46', doi: '10.1/kaplan' });
  });

  it('has the key of the record in the document if there is no review', () => {
    const reference: Reference = { ...lopez, key: 'lopez21' };
    const { evidence, bibliography } = citeEvidence(
      [entry({ citation: 'lopez21', document: 'refs.bib' })],
      undefined,
      () => reference,
    );
    expect(evidence[0]).toMatchObject({ citation: 'lopez21', facts: { year: 2021 } });
    expect(readRecords(bibliography, 'bibtex')[0]).toMatchObject({ id: 'lopez21', title: lopez.title });
  });

  it('cites a document that has no record by its name', () => {
    const { evidence, bibliography } = citeEvidence([entry({ citation: 'my notes' })], undefined, none);
    expect(evidence[0]?.citation).toBe('my_notes');
    expect(readRecords(bibliography, 'bibtex')[0]).toMatchObject({ id: 'my_notes', title: 'papers/a.md' });
  });

  it('gives two documents different keys, although their files have one name, also that of a key of the review', () => {
    const key = lookup.citationKey(kaplan);
    const entries = [
      entry({ citation: key, document: 'x/a.md', sentence: 'One.' }),
      entry({ citation: key, document: 'y/a.md', sentence: 'Two.' }),
      entry({ citation: '11', document: 'searches/pubmed.nbib' }),
    ];
    const { evidence, bibliography } = citeEvidence(entries, lookup, none);
    expect(evidence.map(({ citation }) => citation)).toEqual([`${key}_2`, `${key}_3`, key]);
    expect(keysIn(bibliography)).toEqual([key, `${key}_2`, `${key}_3`]);
  });

  it('writes author, year, title and journal into the CSV', () => {
    const { evidence } = citeEvidence([entry({ citation: '11' })], lookup, none);
    const [, row] = readCsv(evidenceCsv(evidence));
    const at = evidenceCsvHeader.indexOf('author');
    expect(row?.slice(at, at + 4)).toEqual(['Kaplan, Ann; Ito, B', '2019', kaplan.title, 'J Rheumatol']);
  });

  it('names the publication with its key in each row of the table', () => {
    const { evidence } = citeEvidence([entry({ citation: '11' })], lookup, none);
    const markdown = evidenceMarkdown(evidence, words);
    expect(markdown).toContain(`| Kaplan 2019, ${kaplan.title ?? ''} [@${lookup.citationKey(kaplan)}] |`);
  });

  it('has an entry in the bibliography for every key, whatever the documents state', () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 6 }), (places) => {
        const cited = citeEvidence(
          places.map((each) => entry(each)),
          lookup,
          none,
        );
        const known = new Set(keysIn(cited.bibliography));
        for (const write of [evidenceMarkdown, evidenceCitations]) {
          const markdown = write(cited.evidence, words);
          for (const { citation } of cited.evidence) {
            expect(known).toContain(citation);
            expect(markdown).toContain(`@${citation}`);
          }
        }
      }),
    );
  });
});
