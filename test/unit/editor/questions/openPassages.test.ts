import { beforeEach, describe, expect, it } from 'vitest';
import { parseDocument } from '../../../../src/core/documents/parse';
import { type AskedQuestion, createAskedQuestion } from '../../../../src/core/questions/askedQuestion';
import { publicationsIn } from '../../../../src/core/records/readRecords';
import { splitPassages } from '../../../../src/core/questions/splitPassages';
import { EditLog } from '../../../../src/editor/annotations/editLog';
import { OpenPassages } from '../../../../src/editor/questions/openPassages';
import { Settings } from '../../../../src/editor/settings';
import type {
  EmbedRequest,
  ModelInfo,
  PassagesRequest,
  PassagesResult,
} from '../../../../src/protocol/engine';
import { createDocument, FakeEngine, model, useManifestDefaults } from '../support';
import { FakeDocument, reset, Uri } from '../vscode';

/** Splits documents as the real engine does. The vector of a text says whether it names BRCA1. */
class QuestionFakeEngine extends FakeEngine {
  readonly embedded: (readonly string[])[] = [];
  readonly priorities: EmbedRequest['priority'][] = [];
  canEmbed = true;

  override load(): Promise<ModelInfo> {
    const questions = { verdicts: true, embeddings: this.canEmbed, noAnswer: true };
    return Promise.resolve({ ...model, task: 'question-answering', questions });
  }

  override passages(request?: PassagesRequest): Promise<PassagesResult> {
    const { segments } = parseDocument(request?.text ?? '', 'plain');
    const [{ name: publication } = {}] = publicationsIn(request?.text ?? '', request?.format ?? 'plain');
    return Promise.resolve({ passages: splitPassages(segments).map((each) => ({ ...each, publication })) });
  }

  override embed(request?: EmbedRequest): Promise<readonly Float32Array[]> {
    const texts = request?.texts ?? [];
    this.embedded.push(texts);
    this.priorities.push(request?.priority);
    return Promise.resolve(texts.map((text) => Float32Array.of(text.includes('BRCA1') ? 1 : 0, 0.5)));
  }
}

const question = 'Which gene is lost in cancer?';

/** Every paragraph becomes a passage. */
function paragraphs(count: number): string {
  const filler =
    'This sentence about cancer makes the paragraph long enough for a passage of its own. '.repeat(8);
  return Array.from({ length: count }, (_, index) => {
    const name = index === count - 1 ? 'BRCA1 is the gene that is lost. ' : `Sample ${index} was read. `;
    return name + filler;
  }).join('\n\n');
}

function setUp(...texts: readonly string[]) {
  const engine = new QuestionFakeEngine();
  const documents = texts.map((text) => createDocument(text));
  const source = new OpenPassages({
    engine,
    settings: new Settings(),
    edits: new EditLog(),
    documents: () => documents.map((document) => document.as),
  });
  const { signal } = new AbortController();
  const findFor = (asked: AskedQuestion, limit: number) => source.find(asked, limit, signal);
  const find = (limit: number) => findFor(createAskedQuestion(question), limit);
  /** The requests that prepare the next question: the number of texts that are embedded, and the priority. */
  const prepare = async () => {
    const before = engine.embedded.length;
    await source.prepareNextQuestion(signal);
    return engine.embedded.slice(before).map((texts, index) => ({
      texts: texts.length,
      priority: engine.priorities[before + index],
    }));
  };
  return { engine, find, findFor, prepare };
}

describe('OpenPassages', () => {
  beforeEach(() => {
    reset();
    useManifestDefaults();
  });

  it('returns all passages of a short document without embeddings', async () => {
    const { engine, find } = setUp(paragraphs(5));
    const { passages, searched, papers, otherDocuments } = await find(48);
    expect(passages).toHaveLength(5);
    expect({ searched, papers, otherDocuments }).toEqual({ searched: 5, papers: 0, otherDocuments: 1 });
    expect(engine.embedded).toEqual([]);
  });

  it('embeds at most a hundred passages of a long document, and returns the nearest first', async () => {
    const { engine, find } = setUp(paragraphs(150));
    const { passages, searched } = await find(10);
    expect(passages).toHaveLength(10);
    expect(searched).toBe(150);
    expect(passages[0]?.passage.text).toContain('BRCA1');
    expect(engine.embedded.map((texts) => texts.length)).toEqual([101]);
    expect(engine.embedded[0]?.[0]).toBe(question);
  });

  it('ranks by words if the model computes no embeddings', async () => {
    const { engine, find } = setUp(paragraphs(60));
    engine.canEmbed = false;
    const { passages } = await find(10);
    expect(passages).toHaveLength(10);
    expect(passages[0]?.passage.text).toContain('BRCA1');
    expect(engine.embedded).toEqual([]);
  });

  it('finds a passage by another name of what the question asks about', async () => {
    const rare = 'Paracetamol was given to one patient. ';
    const { engine, findFor } = setUp(`${paragraphs(60)}\n\n${rare.repeat(12)}`);
    engine.canEmbed = false;
    const text = 'What does acetaminophen do?';
    const mention = { start: 10, end: 23 };
    const concept = { type: 'Chemical', name: 'Acetaminophen', synonyms: ['paracetamol'], mention };
    const [first] = (await findFor(createAskedQuestion(text, [concept]), 5)).passages;
    expect(first?.passage.text).toContain('Paracetamol');
    const [without] = (await findFor(createAskedQuestion(text), 5)).passages;
    expect(without?.passage.text).not.toContain('Paracetamol');
  });

  describe('prepareNextQuestion', () => {
    it('embeds all passages in the background after some of them were compared', async () => {
      const { engine, find, prepare } = setUp(paragraphs(60), paragraphs(2));
      await find(10);
      expect(await prepare()).toEqual([{ texts: 62, priority: 'background' }]);
      const inBoth = (engine.embedded.at(-1) ?? []).filter((text) => text.includes('BRCA1'));
      expect(inBoth).toHaveLength(2);
    });

    it('embeds nothing if all passages are read anyway', async () => {
      const { find, prepare } = setUp(paragraphs(5));
      await find(48);
      expect(await prepare()).toEqual([]);
    });

    it('embeds nothing if the model computes no embeddings', async () => {
      const { engine, find, prepare } = setUp(paragraphs(60));
      engine.canEmbed = false;
      await find(10);
      expect(await prepare()).toEqual([]);
    });

    it('stops after a thousand passages', async () => {
      const { find, prepare } = setUp(paragraphs(600), paragraphs(600), paragraphs(2));
      await find(10);
      expect(await prepare()).toEqual([{ texts: 1000, priority: 'background' }]);
    });
  });

  it.each([
    [true, ['Records about gout.']],
    [false, ['Notes about gout.', 'Records about gout.']],
  ])('leaves out drafts and notes if records only is %s', async (recordsOnly, expected) => {
    const documents = [
      createDocument('Notes about gout.', 'markdown'),
      createDocument('Records about gout.', 'medline'),
    ];
    const source = new OpenPassages({
      engine: new QuestionFakeEngine(),
      settings: new Settings(),
      edits: new EditLog(),
      documents: () => documents.map((document) => document.as),
      recordsOnly,
    });
    const found = await source.find(createAskedQuestion('What is gout?'), 10, new AbortController().signal);
    expect(found.passages.map(({ passage }) => passage.text)).toEqual(expected);
    expect(found.papers + found.otherDocuments).toBe(expected.length);
  });

  it('takes a page that Pandoc made for a draft, and one with a publication for a paper', async () => {
    const page = (name: string, meta: string) =>
      new FakeDocument(Uri.parse(`file:/p/${name}.html`), `<html><head>${meta}</head>${name}`, 'html');
    const title = '<meta name="citation_title" content="Niacin in gout">';
    const documents = [
      page('draft', `<meta name="generator" content="pandoc">${title}`),
      page('paper', title),
    ];
    const source = new OpenPassages({
      engine: new QuestionFakeEngine(),
      settings: new Settings(),
      edits: new EditLog(),
      documents: () => documents as never,
      recordsOnly: true,
    });
    const found = await source.find(createAskedQuestion('What is gout?'), 10, new AbortController().signal);
    expect(found.passages.map(({ document }) => document)).toEqual(['file:/p/paper.html']);
  });
});
