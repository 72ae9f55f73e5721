import { describe, expect, it } from 'vitest';
import { guessDatabase, named } from '../../../../src/core/review/databaseName';
import { reference } from './support';

describe('guessDatabase', () => {
  it('takes what most records state', () => {
    const stated = ['Embase', 'EMBASE', 'Medline'].map((database) => reference({ database }));
    expect(guessDatabase(stated, 'ris', 'pubmed.ris')).toEqual({ database: 'Embase', kind: 'database' });
    const own = [
      reference({ database: 'Our register' }),
      reference({ database: 'Our register' }),
      reference(),
    ];
    expect(guessDatabase(own, 'ris', 'a.ris')).toEqual({ database: 'Our register', kind: 'database' });
  });

  it('takes the name of the file if few records state a database', () => {
    const stated = [reference({ database: 'Embase' }), reference(), reference()];
    expect(guessDatabase(stated, 'ris', 'exports/scopus_2026.ris').database).toBe('Scopus');
  });

  it.each([
    ['medline', 'pubmed-statins-set.nbib', 'PubMed', 'database'],
    ['medline', 'set.nbib', 'PubMed', 'database'],
    ['wos', 'savedrecs.txt', 'Web of Science', 'database'],
    ['bibtex', 'my_wos_export.bib', 'Web of Science', 'database'],
    ['table', 'SearchResults ClinicalTrials.gov.csv', 'ClinicalTrials.gov', 'register'],
    ['csl-json', 'Zotero library.json', 'Zotero', 'other'],
    ['ris', 'results/export 3.ris', 'export 3', 'database'],
    ['paper', 'smith 2019.pdf', 'smith 2019', 'other'],
  ] as const)('names the database of a file in the format %s named %s', (format, name, database, kind) => {
    expect(guessDatabase([reference()], format, name)).toEqual({ database, kind });
  });
});

describe('named', () => {
  it.each([
    ['Europe PMC', 'Europe PMC'],
    ['PubMed Central', 'PubMed Central'],
    ['NLM', 'PubMed'],
    ['Ovid Embase <1974 to 2026>', 'Embase'],
    ['Ovid MEDLINE(R) ALL', 'MEDLINE'],
    ['Cochrane Central Register of Controlled Trials', 'Cochrane Library'],
    ['Annals of somewhere', undefined],
  ])('of %s is %s', (text, database) => {
    expect(named(text)?.database).toBe(database);
  });
});
