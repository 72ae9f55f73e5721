/** A folder of abstracts: what the index costs, and how soon a question over all of it is answered. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { createAskedQuestion } from '../../src/core/questions/askedQuestion';
import { createReader } from '../../src/core/questions/reader';
import type { QuestionModel } from '../../src/core/questions/questionModel';
import type { Batch } from '../../src/core/types';
import { FolderPassages } from '../../src/editor/index/folderPassages';
import { IndexClient } from '../../src/runtime/index/indexClient';
import { indexFindings, indexPassages, type IndexParts } from '../../src/runtime/folder/indexDocument';
import type { BioBertEngine } from '../../src/protocol/engine';
import { statsMethod } from '../../src/protocol/indexMessages';
import { modelTasks } from '../../src/protocol/tasks';
import { createChildEngine } from '../../src/runtime/process/childEngine';
import { loadQuestions } from '../../src/runtime/engine/questions';
import { nullLogger } from '../../src/runtime/log';
import type { BenchContext } from './context';
import { megabytes, median, medianRatio, milliseconds, number, type Row, timeMs, times } from './measure';
import { TextMaker } from '../../src/cli/modelSpeed/texts';

/** Passages that the panel reads for a question. */
const readAtMost = 48;
/** Relations cost more than all else together: their rate is measured on so many abstracts. */
const relatedAtMost = 200;

const models = 'bench';

/** `--abstracts N`, 1,000 if not named. */
export async function folderIndex(context: BenchContext): Promise<Row[]> {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-bench-'));
  const client = new IndexClient(
    path.join(context.root, 'dist/indexWorker.js'),
    path.join(work, 'index.sqlite'),
  );
  const engine = createChildEngine({
    modelPaths: context.modelPaths,
    childPath: context.childPath,
    threads: context.threads,
    idleMinutes: 0,
  });
  try {
    const tag: BioBertEngine['tag'] = (request, options) => engine.tag(request, options);
    const parts = { client, engine, tag, signal: new AbortController().signal };
    return [...(await indexAll(context, parts)), ...(await askAll(context, { client, engine }))];
  } finally {
    await client.stop();
    await engine.dispose();
    fs.rmSync(work, { recursive: true, force: true });
  }
}

function abstractsOf({ abstracts, isQuick }: BenchContext): number {
  return isQuick ? Math.min(abstracts, 100) : abstracts;
}

async function indexAll(
  context: BenchContext,
  parts: IndexParts & { engine: BioBertEngine },
): Promise<Row[]> {
  const count = abstractsOf(context);
  const { engine } = parts;
  for (const task of modelTasks) await engine.load(undefined, task);
  const memory = new MemoryWatch(engine);
  const readMs = await overAll(count, memory, (document, text) =>
    indexPassages({ document, text, format: 'plain' }, { stamp: '', content: '' }, parts),
  );
  const vectors = { hasRelationModel: false, hasQuestionModel: true, models };
  const embedMs = await overAll(count, memory, (document, text) =>
    indexFindings({ document, text, format: 'plain' }, vectors, parts),
  );
  const sample = Math.min(count, relatedAtMost);
  const { found, tagged } = await relatedOverTagged(sample, parts);
  const rate = (n: number, ms: number): string => `${number((1000 * n) / ms, 1)} abstracts a second`;
  return [
    {
      what: `Reading ${number(count)} abstracts of 250 words into the index: questions can be asked by words`,
      measured: rate(count, readMs),
      aim: '',
    },
    { what: `Making them searchable by meaning`, measured: rate(count, embedMs), aim: '' },
    {
      what: `Relations, with the tags that they rest on, and vectors of ${number(sample)} abstracts, over tagging as many`,
      measured: `${times(medianRatio(found, tagged))} (${milliseconds(median(found))} and ${milliseconds(median(tagged))} an abstract)`,
      aim: '≤ 5×',
    },
    {
      what: `Memory over ${number(count)} abstracts: the engine, this process with the index`,
      measured: memory.words(),
      aim: 'flat',
    },
  ];
}

/** The same text each time that it is named, so that nothing of it need be kept. */
function abstractAt(index: number): string {
  return new TextMaker(1000 + index).abstract();
}

function nameAt(index: number): string {
  return `file:///abstracts/${String(index)}.txt`;
}

async function overAll(
  count: number,
  memory: MemoryWatch,
  work: (document: string, text: string) => Promise<unknown>,
): Promise<number> {
  let tookMs = 0;
  for (let index = 0; index < count; index++) {
    const text = abstractAt(index);
    tookMs += await timeMs(() => work(nameAt(index), text));
    memory.look(index / count);
  }
  return tookMs;
}

/** Side by side, abstract by abstract; new text for each. */
async function relatedOverTagged(
  count: number,
  parts: IndexParts & { engine: BioBertEngine },
): Promise<{ readonly found: number[]; readonly tagged: number[] }> {
  const wanted = { hasRelationModel: true, hasQuestionModel: true, models };
  const found: number[] = [];
  const tagged: number[] = [];
  for (let index = 0; index < count; index++) {
    const document = nameAt(index);
    const request = { document, text: abstractAt(index), format: 'plain' } as const;
    found.push(await timeMs(() => indexFindings(request, wanted, parts)));
    const other = { document: 'other', text: abstractAt(1_000_000 + index), format: 'plain' } as const;
    tagged.push(await timeMs(() => parts.engine.tag(other)));
    parts.engine.forget('other');
  }
  return { found, tagged };
}

interface Asked {
  readonly firstMs: number;
  readonly wholeMs: number;
  readonly searchMs: number;
  readonly texts: readonly string[];
}

const questions = [
  'Which gene is associated with breast cancer?',
  'Is tamoxifen associated with breast cancer?',
  'Which chemical reduced the activity of TP53?',
];

async function askAll(
  context: BenchContext,
  { client, engine }: { readonly client: IndexClient; readonly engine: BioBertEngine },
): Promise<Row[]> {
  const stats = await client.request(statsMethod, undefined);
  const edits = { currentVersion: (document: string) => ({ document, edits: 0 }) };
  const source = new FolderPassages({ client, stats: () => stats, engine, edits });
  const bare = await bareReader(context);
  const asked: Asked[] = [];
  const bareMs: number[] = [];
  await ask(questions[0] ?? '', source, engine);
  for (let round = 0; round < context.rounds; round++) {
    const question = questions[round % questions.length] ?? '';
    const result = await ask(question, source, engine);
    asked.push(result);
    bareMs.push(await bare.timeOf(question, result.texts));
  }
  await bare.release();
  const wholes = asked.map(({ wholeMs }) => wholeMs);
  const firsts = asked.map(({ firstMs }) => firstMs);
  const of = `A question over ${number(stats.otherDocuments)} abstracts (${number(stats.passages)} passages)`;
  return [
    {
      what: `${of}: to the first answer, to the last`,
      measured: `${milliseconds(median(firsts))}, ${milliseconds(median(wholes))}; ${milliseconds(median(asked.map(({ searchMs }) => searchMs)))} of it search`,
      aim: '< 1,000 ms to the first',
    },
    {
      what: 'Bare inference of the passages that are read, as a share of the whole answer',
      measured: `${number(100 * medianRatio(bareMs, wholes))} %`,
      aim: '',
    },
  ];
}

/** As the panel asks. A verdict has no answers before its end. */
async function ask(question: string, source: FolderPassages, engine: BioBertEngine): Promise<Asked> {
  const { signal } = new AbortController();
  const started = performance.now();
  const { passages } = await source.find(createAskedQuestion(question), readAtMost, signal);
  const searchMs = performance.now() - started;
  const texts = passages.map(({ passage }) => passage.text);
  let firstMs: number | undefined;
  await engine.answer(
    { question, passages: texts.map((text) => ({ text })), priority: 'interactive' },
    {
      signal,
      onProgress: ({ answers }) => {
        if (answers.length > 0) firstMs ??= performance.now() - started;
      },
    },
  );
  const wholeMs = performance.now() - started;
  return { firstMs: firstMs ?? wholeMs, wholeMs, searchMs, texts };
}

/** Times the runs of a question's batches alone, in this process. */
async function bareReader({ modelPaths, threads }: BenchContext) {
  const folder = modelPaths['question-answering'];
  const model = await loadQuestions(folder, { threads, runtime: 'node', log: nullLogger });
  return {
    release: () => model.release(),
    timeOf: async (question: string, texts: readonly string[]): Promise<number> => {
      const batches: Batch[] = [];
      const run: QuestionModel['run'] = (batch) => {
        batches.push(batch);
        return model.run(batch);
      };
      const reader = createReader({ ...model, model: { run } });
      await reader.read({ question, passages: texts.map((text) => ({ text })) });
      return timeMs(async () => {
        for (const batch of batches) await model.run(batch);
      });
    },
  };
}

/** Memory a tenth of the way in, and at its highest afterwards. */
class MemoryWatch {
  private early = { engine: 0, own: 0 };
  private late = { engine: 0, own: 0 };

  constructor(private readonly engine: BioBertEngine) {}

  /** @param fraction How much of one stage is done. */
  look(fraction: number): void {
    const now = { engine: this.engine.status.memoryBytes ?? 0, own: process.memoryUsage.rss() };
    const which = fraction < 0.1 ? this.early : this.late;
    which.engine = Math.max(which.engine, now.engine);
    which.own = Math.max(which.own, now.own);
  }

  words(): string {
    const { early, late } = this;
    const change = (from: number, to: number): string => `${megabytes(from)} → ${megabytes(to)}`;
    return `${change(early.engine, late.engine)}; ${change(early.own, late.own)} (first tenth of a stage → later)`;
  }
}
