/** A question over a paper. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseDocument } from '../../src/core/documents/parse';
import { splitPassages } from '../../src/core/questions/passages';
import { createReader } from '../../src/core/questions/reader';
import { selectPassages } from '../../src/core/questions/select';
import type { QuestionModel } from '../../src/core/questions/types';
import type { Batch } from '../../src/core/types';
import { loadQuestions } from '../../src/runtime/engine/questions';
import { nullLogger } from '../../src/runtime/log';
import type { BenchContext } from './context';
import { interleave, medianRatio, number, type Row } from './measure';
import { TextMaker } from '../../src/cli/bench/texts';

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
  const chosen = await selectPassages(question, texts, (some) => reader.embed(some));
  return reader.read({ question, passages: chosen.map((index) => ({ text: texts[index] ?? '' })) });
}
