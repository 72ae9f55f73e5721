import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../../src/core/curation/evidenceFile';
import { parseDocument } from '../../../../src/core/documents/parse';
import { segmentSpan } from '../../../../src/core/documents/place';
import type { ConceptLink, Entity, Relation, TextPassage } from '../../../../src/core/types';
import type {
  FolderRelation,
  FolderSource,
  FolderText,
} from '../../../../src/runtime/assistant/folderSource';
import { assistantTools } from '../../../../src/runtime/assistant/tools';
import type { DocumentEntities } from '../../../../src/runtime/folder/grouping';
import { smallReview } from '../../../support/smallReview';

const texts: Readonly<Record<string, string>> = {
  'file:///p/a.nbib':
    'PMID- 31\nTI  - Aspirin and gout in the elderly: a long trial.\nAB  - ASA raised urate. It did\n      not cause gout.\n',
  'file:///p/copy.ris':
    'TY  - JOUR\nTI  - Aspirin and gout in the elderly: a long trial.\nAB  - ASA raised urate. It did not cause gout.\n',
  'file:///p/notes/draft.md': 'I read of **aspirin** and gout.\n\nBRCA1 is another matter.',
};
const paper = { name: 'Kaplan 2019, Aspirin and gout in the elderly: a long trial', id: '31' };
const aspirin: ConceptLink = { id: 'MESH:D001241', name: 'Aspirin', source: 'MeSH 2024', method: 'name' };
const signal = new AbortController().signal;

function entity(document: string, name: string, type: string, concept?: ConceptLink): Entity {
  const text = texts[document] ?? '';
  const start = text.indexOf(name);
  const concepts = concept && [concept];
  return { start, end: start + name.length, text: name, name, type, probability: 0.9, concepts };
}

function tagged(document: string, isPublication: boolean, entities: readonly Entity[]): DocumentEntities {
  const span = { start: 0, end: (texts[document] ?? '').length };
  return {
    document,
    entities,
    abbreviations: [],
    publications: isPublication ? [{ ...span, ...paper }] : [],
  };
}

const [nbib, ris, draft] = Object.keys(texts) as [string, string, string];

const documents: readonly DocumentEntities[] = [
  tagged(nbib, true, [
    entity(nbib, 'Aspirin', 'Chemical', aspirin),
    entity(nbib, 'ASA', 'Chemical', aspirin),
    entity(nbib, 'urate', 'Chemical'),
  ]),
  tagged(ris, true, [entity(ris, 'Aspirin', 'Chemical', aspirin), entity(ris, 'ASA', 'Chemical', aspirin)]),
  tagged(draft, false, [entity(draft, 'aspirin', 'Chemical', aspirin), entity(draft, 'BRCA1', 'Gene')]),
];

function relationIn(document: string, sentence: string, isDenied = false): FolderRelation {
  const text = texts[document] ?? '';
  const start = text.indexOf(sentence);
  const evidence = { start, end: start + sentence.length };
  const relation: Relation = {
    type: 'induces',
    subject: entity(document, 'ASA', 'Chemical', aspirin),
    object: entity(document, 'urate', 'Chemical'),
    probability: 0.8,
    evidence,
    evidenceText: sentence,
    ...(isDenied && { negated: { start: 0, end: 3, text: 'not' } }),
    publication: paper.name,
    citation: paper.id,
  };
  return { document, relation, sentence, line: 3, isChecked: false };
}

const model = { name: 'tagger', version: '1', hash: 'abc' } as never;

function textOf(document: string, isIndexed = true): FolderText | undefined {
  const text = texts[document];
  return text === undefined
    ? undefined
    : { text, format: document.endsWith('.md') ? 'markdown' : 'medline', isIndexed };
}

function source(parts: Partial<FolderSource> = {}): FolderSource {
  return {
    refresh: () => Promise.resolve({ documents: 3, read: 3, unreadable: [] }),
    documents: () => Promise.resolve(Object.keys(texts)),
    entities: () => Promise.resolve(documents),
    relations: () => Promise.resolve([]),
    concepts: (text) =>
      Promise.resolve(/aspirin|ASA/.test(text) ? [{ ...aspirin, type: 'Chemical', synonyms: ['asa'] }] : []),
    ask: () => Promise.resolve({ result: undefined, passages: [], papers: 0, otherDocuments: 0 }),
    evidence: () => Promise.resolve([]),
    review: () => Promise.resolve(undefined),
    text: (document) => Promise.resolve(textOf(document)),
    prose: (_document, { text, format }) =>
      Promise.resolve(
        parseDocument(text, format).segments.map((each) => ({
          ...each,
          ...segmentSpan(each),
          sentences: [],
        })),
      ),
    model: () => Promise.resolve(model),
    pathOf: (document) => document.replace('file:///p/', ''),
    ...parts,
  };
}

async function run(name: string, input: unknown, parts: Partial<FolderSource> = {}): Promise<Json> {
  const tool = assistantTools.find((each) => each.name === name);
  if (!tool) throw new Error(`no tool ${name}`);
  return JSON.parse(JSON.stringify(await tool.run(input, source(parts), signal))) as Json;
}

interface Place {
  readonly document: string;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

interface NamePlaces {
  readonly name: string;
  readonly places: readonly Place[];
}

interface RelationPlace extends Place {
  readonly isDenied: boolean;
}

interface EvidencePlace extends Place {
  readonly problem?: string;
}

/** The parts of the results of all tools that are read here. */
interface Json {
  readonly folder: { readonly note?: string };
  readonly model: object;
  readonly names: readonly [NamePlaces, ...NamePlaces[]];
  readonly moreNames: number;
  readonly relations: readonly RelationPlace[];
  readonly verdict: { readonly sentences: readonly Place[] };
  readonly answers: readonly Place[];
  readonly evidence: readonly [EvidencePlace, EvidencePlace, EvidencePlace];
  readonly progress: { readonly total: number };
}

function expectQuoted(places: readonly Place[]): void {
  expect(places.length).toBeGreaterThan(0);
  for (const { document, start, end, quote } of places)
    expect(texts[`file:///p/${document}`]?.slice(start, end)).toBe(quote);
}

describe('find entities', () => {
  it('finds a concept under any of its names, copies of a paper once', async () => {
    for (const name of ['ASA', 'aspirin', 'MESH:D001241']) {
      const { names, model: by, folder } = await run('biobert_find_entities', { name });
      expect(folder).toEqual({ documents: 3 });
      expect(by).toEqual({ name: 'tagger', version: '1', hash: 'abc' });
      expect(names).toHaveLength(1);
      expect(names[0]).toMatchObject({
        type: 'Chemical',
        concepts: [{ id: 'MESH:D001241', name: 'Aspirin', source: 'MeSH 2024' }],
        spellings: ['Aspirin', 'ASA', 'aspirin'],
        mentions: 3,
        papers: 1,
        documents: 1,
      });
      expectQuoted(names[0].places);
      expect(names[0].places.map(({ quote }) => quote)).toEqual([
        'Aspirin and gout in the elderly: a long trial.',
        'I read of **aspirin** and gout.',
        'ASA raised urate.',
      ]);
      expect(names[0].places[0]).toMatchObject({ paper: paper.name, paperId: '31', line: 2 });
    }
  });

  it('lists the names that are mentioned most, and says how many more there are', async () => {
    const { names, moreNames } = await run('biobert_find_entities', { limit: 1 });
    expect([names[0].name, moreNames]).toEqual(['Aspirin', 2]);
    const genes = await run('biobert_find_entities', { type: 'gene' });
    expect(genes.names.map(({ name }) => name)).toEqual(['BRCA1']);
  });

  it('reads one document, by the path that results give', async () => {
    const { names } = await run('biobert_find_entities', { document: 'notes/draft.md' });
    expect(names.map(({ name }) => name)).toEqual(['aspirin', 'BRCA1']);
  });

  it.each(['/etc/passwd', '../secret.txt', 'file:///etc/passwd', 'notes/../../x', 'draft.md'])(
    'refuses the document %s, which the folder does not list',
    async (document) => {
      await expect(run('biobert_find_entities', { document })).rejects.toThrow('The folder has no document');
    },
  );

  it('leaves out a name that does not stand there any more, and says so', async () => {
    const changed = 'file:///p/notes/draft.md';
    const text = (document: string) =>
      Promise.resolve(
        document === changed
          ? ({ text: 'Gout.', format: 'markdown', isIndexed: false } as const)
          : textOf(document),
      );
    const { names, folder } = await run('biobert_find_entities', { name: 'ASA' }, { text });
    expect(names[0].places.map((place) => place.document)).toEqual(['a.nbib', 'a.nbib']);
    expect(folder.note).toMatch(/^notes\/draft\.md changed since being read/);
  });

  it('says what was not read', async () => {
    const unreadable = [{ document: 'scan.pdf', reason: 'It has no text.' }];
    const refresh = () => Promise.resolve({ documents: 5, read: 3, unreadable });
    const { folder } = await run('biobert_find_entities', {}, { refresh });
    expect(folder.note).toMatch(
      /^1 of 5 documents are still being read.*scan\.pdf could not be read: It has no text\.$/,
    );
  });
});

describe('find relations', () => {
  const sentence = 'ASA raised urate.';
  const relations = () =>
    Promise.resolve([
      relationIn(nbib, sentence),
      relationIn(ris, sentence),
      relationIn(nbib, 'ASA raised urate', true),
    ]);

  it('gives the sentence, copies of a paper once, in whichever order the names are asked for', async () => {
    for (const input of [{ name: 'ASA' }, { name: 'urate', other: 'aspirin' }]) {
      const found = await run('biobert_find_relations', { ...input, includeDenied: false }, { relations });
      expect(found.relations).toHaveLength(1);
      expect(found.relations[0]).toMatchObject({
        type: 'induces',
        subject: { name: 'ASA', concepts: [{ id: 'MESH:D001241' }] },
        object: { name: 'urate' },
        isDenied: false,
        isSpeculative: false,
        probability: 0.8,
        paperId: '31',
        quote: sentence,
      });
      expectQuoted(found.relations);
    }
    expect((await run('biobert_find_relations', { name: 'gout' }, { relations })).relations).toEqual([]);
  });

  it('leaves out relations of which the model is less sure, unless they are asked for or were checked', async () => {
    const tentative = relationIn(nbib, sentence);
    const relation = { ...tentative.relation, isTentative: true };
    const all = (isChecked: boolean) => () => Promise.resolve([{ ...tentative, relation, isChecked }]);
    const none = await run('biobert_find_relations', {}, { relations: all(false) });
    expect(none).toMatchObject({ relations: [], moreRelations: 0, tentativeLeftOut: 1 });
    const given = await run('biobert_find_relations', { includeTentative: true }, { relations: all(false) });
    expect(given.relations).toMatchObject([{ isTentative: true, quote: sentence }]);
    const checked = await run('biobert_find_relations', {}, { relations: all(true) });
    expect(checked.relations).toMatchObject([{ checkedBy: 'person' }]);
    expect(checked.relations[0]).not.toHaveProperty('isTentative');
  });

  it('leaves out sentences of documents that were not read since they changed, and says so', async () => {
    const text = (document: string) => Promise.resolve(textOf(document, document !== nbib));
    const found = await run('biobert_find_relations', {}, { relations, text });
    expect(found.relations).toEqual([]);
    expect(found.folder.note).toMatch(/^a\.nbib changed since being read/);
  });

  it('says what a sentence denies, and filters types', async () => {
    const all = await run('biobert_find_relations', { type: 'induces' }, { relations });
    expect(all.relations.map(({ isDenied }) => isDenied)).toEqual([false, true]);
    expect((await run('biobert_find_relations', { type: 'treats' }, { relations })).relations).toEqual([]);
  });
});

describe('ask', () => {
  const text = texts[nbib] ?? '';
  const at = text.indexOf('It did');
  const end = text.indexOf('gout.\n') + 'gout.'.length;
  // The line break with its indentation is one blank of the prose.
  const passage: TextPassage = {
    start: at,
    end,
    text: 'It did not cause gout.',
    base: at,
    runs: [
      { start: 0, length: 6, documentStart: 0, documentLength: 6 },
      { start: 6, length: 1, documentStart: 6, documentLength: 7 },
      { start: 7, length: 15, documentStart: 13, documentLength: 15 },
    ],
    sentences: [{ start: 0, end: 22 }],
    publication: paper.name,
    citation: paper.id,
  };
  const passages = [{ document: nbib, passage, sentenceLines: [3] }];
  const asked = (result: object) => () =>
    Promise.resolve({ result: { model, ...result } as never, passages, papers: 1, otherDocuments: 1 });

  it('gives a verdict with its sentences', async () => {
    const verdict = {
      ...{ answer: 'open', yes: 0.1, no: 0.6, open: 0.3, papers: { supports: 0, contradicts: 1 } },
      sentences: [{ passage: 0, sentence: { start: 0, end: 22 }, stance: 'contradicts', probability: 0.7 }],
    };
    const found = await run(
      'biobert_ask',
      { question: 'Does aspirin cause gout?' },
      { ask: asked({ kind: 'yesno', verdict, answers: [] }) },
    );
    expect(found.verdict).toMatchObject({
      answer: 'not settled',
      probabilities: { no: 0.6, notSettled: 0.3 },
    });
    expectQuoted(found.verdict.sentences);
    expect(found.verdict.sentences[0]).toMatchObject({
      stance: 'contradicts',
      quote: 'It did\n      not cause gout.',
      sentence: 'It did not cause gout.',
      paper: paper.name,
    });
  });

  it('gives answers with their concepts and sentences', async () => {
    const gout: ConceptLink = { id: 'MESH:D006073', name: 'Gout', source: 'MeSH 2024', method: 'name' };
    const start = text.indexOf('gout.\n');
    const named = { ...entity(nbib, 'gout', 'Disease', gout), start, end: start + 4 };
    const entities = () =>
      Promise.resolve([tagged(nbib, true, [named, entity(nbib, 'ASA', 'Chemical', aspirin)])]);
    const answer = {
      passage: 0,
      start: 17,
      end: 21,
      text: 'gout',
      probability: 0.5,
      sentence: { start: 0, end: 22 },
      otherOccurrences: [],
    };
    const found = await run(
      'biobert_ask',
      { question: 'What?' },
      { ask: asked({ kind: 'factoid', answers: [answer] }), entities },
    );
    const concepts = [{ id: 'MESH:D006073', name: 'Gout', source: 'MeSH 2024' }];
    expect(found.answers[0]).toMatchObject({
      answer: 'gout',
      probability: 0.5,
      sentence: passage.text,
      concepts,
    });
    expect(found.answers[0]).toMatchObject({ names: [{ name: 'gout', type: 'Disease', concepts, start }] });
    expectQuoted(found.answers);
  });

  it('says what was searched if nothing was found', async () => {
    expect(await run('biobert_ask', { question: 'What?' })).toEqual({
      folder: { documents: 3 },
      searched: { papers: 0, otherDocuments: 0 },
      answers: [],
    });
  });
});

describe('list evidence', () => {
  const pinned: Evidence = {
    topic: { kind: 'question', question: 'Does aspirin cause gout?' },
    ...{ document: 'a.nbib', start: 0, end: 5, line: 9, sentence: 'It did not cause gout.', answer: 'no' },
    ...{ probability: 0.7, isDenied: false, isSpeculative: false, citation: '31', note: 'read it' },
  };
  const gone: Evidence = {
    ...pinned,
    document: 'gone.md',
    topic: { kind: 'form', column: 'c', label: 'Dose' },
  };
  const outside: Evidence = { ...pinned, document: 'file:///etc/passwd' };
  const evidence = () => Promise.resolve([pinned, gone, outside]);

  it('finds a pinned sentence where it stands now, and says if it is gone', async () => {
    const found = await run('biobert_list_evidence', {}, { evidence });
    expectQuoted([found.evidence[0]]);
    expect(found.evidence[0]).toMatchObject({
      ...{ topic: 'Does aspirin cause gout?', kind: 'question', answer: 'no', note: 'read it', line: 3 },
      sentence: 'It did not cause gout.',
    });
    expect(found.evidence[1].problem).toContain('does not have this sentence any more');
    expect(found.evidence[2]).toMatchObject({ document: 'file:///etc/passwd' });
    expect(found.evidence[2].quote).toBeUndefined();
  });

  it('finds a sentence that has markup, and gives the concepts of a relation and the model', async () => {
    const topic = {
      kind: 'pair',
      subject: { name: 'aspirin', type: 'Chemical', id: 'MESH:D001241' },
      relation: 'treats',
      object: { name: 'gout', type: 'Disease' },
    } as const;
    const annotator = { name: 'relations 1', hash: 'abcd' };
    const sentence = 'I read of aspirin and gout.';
    const marked: Evidence = { ...pinned, document: 'notes/draft.md', topic, sentence, annotator };
    const found = await run('biobert_list_evidence', {}, { evidence: () => Promise.resolve([marked]) });
    expect(found.evidence[0]).toMatchObject({
      ...{ subject: topic.subject, object: topic.object, foundBy: annotator, kind: 'relation' },
      ...{ quote: 'I read of **aspirin** and gout.', sentence },
    });
    expectQuoted([found.evidence[0]]);
  });

  it('finds entries by words', async () => {
    expect((await run('biobert_list_evidence', { text: 'dose GOUT' }, { evidence })).evidence).toHaveLength(
      1,
    );
    expect(await run('biobert_list_evidence', { limit: 1 }, { evidence })).toMatchObject({ moreEvidence: 2 });
  });
});

describe('next record', () => {
  const review = () =>
    Promise.resolve({
      state: smallReview(),
      reviewer: 'Anna',
      rank: () => Promise.resolve(['c', 'a']),
    });

  it('gives the record that the ranking puts first, with the abstract unless titles are screened', async () => {
    const found = await run('biobert_next_record', {}, { review });
    expect(found).toMatchObject({
      phase: 'abstract',
      reviewer: 'Anna',
      record: { id: 'c', abstract: 'Abstract of c.' },
    });
    expect(found.progress).toMatchObject({ screened: 0, left: found.progress.total });
  });

  it('says that there is no review, and which phases there are', async () => {
    await expect(run('biobert_next_record', {})).rejects.toThrow('The folder has no review.');
    await expect(run('biobert_next_record', { phase: 'title' }, { review })).rejects.toThrow(
      'no phase title',
    );
  });
});

describe('every tool', () => {
  it.each(assistantTools.map(({ name }) => name))('%s refuses input of another form', async (name) => {
    for (const input of [{ unknown: 1 }, { limit: 1e9, question: 5, phase: 'x' }, [], 'text', 7])
      await expect(run(name, input)).rejects.toThrow(`The input of ${name} is not valid.`);
  });
});
