import { describe, expect, it } from 'vitest';
import { CancelledError, errorCodes } from '../../../../src/core/errors';
import { createReader, type ReadProgress } from '../../../../src/core/questions/reader';
import type { SentenceTagger } from '../../../../src/core/questions/sentenceTagger';
import { config, createFakeQuestionModel, tokenizer } from './fakeQuestionModel';

function reader(changes: Partial<typeof config> = {}, onRun?: (run: number) => void) {
  const model = createFakeQuestionModel(onRun);
  return { model, ...createReader({ model, tokenizer, config: { ...config, ...changes }, isJudged: false }) };
}

const passages = (...texts: string[]) => texts.map((text) => ({ text }));
const question = 'what is the gene?';

describe('answers are checked with the stance model', () => {
  // `alpha` makes the fake model say that a sentence supports the claim, `factor` that it contradicts it.
  const judged = (onRun?: (run: number) => void) => {
    const model = createFakeQuestionModel(onRun);
    return { model, ...createReader({ model, tokenizer, config }) };
  };
  const asked = { question: 'what was in the gene?', minProbability: 0 };

  it('prefers the answer whose sentence supports it', async () => {
    const texts = passages('The kinase factor was in the gene.', 'The alpha tumor was in the gene.');
    const { answers } = await judged().read({ ...asked, passages: texts });
    expect(answers.slice(0, 2).map(({ text }) => text)).toEqual(['tumor', 'kinase']);
    const unchecked = await createReader({
      model: { ...createFakeQuestionModel(), stances: undefined },
      tokenizer,
      config,
    }).read({ ...asked, passages: texts });
    expect(unchecked.answers.slice(0, 2).map(({ text }) => text)).toEqual(['kinase', 'tumor']);
  });

  it('shows the occurrence whose sentence supports it', async () => {
    const texts = passages('The kinase factor was in the gene.', 'The alpha kinase was in the gene.');
    const { answers } = await judged().read({ ...asked, passages: texts });
    expect(answers[0]).toMatchObject({ text: 'kinase', passage: 1, otherOccurrences: [{ passage: 0 }] });
  });

  it('reads no sentence for a question that makes no claim', async () => {
    const { model, read } = judged();
    await read({ question: 'why is the gene in cancer?', passages: passages('The kinase was in the gene.') });
    expect(model.batches).toHaveLength(1);
  });

  it('can be cancelled', async () => {
    const controller = new AbortController();
    const { read } = judged((run) => {
      if (run === 2) controller.abort();
    });
    const texts = Array.from({ length: 4 }, (_, i) => `The kinase ${'tumor '.repeat(i)}was in the gene.`);
    const reading = read({ ...asked, passages: passages(...texts) }, { signal: controller.signal });
    await expect(reading).rejects.toBeInstanceOf(CancelledError);
  });
});

describe('answers are checked with the tagger', () => {
  const tagged = () => {
    const read: string[] = [];
    const tag: SentenceTagger = (sentences) => {
      read.push(...sentences);
      return Promise.resolve(
        sentences.map((text) => {
          const start = text.indexOf('tumor');
          return start < 0 ? [] : [{ start, end: start + 'tumor'.length, type: 'Disease' }];
        }),
      );
    };
    return { tag, read };
  };
  const probabilityWith = async (asked: string, tagger: SentenceTagger | undefined) => {
    const model = { ...createFakeQuestionModel(), stances: undefined };
    const parts = { model, tokenizer, config, tagger: () => Promise.resolve(tagger) };
    const texts = passages('The alpha tumor was in cancer. The factor was in the gene.');
    const request = { question: asked, passages: texts, minProbability: 0 };
    const { answers } = await createReader(parts).read(request);
    return answers.find(({ text }) => text === 'tumor')?.probability ?? 0;
  };

  it('makes an answer of another type less probable', async () => {
    const { tag, read } = tagged();
    const unchecked = await probabilityWith('which gene was in cancer?', undefined);
    expect(await probabilityWith('which gene was in cancer?', tag)).toBeLessThan(unchecked / 100);
    expect(read).toContain('The alpha tumor was in cancer.');
  });

  it('tags nothing if the question asks for no type', async () => {
    const { tag, read } = tagged();
    await probabilityWith('what was in cancer?', tag);
    expect(read).toEqual([]);
  });
});

describe('read', () => {
  it('finds answers with their places, sentences and probabilities', async () => {
    const text = 'In the patients. The Kinase was in cancer. A tumor.';
    const { answers, kind, noAnswer, read } = await reader().read({ question, passages: passages(text) });
    expect(kind).toBe('factoid');
    expect(read).toBe(1);
    const [best, second] = answers;
    expect(best).toMatchObject({
      passage: 0,
      text: 'Kinase',
      start: text.indexOf('Kinase'),
      otherOccurrences: [],
    });
    expect(text.slice(best?.sentence.start, best?.sentence.end)).toBe('The Kinase was in cancer.');
    expect(best?.probability).toBeCloseTo(1 / (1 + Math.exp(-4)), 6);
    expect(second?.text).toBe('tumor');
    expect(noAnswer).toBeCloseTo(1 - 1 / (1 + Math.exp(-(4 - 1))), 6);
  });

  it('merges the same answer from several passages, and adds up the evidence', async () => {
    const { answers } = await reader().read({
      question,
      passages: passages('a tumor in the gene', 'the protein with kinase', 'tumor of patients', 'The Tumor.'),
    });
    const tumor = answers.find(({ text }) => text.toLowerCase() === 'tumor');
    expect(tumor?.otherOccurrences.map(({ passage }) => passage)).toHaveLength(2);
    expect(tumor?.probability).toBeCloseTo(1 / (1 + Math.exp(-(2 + Math.log(3)))), 6);
    expect(new Set(answers.map(({ text }) => text.toLowerCase())).size).toBe(answers.length);
  });

  it('reads a long passage in windows and gives answers offsets in the passage', async () => {
    const text = `${'the gene of patients was in cancer '.repeat(30)}the kinase ${'with cancer '.repeat(30)}`;
    const { model, read } = reader();
    const { answers } = await read({ question, passages: passages(text) });
    expect(model.batches.reduce((sum, { size }) => sum + size, 0)).toBeGreaterThan(5);
    expect(answers.map(({ start, end }) => text.slice(start, end))).toEqual(['kinase']);
    expect(answers[0]?.start).toBe(text.indexOf('kinase'));
  });

  it('puts the question to each passage in its own words', async () => {
    const { model, read } = reader();
    const texts = ['in cancer', 'the tumor in cancer'];
    const [first = '', second = ''] = texts;
    const own = 'what is the tumor?';
    const { answers } = await read({
      question,
      passages: [{ text: first }, { text: second, question: own }],
    });
    const idsOf = (text: string) => [...tokenizer.encode(text).ids].join(' ');
    const rows = model.batches.flatMap(({ size, length, inputIds }) =>
      Array.from({ length: size }, (_, row) => inputIds.slice(row * length, (row + 1) * length).join(' ')),
    );
    expect(rows.some((row) => row.includes(`${idsOf(question)} `) && row.includes(idsOf(first)))).toBe(true);
    expect(rows.some((row) => row.includes(`${idsOf(own)} `) && row.includes(idsOf(second)))).toBe(true);
    // An answer that only repeats the question of its passage says nothing.
    expect(answers.map(({ text }) => text.toLowerCase())).not.toContain('tumor');
  });

  it('passes the letter case of question and passage as token types', async () => {
    const { model, read } = reader();
    await read({ question: 'What Is THE gene', passages: passages('TUMOR p53') });
    const { inputIds, tokenTypeIds, length } = model.batches[0] ?? { length: 0 };
    const { starts, classifyId, separatorId } = tokenizer.vocabulary;
    expect(inputIds?.[0]).toBe(BigInt(classifyId));
    const separators = [...(inputIds ?? [])].flatMap((id, i) => (id === BigInt(separatorId) ? [i] : []));
    expect(separators).toHaveLength(2);
    expect(separators[1]).toBe(length - 1);
    const typeOf = (piece: string) =>
      tokenTypeIds?.[[...(inputIds ?? [])].indexOf(BigInt(starts.get(piece) ?? -1))];
    expect(typeOf('the')).toBe(2n);
    expect(typeOf('gene')).toBe(0n);
    expect(inputIds?.[(separators[0] ?? 0) + 1]).toBe(BigInt(starts.get('tumor') ?? -1));
    expect(typeOf('tumor')).toBe(2n);
  });

  it('does not return answers below the threshold', async () => {
    const ask = { question, passages: passages('the protein of patients') };
    const { answers } = await reader().read({ ...ask, minProbability: 0.9 });
    expect(answers).toEqual([]);
    const nothing = await reader().read({ question, passages: passages('in the patients') });
    expect(nothing.answers).toEqual([]);
    expect(nothing.noAnswer).toBeGreaterThan(0.95);
  });

  it('lists all answers that reach the threshold of the model', async () => {
    const ask = { question: 'List molecules.', passages: passages('kinase, tumor and protein.') };
    const all = await reader().read(ask);
    expect(all.kind).toBe('list');
    expect(all.answers.map(({ text }) => text)).toEqual(['kinase', 'tumor', 'protein']);
    const some = await reader({ listThreshold: 0.8 }).read(ask);
    expect(some.answers.map(({ text }) => text)).toEqual(['kinase', 'tumor']);
  });

  it('returns a verdict with the sentences that take a side', async () => {
    const decided = 'In the patients. The alpha was in cancer.';
    const { verdict, answers, noAnswer, kind } = await reader().read({
      question: 'Is the gene in cancer?',
      passages: passages('of the patients', decided, 'factor alpha'),
    });
    expect(kind).toBe('yesno');
    expect(answers).toEqual([]);
    const { yes = 0, no = 0, open = 0, sentences = [] } = verdict ?? {};
    expect(yes + no + open).toBeCloseTo(1, 6);
    expect(yes).toBeGreaterThan(no);
    expect(noAnswer).toBe(open);
    const [first] = sentences;
    expect(first).toMatchObject({ passage: 1, stance: 'supports' });
    expect(decided.slice(first?.sentence.start, first?.sentence.end)).toBe('The alpha was in cancer.');
  });

  it('reports progress, and stops when it is cancelled', async () => {
    const seen: ReadProgress[] = [];
    const many = passages(...Array.from({ length: 30 }, () => 'the kinase'));
    await reader().read({ question, passages: many }, { onProgress: (progress) => seen.push(progress) });
    expect(seen.map(({ read, total }) => [read, total])).toEqual([8, 16, 24, 30].map((read) => [read, 30]));
    expect(seen[0]?.answers[0]?.text).toBe('kinase');
    const controller = new AbortController();
    const { read, model } = reader({}, (run) => run === 2 && controller.abort());
    const stopped = read({ question, passages: many }, { signal: controller.signal });
    await expect(stopped).rejects.toBeInstanceOf(CancelledError);
    expect(model.batches).toHaveLength(2);
  });

  it.each([
    ['', errorCodes.QUESTION_EMPTY],
    [' ?! ', errorCodes.QUESTION_EMPTY],
    ['gene '.repeat(2000), errorCodes.QUESTION_TOO_LONG],
  ])('refuses the question %j', async (asked, code) => {
    const refused = reader().read({ question: asked.slice(0, 10_000), passages: passages('kinase') });
    await expect(refused).rejects.toMatchObject({ code });
  });

  it.each([[[]], [['', ' ', '***']]])('refuses to read %j', async (texts) => {
    const refused = reader().read({ question, passages: passages(...texts) });
    await expect(refused).rejects.toMatchObject({ code: errorCodes.PASSAGES_EMPTY });
  });

  it('ignores an empty passage among others', async () => {
    const { answers } = await reader().read({ question, passages: passages('', 'the kinase', '\u0000') });
    expect(answers.map(({ passage }) => passage)).toEqual([1]);
  });
});

describe('embed', () => {
  it('returns one vector per text, in order, for any batches', async () => {
    const { embed, model } = reader();
    const texts = Array.from({ length: 100 }, (_, i) => (i % 3 === 0 ? 'gene '.repeat(i + 1) : 'cancer'));
    const vectors = await embed(texts);
    expect(vectors.map(([first]) => first)).toEqual(texts.map((_, i) => (i % 3 === 0 ? 1 : 0)));
    expect(model.batches.length).toBeGreaterThan(0);
    for (const { length } of model.batches) expect(length).toBeLessThanOrEqual(config.maxTokens);
    expect(await embed([])).toEqual([]);
    expect(await embed([''])).toHaveLength(1);
  });
});
