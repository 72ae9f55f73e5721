import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../src/core/errors';
import type { ReadProgress } from '../../src/core/questions/reader';
import type { AnswerRequest } from '../../src/protocol/engine';
import { modelKey } from '../../src/protocol/modelName';
import { tinyStance, type TinyQuestionsOptions, writeTinyQuestions } from '../support/tinyQuestions';
import { writeTinyTagger } from '../support/tinyTagger';
import { disposables, engines, plain, sentences } from './engines';

const { own, folder } = disposables();

function ask(question: string, texts: readonly string[], more: Partial<AnswerRequest> = {}): AnswerRequest {
  return { question, passages: texts.map((text) => ({ text })), ...more };
}

describe.each(engines)('$name, with a question model', ({ create }) => {
  const tiny = (options: TinyQuestionsOptions = {}) =>
    own(
      create({
        modelPaths: {
          'token-classification': writeTinyTagger(folder()),
          'question-answering': writeTinyQuestions(folder(), options),
        },
      }),
    );

  it('answers from the passages, with place, sentence and probability', async () => {
    const text = 'Aspirin treats asthma. Carriers of BRCA1, not TP53.';
    const result = await tiny().answer(ask('Which gene?', ['Asthma.', text, 'of brca1']));
    expect(result).toMatchObject({ kind: 'factoid', read: 3, model: { task: 'question-answering' } });
    const [best] = result.answers;
    expect(best).toMatchObject({ text: 'BRCA1', passage: 1, start: text.indexOf('BRCA1') });
    expect(best?.otherOccurrences).toEqual([{ passage: 2, start: 3, end: 8 }]);
    expect(text.slice(best?.sentence.start, best?.sentence.end)).toBe('Carriers of BRCA1, not TP53.');
    // The sentence denies TP53.
    expect(result.answers.map((answer) => answer.text)).toEqual(['BRCA1']);
    expect(result.noAnswer).toBeLessThan(0.1);
  });

  it('checks the type of an answer with the tagger, if there is one', async () => {
    const probabilityWith = async (tagger: string | undefined) => {
      const models = { 'question-answering': writeTinyQuestions(folder()) };
      const modelPaths = tagger === undefined ? models : { ...models, 'token-classification': tagger };
      const request = ask('Which drug?', ['Carriers of BRCA1.'], { minProbability: 0 });
      const { answers } = await own(create({ modelPaths })).answer(request);
      return answers.find(({ text }) => text === 'BRCA1')?.probability ?? 0;
    };
    const unchecked = await probabilityWith(undefined);
    expect(await probabilityWith(writeTinyTagger(folder()))).toBeLessThan(unchecked / 20);
    // A tagger that cannot be loaded is logged, and checks nothing.
    expect(await probabilityWith(path.join(folder(), 'none'))).toBe(unchecked);
  });

  it('says that there is no answer', async () => {
    const result = await tiny().answer(ask('Which gene?', ['Aspirin treats asthma.']));
    expect(result.answers).toEqual([]);
    expect(result.noAnswer).toBeGreaterThan(0.9);
  });

  it('gives a verdict on a yes/no question, with the sentences for and against', async () => {
    const said = 'Carriers of asthma. Aspirin treats asthma.';
    const result = await tiny().answer(ask('Does aspirin treats?', [said]));
    expect(result.kind).toBe('yesno');
    const { verdict } = result;
    expect((verdict?.yes ?? 0) + (verdict?.no ?? 0) + (verdict?.open ?? 0)).toBeCloseTo(1, 5);
    expect(verdict).toMatchObject({ answer: 'yes', papers: { supports: 1, contradicts: 0 } });
    const [first] = verdict?.sentences ?? [];
    expect(first?.stance).toBe('supports');
    expect(said.slice(first?.sentence.start, first?.sentence.end)).toBe('Aspirin treats asthma.');
    const denied = await tiny().answer(ask('Does aspirin?', ['Aspirin not treats asthma.']));
    expect(denied.verdict?.answer).toBe('no');
  });

  it('does not settle a question on which papers contradict each other', async () => {
    const passages = ['Aspirin treats asthma.', 'Aspirin not treats asthma.'].map((text, i) => ({
      text,
      paper: `paper ${i}`,
    }));
    const { verdict } = await tiny().answer({ question: 'Does aspirin?', passages });
    expect(verdict).toMatchObject({ answer: 'open', papers: { supports: 1, contradicts: 1 } });
  });

  it('reports a stance model with other outputs at the first yes/no question', async () => {
    const engine = tiny({ stances: 4 });
    const passages = ['Aspirin treats asthma.'];
    await expect(engine.answer(ask('Does aspirin?', passages))).rejects.toMatchObject({
      code: errorCodes.MODEL_SHAPE_MISMATCH,
    });
    expect((await engine.answer(ask('Which gene?', ['Carriers of BRCA1.']))).answers).toHaveLength(1);
  });

  it('reports its progress', async () => {
    const seen: ReadProgress[] = [];
    const texts = Array.from({ length: 20 }, () => 'Carriers of BRCA1.');
    await tiny().answer(ask('Which gene?', texts), { onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toMatchObject({ read: 20, total: 20 });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen[0]?.answers[0]?.text).toBe('BRCA1');
  });

  it('answers the next question after one was cancelled', async () => {
    const engine = tiny({ slowness: 700 });
    const controller = new AbortController();
    const texts = Array.from({ length: 200 }, () => 'Carriers of BRCA1.');
    const cancelled = engine.answer(ask('Which gene?', texts), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(cancelled).rejects.toMatchObject({ name: 'CancelledError' });
    expect((await engine.answer(ask('Which gene?', ['BRCA1.']))).answers).toHaveLength(1);
  });

  it.each([
    ['', ['BRCA1.'], errorCodes.QUESTION_EMPTY],
    [' ? ', ['BRCA1.'], errorCodes.QUESTION_EMPTY],
    ['gene '.repeat(2000), ['BRCA1.'], errorCodes.QUESTION_TOO_LONG],
    ['Which gene?', [], errorCodes.PASSAGES_EMPTY],
    ['Which gene?', ['', '…'], errorCodes.PASSAGES_EMPTY],
  ])('refuses empty and too long questions, and passages without text: %#', async (question, texts, code) => {
    await expect(tiny().answer(ask(question, texts))).rejects.toMatchObject({ code });
  });

  it('splits documents into passages with their spans, without a model', async () => {
    const engine = own(create({ modelPaths: { 'token-classification': path.join(folder(), 'none') } }));
    const text = `${sentences(40)}\n\n`;
    const { passages, embeddings } = await engine.passages({ ...plain(text) });
    expect(embeddings).toBeUndefined();
    expect(passages.map((passage) => passage.text)).toEqual(
      passages.map(({ start, end }) => text.slice(start, end)),
    );
    expect(passages).toHaveLength(40);
    expect((await engine.passages(plain(''))).passages).toEqual([]);
  });

  it('gives a passage and the same text the same embedding, a unit vector', async () => {
    const engine = tiny();
    const text = sentences(120);
    const { passages, embeddings = [] } = await engine.passages({ ...plain(text), embed: true });
    expect(embeddings).toHaveLength(passages.length);
    const [again] = await engine.embed({ texts: [passages[7]?.text ?? ''] });
    expect(again).toEqual(embeddings[7]);
    for (const vector of embeddings) expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    expect(await engine.embed({ texts: [] })).toEqual([]);
    const [gene, disease] = await engine.embed({ texts: ['BRCA1', 'asthma'] });
    expect(gene?.[0]).toBeGreaterThan(0.9);
    expect(disease?.[1]).toBeGreaterThan(0.9);
  });

  it('takes stances from the graph of answers, and embeddings from a graph beside it', async () => {
    const engine = tiny({ isJoint: true });
    const { questions } = await engine.load(undefined, 'question-answering');
    expect(questions).toEqual({ verdicts: true, embeddings: true, noAnswer: true });
    const [gene, disease] = await engine.embed({ texts: ['BRCA1', 'asthma'] });
    expect(gene?.[0]).toBeGreaterThan(0.9);
    expect(disease?.[1]).toBeGreaterThan(0.9);
    expect((await engine.answer(ask('Which gene?', ['BRCA1.']))).answers).toHaveLength(1);
    const { verdict } = await engine.answer(ask('Does aspirin treats?', ['Aspirin treats asthma.']));
    expect(verdict?.answer).toBe('yes');
  });

  it('opens the graph of answers only for a question if it does not give the embeddings', async () => {
    const engine = tiny({ isJoint: true, spans: 3 });
    expect(await engine.embed({ texts: ['BRCA1'] })).toHaveLength(1);
    await expect(engine.answer(ask('Which gene?', ['BRCA1.']))).rejects.toMatchObject({
      code: errorCodes.MODEL_SHAPE_MISMATCH,
    });
  });

  it('has another key with another graph of embeddings, which biobert.json need not list', async () => {
    const write = (tp53: number) =>
      writeTinyQuestions(folder(), { isJoint: true, tp53, manifest: { files: {} } });
    const [one, other] = [write(1), write(2)];
    const keyOf = async () => {
      const models = { 'token-classification': writeTinyTagger(folder()), 'question-answering': one };
      const info = await own(create({ modelPaths: models })).load(undefined, 'question-answering');
      return [info.hash, modelKey(info)];
    };
    const [hash, key] = await keyOf();
    fs.copyFileSync(path.join(other, 'embedding/model.onnx'), path.join(one, 'embedding/model.onnx'));
    const [sameHash, otherKey] = await keyOf();
    expect(sameHash).toBe(hash);
    expect(otherKey).not.toBe(key);
  });

  it('refuses a folder whose graphs lack what biobert.json says', async () => {
    const codeOf = async (missing: string, options: TinyQuestionsOptions) => {
      const at = writeTinyQuestions(folder(), { ...options, manifest: { files: {} } });
      fs.rmSync(path.join(at, missing));
      const models = { 'token-classification': writeTinyTagger(folder()), 'question-answering': at };
      const loading = own(create({ modelPaths: models })).load(undefined, 'question-answering');
      return loading.catch((error: unknown) => error);
    };
    expect(await codeOf('stance/model.onnx', {})).toMatchObject({ code: errorCodes.MODEL_SHAPE_MISMATCH });
    expect(await codeOf('embedding/model.onnx', { isJoint: true })).toMatchObject({
      code: errorCodes.MODEL_FILE_MISSING,
    });
  });

  it('refuses a folder of another task', async () => {
    const tagger = writeTinyTagger(folder());
    const wrong = own(
      create({ modelPaths: { 'token-classification': tagger, 'question-answering': tagger } }),
    );
    await expect(wrong.answer(ask('Which gene?', ['BRCA1.']))).rejects.toMatchObject({
      code: errorCodes.MODEL_TASK_MISMATCH,
    });
    const none = own(create({ modelPaths: { 'token-classification': tagger } }));
    await expect(none.embed({ texts: ['BRCA1'] })).rejects.toMatchObject({
      code: errorCodes.MODEL_NOT_FOUND,
    });
    // A defect of one model does not affect the other.
    expect((await wrong.tag(plain('Carriers of BRCA1.'))).entities).toHaveLength(1);
  });

  it.each([
    ['too many span logits', { spans: 3 }, errorCodes.MODEL_SHAPE_MISMATCH],
    [
      'rows of the stance model that are too long',
      { manifest: { stance: { ...tinyStance, maxTokens: 65 } } },
      errorCodes.MODEL_CONFIG_INVALID,
    ],
    [
      'a stance model without room for a sentence',
      { manifest: { stance: { ...tinyStance, maxTokens: 30 } } },
      errorCodes.MODEL_CONFIG_INVALID,
    ],
    [
      'a margin over 1',
      { manifest: { stance: { ...tinyStance, verdict: { ...tinyStance.verdict, margin: 2 } } } },
      errorCodes.MODEL_CONFIG_INVALID,
    ],
    [
      'too many stance logits beside the spans',
      { isJoint: true, stances: 4 },
      errorCodes.MODEL_SHAPE_MISMATCH,
    ],
    ['a max_length that is too small', { manifest: { maxTokens: 20 } }, errorCodes.MODEL_CONFIG_INVALID],
    ['a threshold over 1', { manifest: { listThreshold: 2 } }, errorCodes.MODEL_CONFIG_INVALID],
  ])('refuses a folder with %s', async (_what, options: TinyQuestionsOptions, code) => {
    await expect(tiny(options).answer(ask('Which gene?', ['BRCA1.']))).rejects.toMatchObject({ code });
  });

  it('refuses a folder in which a file was changed', async () => {
    const at = writeTinyQuestions(folder());
    fs.appendFileSync(path.join(at, 'vocab.txt'), 'more\n');
    const engine = own(
      create({ modelPaths: { 'token-classification': writeTinyTagger(folder()), 'question-answering': at } }),
    );
    await expect(engine.answer(ask('Which gene?', ['BRCA1.']))).rejects.toMatchObject({
      code: errorCodes.MODEL_FILE_DAMAGED,
    });
  });
});
