import { keysOfPlace, publicationTest } from '../../../../src/core/records/publicationKeys';
import { describe, expect, it } from 'vitest';
import { RecordLookup } from '../../../../src/core/review/recordLookup';
import { decided, kaplan, kaplanAgain, lopez, merged, review, small } from './reviews';

describe('RecordLookup', () => {
  const lookup = new RecordLookup(review(small));

  it('finds the record of a place, and for a duplicate the record that is kept', () => {
    expect(lookup.find({ citation: '11', publication: undefined })).toBe(kaplan);
    expect(lookup.find({ citation: '10.1/kaplan', publication: 'Kaplan 2018, another' })).toBe(kaplan);
    expect(lookup.find({ citation: undefined, publication: lopez.title })).toBe(lopez);
    expect(lookup.find({ citation: '12', publication: 'Unknown 2020, Title' })).toBeUndefined();
  });

  it('prefers an identifier to a title', () => {
    const reprint = { ...lopez, id: 'pmid:99', pmid: '99', doi: undefined };
    const found = new RecordLookup(review({ records: [lopez, reprint] }));
    expect(found.find({ citation: '99', publication: `López 2021, ${lopez.title ?? ''}` })).toBe(reprint);
  });

  it('keeps citation keys when records are merged', () => {
    const separate = new RecordLookup(review({ ...small, duplicates: [] }));
    for (const record of small.records) expect(separate.citationKey(record)).toBe(lookup.citationKey(record));
    expect(new Set(small.records.map((record) => lookup.citationKey(record))).size).toBe(3);
  });

  it('completes a record from its duplicates, in a bibliography, too', () => {
    const embase = { ...kaplanAgain, volume: '46', pages: '210-8' };
    const found = new RecordLookup(review({ ...small, records: [kaplan, lopez, embase] }));
    const complete = { ...kaplan, doi: '10.1/kaplan', volume: '46', pages: '210-8' };
    expect(found.complete(kaplan)).toEqual(complete);
    expect(found.complete(embase)).toEqual({ ...embase, pmid: '11' });
    expect(found.complete(lopez)).toBe(lopez);
    expect(found.withCitationKeys(new Set([found.citationKey(kaplan)]))).toEqual([complete]);
  });

  it('gives the keys of included records and of their duplicates, and no others', () => {
    const state = review({
      ...small,
      decisions: [decided(kaplan.id, 'include'), decided(lopez.id, 'exclude')],
    });
    const { keys: included = [] } = lookup.included(state);
    expect(included).toContain('id 11');
    expect(included).toContain(`id ${kaplanAgain.doi ?? ''}`);
    expect(included).not.toContain(`id ${lopez.doi ?? ''}`);
    expect(lookup.included(review(small))).toEqual({ keys: [], others: [] });
  });

  it('tells an excluded abstract from the included article of its title', () => {
    const title = 'Aspirin raises the urate of people with gout';
    const article = { ...kaplan, id: 'article', title, pmid: '71', doi: undefined };
    const abstract = { ...lopez, id: 'abstract', title, pmid: '72', doi: undefined };
    const decisions = [decided('article', 'include'), decided('abstract', 'exclude')];
    const state = review({ records: [article, abstract], decisions });
    const passes = publicationTest(new RecordLookup(state).included(state));
    const at = (citation: string | undefined) => passes(keysOfPlace({ citation, publication: title }));
    expect([at('71'), at('72'), at(undefined)]).toEqual([true, false, true]);
  });

  it('names a publication by the record that is kept', () => {
    expect(lookup.names.get(`id ${kaplanAgain.doi ?? ''}`)).toBe(`Kaplan 2019, ${kaplan.title ?? ''}`);
  });

  it('stays while decisions are made, until records are merged', () => {
    const state = review(small);
    const made = new RecordLookup(state);
    state.screening.add(decided(kaplan.id, 'include'));
    expect(made.isOf(state)).toBe(true);
    state.duplicates.add(merged(kaplan.id, lopez.id));
    expect(made.isOf(state)).toBe(false);
  });
});
