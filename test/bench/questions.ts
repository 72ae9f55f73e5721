/** A question over a paper. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseDocument } from '../../src/core/documents/parse';
import { createAskedQuestion } from '../../src/core/questions/askedQuestion';
import { splitPassages } from '../../src/core/questions/splitPassages';
import { createReader } from '../../src/core/questions/reader';
import { rankWithIndex } from '../../src/core/questions/search';
import { selectPassages } from '../../src/core/questions/select';
import type { QuestionModel } from '../../src/core/questions/questionModel';
import type { Batch } from '../../src/core/types';
import { rankByWords } from '../../src/core/questions/words';
import { createEngine } from '../../src/runtime/engine/engine';
import { loadQuestions } from '../../src/runtime/engine/questions';
import { nullLogger } from '../../src/runtime/log';
import type { BenchContext } from './context';
import { interleave, medianRatio, milliseconds, number, type Row, timeMs, times } from './measure';
import { TextMaker } from '../../src/cli/modelSpeed/texts';

/** From the text of a paper to the answers, over the bare runs of the same batches. */
export async function answerOverBare(context: BenchContext): Promise<Row[]> {
  const folder = context.modelPaths['question-answering'];
  if (!fs.existsSync(path.join(folder, 'model.onnx'))) throw new Error('There is no models/questions.');
  const { threads, rounds } = context;
  const model = await loadQuestions(folder, { threads, runtime: 'node', log: nullLogger });
  const text = new TextMaker(5).abstracts(context.isQuick ? 6 : 20).join('\n\n');
  const rows: Row[] = [];
  for (const [kind, question] of [
    ['a name', 'Which gene is associated with breast cancer?'],
    ['yes or no', 'Is the gene associated with breast cancer?'],
  ] as const) {
    const batches: Batch[] = [];
    await ask(model, { text, question, onBatch: (batch) => batches.push(batch) });
    const [ours = [], bare = []] = await interleave(rounds, [
      () => ask(model, { text, question }),
      async () => {
        for (const batch of batches) await model.run(batch);
      },
    ]);
    rows.push({
      what: `A question for ${kind} over a paper, text → answers, over the bare runs of what is read`,
      measured: `${number(medianRatio(ours, bare), 2)} (${batches.length} runs)`,
      aim: '≤ 2',
    });
  }
  await model.release();
  return rows;
}

interface Asked {
  readonly text: string;
  readonly question: string;
  readonly onBatch?: (batch: Batch) => void;
}

async function ask(
  model: Awaited<ReturnType<typeof loadQuestions>>,
  { text, question, onBatch }: Asked,
): Promise<unknown> {
  const run: QuestionModel['run'] = (batch) => {
    onBatch?.(batch);
    return model.run(batch);
  };
  const reader = createReader({ ...model, model: { run, embed: model.embed } });
  const texts = splitPassages(parseDocument(text, 'plain').segments).map((passage) => passage.text);
  const chosen = await selectPassages(createAskedQuestion(question), texts, {
    rank: rankWithIndex,
    embed: (some) => reader.embed(some),
  });
  return reader.read({ question, passages: chosen.map((index) => ({ text: texts[index] ?? '' })) });
}

/**
 * Two questions about one open article through the engine, as the panel asks them: retrieval with embeddings, then the
 * answer. After the first answer, the panel embeds all passages in the background (timed on its own here), so that the
 * second question should cost its answer only.
 */
export async function secondQuestion(context: BenchContext): Promise<Row> {
  const engine = createEngine({
    modelPaths: context.modelPaths,
    threads: context.threads,
  });
  const text = new TextMaker(5).abstracts(context.isQuick ? 40 : 130).join('\n\n');
  const article = { document: 'article', text, format: 'plain' } as const;
  const passages = (await engine.passages(article)).passages.map((passage) => passage.text);
  const limits = { readAll: 48, candidates: 100, read: 48 };
  const answered: number[] = [];
  const askOnce = (question: string) =>
    timeMs(async () => {
      const embed = (texts: readonly string[]) => engine.embed({ texts });
      const chosen = await selectPassages(createAskedQuestion(question), passages, {
        rank: rankByWords,
        embed,
        limits,
      });
      const read = chosen.map((index) => ({ text: passages[index] ?? '' }));
      answered.push(await timeMs(() => engine.answer({ question, passages: read })));
    });
  await engine.load(undefined, 'question-answering');
  const firstMs = await askOnce('Which gene is associated with breast cancer?');
  const preparedMs = await timeMs(() => engine.embed({ texts: passages, priority: 'background' }));
  const secondMs = await askOnce('Which gene is associated with breast cancer in women?');
  await engine.dispose();
  const [firstAnswerMs = Number.NaN, secondAnswerMs = Number.NaN] = answered;
  return {
    what: `The first and the second question about an article of ${number(passages.length)} passages, each over its answer alone`,
    measured: `${times(firstMs / firstAnswerMs)} and ${times(secondMs / secondAnswerMs)} (${milliseconds(firstMs)} and ${milliseconds(secondMs)}; ${milliseconds(preparedMs)} in the background between them)`,
    aim: '≤ 1.1× for the second',
  };
}
