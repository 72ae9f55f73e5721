import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keysOfRecord } from '../../../../src/core/records/publicationKeys';
import type { IndexedPassage, SearchRequest } from '../../../../src/protocol/indexMessages';
import { PassageStore } from '../../../../src/runtime/index/passageStore';
import { openSql, type Sql } from '../../../../src/runtime/index/sqlite';
import { VectorSearch } from '../../../../src/runtime/index/vectorSearch';

let folder = '';
let file = '';
let sql: Sql;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-index-'));
  file = path.join(folder, 'index.sqlite');
  sql = openSql(file, 'wasm');
});

afterEach(() => {
  sql.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

function passage(text: string, start = 0): IndexedPassage {
  return {
    passage: {
      start,
      end: start + text.length,
      text,
      base: start,
      runs: [{ start: 0, length: text.length, documentStart: 0, documentLength: text.length }],
      sentences: [{ start: 0, end: text.length }],
    },
    sentenceLines: [7],
  };
}

const tamoxifen = passage('Tamoxifen lowers the risk of breast cancer.');
const imatinib = passage('Imatinib inhibits BCR-ABL in chronic leukemias.', 44);

/** The counts of an index with one document that is no publication. */
const counted = { papers: 0, otherDocuments: 1, isRebuilt: false };
const unread = { partModels: '', parts: 0, papers: 1 };
const read = { partModels: 'm', parts: 1, papers: 1 };

describe('PassageStore', () => {
  it('finds passages by the words of a question with any endings, and returns them unchanged', () => {
    const store = new PassageStore(sql);
    store.put({ document: 'file:/a', stamp: '1', content: 'c1', passages: [tamoxifen, imatinib] });
    expect(store.search({ question: 'What is inhibited by imatinib in leukemia?', limit: 1 })).toEqual([
      { document: 'file:/a', ...imatinib },
    ]);
    expect(store.stats()).toEqual({ ...counted, passages: 2, relations: 0, embedded: 0, skippedPairs: 0 });
  });

  it('finds a passage once that two databases exported for one paper', () => {
    const store = new PassageStore(sql);
    const title = 'Selective inhibition of BCR-ABL by imatinib in leukemia';
    const copyIn = (document: string, citation: string) => {
      const { passage, sentenceLines } = imatinib;
      const copy = { passage: { ...passage, publication: `Kaplan 2001, ${title}`, citation }, sentenceLines };
      store.put({ document, stamp: '1', content: document, passages: [copy, tamoxifen] });
    };
    copyIn('file:/pubmed', '11');
    copyIn('file:/embase', '10.1000/x');
    const found = store.search({ question: 'imatinib leukemia', limit: 4 });
    expect(found.map(({ document }) => document)).toEqual(['file:/pubmed']);
  });

  it.each(['', 'what is the', '"', 'a* OR NEAR(', "'; DROP TABLE words; --", 'NOT', '(((', 'col:x'])(
    'reads %j as words, never as an operator',
    (question) => {
      const store = new PassageStore(sql);
      store.put({ document: 'file:/a', stamp: '1', content: 'c1', passages: [tamoxifen] });
      expect(() => store.search({ question, limit: 5 })).not.toThrow();
      expect(store.stats().passages).toBe(1);
    },
  );

  describe('for a question about a concept with several names', () => {
    const question = 'Does acetaminophen harm the liver?';
    const concepts = [
      {
        type: 'Chemical',
        name: 'Acetaminophen',
        synonyms: ['paracetamol', 'apap', 'n-acetyl-p-aminophenol', 'panadolextra'],
        mention: { start: 5, end: 18 },
      },
    ];
    const others = Array.from({ length: 40 }, (_, i) => `Sample ${i} of the liver was stored for a year.`);
    const search = (texts: readonly string[], limit: number) => {
      const store = new PassageStore(sql);
      const passages = texts.map((text, i) => passage(text, i * 100));
      store.put({ document: 'file:/a', stamp: '1', content: 'c1', passages });
      return store.search({ question, concepts, limit }).map(({ passage: { text } }) => text);
    };

    it.each([
      'Paracetamol in high doses.',
      'We gave Panadol extra to mice.',
      'N-acetyl-p-aminophenol was given.',
    ])('finds the passage that only says: %s', (text) => {
      expect(search([...others, text], 2)).toContain(text);
      const store = new PassageStore(sql);
      expect(store.search({ question, limit: 60 }).map((each) => each.passage.text)).not.toContain(text);
    });

    it('counts another name as much as that of the question', () => {
      const filler = 'in a study of many mice that were kept for a year.';
      const named = [`Acetaminophen ${filler}`, `Paracetamol ${filler}`, `APAP harmed the liver ${filler}`];
      const found = search([...others, ...named], 3);
      expect(found[0]).toBe(named[2]);
      expect([...found].sort()).toEqual([...named].sort());
    });

    it('does not take a part of a word or another name for a name', () => {
      const texts = ['Paracetamolum was given.', 'Panadol and extra doses.', 'APAPX was given.'];
      expect(search([...others, ...texts], 60).filter((text) => texts.includes(text))).toEqual([]);
    });
  });

  it('replaces and removes documents together with their passages and findings', () => {
    const store = new PassageStore(sql);
    store.put({ document: 'file:/a', stamp: '1', content: 'c1', passages: [tamoxifen] });
    store.putFindings({
      document: 'file:/a',
      models: 'm',
      relations: [{ probability: 0.9, payload: 'r' }],
      skippedPairs: 3,
      vectors: [Float32Array.of(1, 0)],
    });
    store.put({ document: 'file:/a', stamp: '2', content: 'c2', passages: [imatinib] });
    expect(store.search({ question: 'tamoxifen', limit: 5 })).toEqual([]);
    expect(store.known()).toEqual([
      { document: 'file:/a', stamp: '2', content: 'c2', models: '', ...unread },
    ]);
    expect(store.stats()).toMatchObject({ relations: 0, embedded: 0, skippedPairs: 0 });
    store.remove(['file:/a', 'file:/unknown']);
    expect(store.stats()).toMatchObject({ papers: 0, otherDocuments: 0, passages: 0 });
  });

  it('gives a known document another stamp and keeps its findings', () => {
    const store = new PassageStore(sql);
    store.put({ document: 'file:/a', stamp: '1', content: 'c1', passages: [tamoxifen] });
    const relations = [{ probability: 0.9, payload: 'r' }];
    store.putFindings({ document: 'file:/a', models: 'm', relations, skippedPairs: 0, vectors: [] });
    store.restamp({ document: 'file:/a', stamp: '2' });
    store.restamp({ document: 'file:/unknown', stamp: '2' });
    expect(store.known()).toEqual([{ document: 'file:/a', stamp: '2', content: 'c1', models: 'm', ...read }]);
    expect(store.stats()).toMatchObject({ otherDocuments: 1, passages: 1, relations: 1 });
  });

  it('finds a passage without words of the question by its embedding', () => {
    const store = new PassageStore(sql);
    store.put({ document: 'file:/a', stamp: '1', content: 'c1', passages: [tamoxifen, imatinib] });
    store.putFindings({
      document: 'file:/a',
      models: 'm',
      relations: [],
      skippedPairs: 0,
      vectors: [Float32Array.of(1, 0), Float32Array.of(0, 1)],
    });
    const [first] = store.search({ question: 'kinase', vector: Float32Array.of(0.1, 0.9), limit: 1 });
    expect(first?.passage.text).toBe(imatinib.passage.text);
  });

  it('keeps everything when the file is opened again', () => {
    const first = new PassageStore(sql);
    first.put({ document: 'file:/a', stamp: '1', content: 'c1', passages: [tamoxifen] });
    first.putFindings({
      document: 'file:/a',
      models: 'm',
      relations: [{ probability: 0.5, payload: 'r' }],
      skippedPairs: 3,
      vectors: [Float32Array.of(1, 0)],
    });
    sql.close();
    sql = openSql(file, 'wasm');
    const second = new PassageStore(sql);
    expect(second.known()).toEqual([
      { document: 'file:/a', stamp: '1', content: 'c1', models: 'm', ...read },
    ]);
    expect(second.stats()).toEqual({ ...counted, passages: 1, relations: 1, embedded: 1, skippedPairs: 3 });
    expect(second.relations({ from: 0, limit: 10 })).toEqual([{ document: 'file:/a', payloads: ['r'] }]);
  });

  it('returns the most probable relations, grouped by document', () => {
    const store = new PassageStore(sql);
    for (const [document, probabilities] of [
      ['file:/b', [0.2, 0.9]],
      ['file:/a', [0.8]],
    ] as const) {
      store.put({ document, stamp: '1', content: 'c1', passages: [] });
      const relations = probabilities.map((probability) => ({ probability, payload: String(probability) }));
      store.putFindings({ document, models: 'm', relations, skippedPairs: 0, vectors: [] });
    }
    expect(store.relations({ from: 2, limit: 5 })).toEqual([{ document: 'file:/b', payloads: ['0.2'] }]);
    expect(store.relations({ from: 0, limit: 2 })).toEqual([
      { document: 'file:/a', payloads: ['0.8'] },
      { document: 'file:/b', payloads: ['0.9'] },
    ]);
  });

  it('reads the vectors again after another connection changed them', () => {
    const vectors = new VectorSearch();
    const embed = (document: string, of: PassageStore, vector: Float32Array): void => {
      of.put({ document, stamp: '1', content: 'c1', passages: [passage(`Text of ${document}.`)] });
      of.putFindings({ document, models: 'm', relations: [], skippedPairs: 0, vectors: [vector] });
    };
    const nearest = (of: PassageStore, vector: Float32Array) =>
      of.search({ question: '', vector, limit: 1 })[0]?.document;
    const first = new PassageStore(sql, vectors);
    embed('file:/a', first, Float32Array.of(1, 0));
    expect(nearest(first, Float32Array.of(0, 1))).toBe('file:/a');
    embed('file:/b', new PassageStore(sql), Float32Array.of(0, 1));
    expect(nearest(first, Float32Array.of(0, 1))).toBe('file:/b');
    embed('file:/a', first, Float32Array.of(0.1, 1));
    expect(nearest(first, Float32Array.of(0.1, 1))).toBe('file:/a');
  });

  describe('with a document that is read in parts', () => {
    const document = 'file:/set.nbib';
    const marks = { tagging: 'k', model: '{}' };
    const findings = (number: number, isLast: boolean, models = 'm') => ({
      ...{ document, models, skippedPairs: 1 },
      part: { number, isLast, start: number * 44, end: (number + 1) * 44 },
      marks: { ...marks, record: `part ${number}` },
      relations: [{ probability: 0.9, payload: `r${number}` }],
      vectors: [number === 0 ? Float32Array.of(1, 0) : Float32Array.of(0, 1)],
    });
    const setUp = (): PassageStore => {
      const store = new PassageStore(sql);
      store.put({ document, stamp: '1', content: 'c1', passages: [tamoxifen, imatinib] });
      store.putFindings(findings(0, false));
      return store;
    };

    it('shows the relations of the first part, and where to go on', () => {
      const store = setUp();
      expect(store.known()).toMatchObject([{ models: '', partModels: 'm', parts: 1 }]);
      expect(store.stats()).toMatchObject({ relations: 1, embedded: 1, skippedPairs: 1 });
      expect(store.findings.marks([document])).toEqual([]);
    });

    it('has the marks of all parts when the last one is stored', () => {
      const store = setUp();
      store.putFindings(findings(1, true));
      expect(store.known()).toMatchObject([{ models: 'm', parts: 2 }]);
      expect(store.stats()).toMatchObject({ relations: 2, embedded: 2, skippedPairs: 2 });
      expect(store.findings.marks([document, 'file:/unknown'])).toEqual([
        { document, content: 'c1', ...marks, records: ['part 0', 'part 1'] },
      ]);
    });

    it('drops the parts of other models when the first part is stored again', () => {
      const store = setUp();
      store.putFindings(findings(1, true));
      store.putFindings(findings(0, false, 'm2'));
      expect(store.known()).toMatchObject([{ models: '', partModels: 'm2', parts: 1 }]);
      expect(store.stats()).toMatchObject({ relations: 1, skippedPairs: 1 });
      store.remove([document]);
      expect(sql.all('SELECT count(*) AS n FROM marks')).toEqual([{ n: 0 }]);
    });
  });

  it('counts papers once, whatever files have copies of them, and other documents by themselves', () => {
    const store = new PassageStore(sql);
    const publication = 'Kaplan 2019, Effects of metformin on the growth of breast cancer';
    const of = (from: IndexedPassage, stated: object): IndexedPassage => ({
      ...from,
      passage: { ...from.passage, ...stated },
    });
    const copies = [of(tamoxifen, { publication, citation: '31' }), of(imatinib, { citation: '32' })];
    store.put({ document: 'file:/a.nbib', stamp: '1', content: 'c', passages: copies });
    const embase = [of(tamoxifen, { publication, citation: '10.1000/x' })];
    store.put({ document: 'file:/b.ris', stamp: '1', content: 'c', passages: embase });
    store.put({ document: 'file:/draft.md', stamp: '1', content: 'c', passages: [tamoxifen] });
    store.put({ document: 'file:/evidence.md', stamp: '1', content: 'c', passages: [] });
    expect(store.stats()).toMatchObject({ papers: 2, otherDocuments: 1 });
    expect(store.publications.extent(undefined)).toEqual({ papers: 2, otherDocuments: 1, searched: 4 });
  });

  it('remembers that it replaces an index of an earlier version, until it is complete', () => {
    expect(new PassageStore(sql).stats().isRebuilt).toBe(false);
    sql.exec('PRAGMA user_version = 1');
    const store = new PassageStore(sql);
    expect(store.stats().isRebuilt).toBe(true);
    expect(new PassageStore(sql).stats().isRebuilt).toBe(true);
    store.complete();
    expect(new PassageStore(sql).stats().isRebuilt).toBe(false);
  });

  it('leaves a database of a newer version alone', () => {
    new PassageStore(sql).put({ document: 'file:/a', stamp: '1', content: 'c1', passages: [tamoxifen] });
    sql.exec('PRAGMA user_version = 999');
    expect(() => new PassageStore(sql)).toThrow('A newer version');
    expect(sql.all('SELECT count(*) AS n FROM documents')).toEqual([{ n: 1 }]);
  });

  it('reports the error of a failed transaction and keeps nothing of it', () => {
    const store = new PassageStore(sql);
    store.put({ document: 'file:/a', stamp: '1', content: 'c1', passages: [tamoxifen] });
    const run = sql.run.bind(sql);
    let runs = 0;
    sql = {
      ...sql,
      run: (text, ...values) => {
        // SQLite rolls back by itself when the disk is full.
        if (++runs === 4) sql.exec('ROLLBACK');
        if (runs === 4) throw new Error('database or disk is full');
        run(text, ...values);
      },
    };
    const failing = new PassageStore(sql);
    expect(() =>
      failing.put({ document: 'file:/b', stamp: '1', content: 'c1', passages: [imatinib] }),
    ).toThrow('is full');
    expect(store.stats()).toMatchObject({ otherDocuments: 1, passages: 1 });
  });

  describe('with a filter', () => {
    const question = 'Does aspirin raise urate?';
    const about = (text: string, start: number, publication?: string, citation?: string): IndexedPassage => {
      const { passage: found, sentenceLines } = passage(text, start);
      return { passage: { ...found, publication, citation }, sentenceLines };
    };
    const aim = 'Kaplan 2019, Low doses of aspirin raise the urate of old patients';
    /** Three hundred passages of other publications say more about the question than the one that is wanted. */
    const filled = (): PassageStore => {
      const store = new PassageStore(sql);
      const others = Array.from({ length: 300 }, (_, i) =>
        about(
          'Aspirin raised the urate; aspirin raised urate.',
          i * 100,
          `Ito ${1900 + (i % 99)}, Title ${i}`,
          `${i}`,
        ),
      );
      const wanted = about('Urate rose in patients.', 40_000, aim, 'x77');
      store.put({ document: 'file:/all.nbib', stamp: '1', content: 'c', passages: [...others, wanted] });
      const draft = about('I think that aspirin raises urate.', 0);
      store.put({ document: 'file:/draft.md', stamp: '1', content: 'd', passages: [draft] });
      const paper = about('Aspirin raised urate in the paper.', 0);
      const name = 'biobert-paper:/p/smith.pdf%20%28text%29?file';
      store.put({ document: name, stamp: '1', content: 'e', passages: [paper] });
      return store;
    };
    const textsOf = (store: PassageStore, request: Partial<SearchRequest>) =>
      store.search({ question, limit: 48, ...request }).map((found) => found.passage.text);

    it('finds a publication however many others rank before it', () => {
      const store = filled();
      const keys = keysOfRecord({ title: aim.slice(13), authors: ['Kaplan, A'], year: 2019 });
      expect(textsOf(store, {})).not.toContain('Urate rose in patients.');
      const [found, ...others] = store.search({ question, limit: 48, only: { keys } });
      expect(found?.passage).toMatchObject({ publication: aim, citation: 'x77' });
      expect(others).toEqual([]);
      expect(store.publications.extent({ keys })).toEqual({ papers: 1, otherDocuments: 0, searched: 1 });
    });

    it('finds only such passages by their meaning', () => {
      const store = filled();
      const vectors = Array.from({ length: 301 }, (_, i) =>
        i < 300 ? Float32Array.of(1, 0) : Float32Array.of(0, 1),
      );
      const findings = { models: 'm', relations: [], skippedPairs: 0, vectors };
      store.putFindings({ document: 'file:/all.nbib', ...findings });
      const request = { question: '', vector: Float32Array.of(1, 0), only: { keys: ['id x77'] } };
      expect(textsOf(store, request)).toEqual(['Urate rose in patients.']);
    });

    it('leaves out a page that names no publication, such as a draft that Pandoc set', () => {
      const store = filled();
      const page = (name: string, publication?: string) => {
        const passages = [about(`Aspirin raised urate in ${name}.`, 0, publication)];
        store.put({ document: `file:/${name}.html`, stamp: '1', content: 'p', passages });
      };
      page('out');
      page('saved', 'Zinc 2021, Niacin in gout and in other diseases');
      store.remove(['file:/all.nbib']);
      expect(textsOf(store, { only: { recordsOnly: true } }).toSorted()).toEqual([
        'Aspirin raised urate in saved.',
        'Aspirin raised urate in the paper.',
      ]);
      expect(store.stats()).toMatchObject({ papers: 2, otherDocuments: 2 });
    });

    it('leaves out drafts and notes, but no papers', () => {
      const store = filled();
      store.remove(['file:/all.nbib']);
      expect(textsOf(store, {})).toHaveLength(2);
      expect(textsOf(store, { only: { recordsOnly: true } })).toEqual(['Aspirin raised urate in the paper.']);
      expect(store.publications.extent({ recordsOnly: true })).toEqual({
        papers: 1,
        otherDocuments: 0,
        searched: 1,
      });
      expect(store.publications.extent(undefined)).toEqual({ papers: 1, otherDocuments: 1, searched: 2 });
    });

    it('searches nothing if nothing is wanted', () => {
      const store = filled();
      expect(
        store.search({ question, limit: 48, vector: Float32Array.of(1, 0), only: { keys: [] } }),
      ).toEqual([]);
      expect(store.publications.extent({ keys: [] })).toEqual({ papers: 0, otherDocuments: 0, searched: 0 });
    });

    it('lists the relations of these publications only', () => {
      const store = filled();
      const relations = [
        { probability: 0.9, payload: 'other', publication: 'Ito 1900, Title 0', citation: '0' },
        { probability: 0.5, payload: 'wanted', publication: aim, citation: 'x77' },
      ];
      const findings = { models: 'm', relations, skippedPairs: 0, vectors: [] };
      store.putFindings({ document: 'file:/all.nbib', ...findings });
      const only = { keys: ['id x77'] };
      expect(store.relations({ from: 0, limit: 1, only })).toEqual([
        { document: 'file:/all.nbib', payloads: ['wanted'] },
      ]);
      expect(store.relations({ from: 0, limit: 2 })[0]?.payloads).toEqual(['other', 'wanted']);
    });

    it('forgets the publications of a document that is removed', () => {
      const store = filled();
      store.remove(['file:/all.nbib', 'file:/draft.md', 'biobert-paper:/p/smith.pdf%20%28text%29?file']);
      expect(sql.all('SELECT count(*) AS n FROM publications')).toEqual([{ n: 0 }]);
      expect(store.publications.extent({ keys: ['id x77'] })).toEqual({
        papers: 0,
        otherDocuments: 0,
        searched: 0,
      });
    });
  });
});
