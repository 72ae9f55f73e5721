import { beforeEach, describe, expect, it } from 'vitest';
import { ConceptLookup } from '../../../../src/editor/engine/conceptLookup';
import { QuestionRunner } from '../../../../src/editor/questions/questionRunner';
import type { PassageSource } from '../../../../src/editor/questions/passageSource';
import type {
  AnswerRequest,
  AnswerResult,
  ConceptsRequest,
  ConceptsResult,
} from '../../../../src/protocol/engine';
import { nullLogger } from '../../../../src/runtime/log';
import { FakeEngine, model } from '../support';
import { reset } from '../vscode';

class AnsweringEngine extends FakeEngine {
  readonly asked: string[] = [];
  readonly sent: AnswerRequest['passages'][number][] = [];

  find: (request: ConceptsRequest) => Promise<ConceptsResult> = () =>
    Promise.resolve({ terminology: undefined, concepts: [] });

  override concepts(request: ConceptsRequest = { text: '', match: 'name' }): Promise<ConceptsResult> {
    return this.find(request);
  }

  override answer(request?: AnswerRequest): Promise<AnswerResult> {
    const { question = '', passages = [] } = request ?? {};
    this.asked.push(question);
    this.sent.push(...passages);
    return Promise.resolve({ kind: 'factoid', answers: [], noAnswer: 1, read: passages.length, model });
  }
}

const text = 'BRCA1 is lost in breast cancer.';

function setUp(prepareNextQuestion?: (signal: AbortSignal) => Promise<void>) {
  const engine = new AnsweringEngine();
  const runner = new QuestionRunner(engine, new ConceptLookup(engine, nullLogger), {
    isPinned: () => false,
    nameOf: ({ publication }) => publication,
  });
  const passage = { start: 0, end: text.length, text, base: 0, runs: [], sentences: [] };
  const version = { document: 'file:///a.txt', edits: 0 };
  const found = { passages: [{ document: 'file:///a.txt', version, passage, sentenceLines: [1] }] };
  const source: PassageSource = {
    find: () => Promise.resolve({ ...found, papers: 1, otherDocuments: 2, searched: 1 }),
    ...(prepareNextQuestion && { prepareNextQuestion }),
  };
  const { signal } = new AbortController();
  const ask = (question: string) => runner.run(question, source, { signal, onProgress: () => undefined });
  return { engine, ask };
}

describe('QuestionRunner', () => {
  beforeEach(reset);

  it('says how many papers and other documents were searched, as the panel does', async () => {
    const { ask } = setUp(() => Promise.resolve());
    expect((await ask('Which gene is lost?')).papers).toBe('1 paper · 2 other documents');
  });

  it('prepares the next question after the answer', async () => {
    const events: string[] = [];
    const { engine, ask } = setUp(() => {
      events.push(`prepared after ${engine.asked.length} answers`);
      return Promise.resolve();
    });
    await ask('Which gene is lost?');
    expect(events).toEqual(['prepared after 1 answers']);
  });

  it('stops the preparation when the next question is asked', async () => {
    const signals: AbortSignal[] = [];
    const { ask } = setUp((signal) => {
      signals.push(signal);
      return new Promise(() => undefined);
    });
    await ask('Which gene is lost?');
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    await ask('Which drug helps?');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  });

  it('answers although the preparation fails', async () => {
    const { ask } = setUp(() => Promise.reject(new Error('The model is gone.')));
    expect((await ask('Which gene is lost?')).read).toBe(1);
  });

  it('puts the question to a passage with the name that the passage uses', async () => {
    const { engine, ask } = setUp();
    const question = 'Is mammary carcinoma linked to BRCA1?';
    engine.find = (request) => {
      expect(request).toMatchObject({ text: question, match: 'mentions' });
      const mention = { start: 3, end: 20 };
      const type = 'Disease';
      const names = { id: 'MESH:D001943', name: 'Breast Neoplasms', synonyms: ['breastcancer'] };
      return Promise.resolve({
        terminology: { name: 'MeSH', version: '1' },
        concepts: [{ ...names, source: 'MeSH', type, mention }],
      });
    };
    await ask(question);
    expect(engine.asked).toEqual([question]);
    expect(engine.sent).toEqual([
      { text, paper: 'file:///a.txt', question: 'Is breast cancer linked to BRCA1?' },
    ]);
  });

  it('answers without concepts if they cannot be looked up', async () => {
    const { engine, ask } = setUp();
    engine.find = () => Promise.reject(new Error('The terminology is damaged.'));
    expect((await ask('Which gene is lost?')).read).toBe(1);
    expect(engine.sent).toEqual([{ text, paper: 'file:///a.txt' }]);
  });

  it('answers from a source without preparation', async () => {
    const { ask } = setUp();
    expect((await ask('Which gene is lost?')).read).toBe(1);
  });
});
