/**
 * `npm run bench`, see {@link usage}.
 *
 * Prints what the README's table of speed, memory and size holds, as Markdown. Ratios are medians over rounds in
 * which both sides take turns; on a busy machine they hold where the times do not.
 */
import * as os from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { BioBertError } from '../../src/core/errors';
import { byTask, defaultTask, taskTable } from '../../src/protocol/tasks';
import { threadCount } from '../../src/runtime/onnx/platform';
import { type BenchContext, openModel } from './context';
import { duplicates } from './duplicates';
import { editorEventLoop } from './editor';
import { folderIndex } from './folder';
import { childMemory, manyAbstracts, sizes } from './footprint';
import { coldStart, editOverSentence, eventLoopDelay } from './latency';
import { linking } from './linking';
import { longArticle, longRecords } from './long';
import type { Row } from './measure';
import { answerOverBare, secondQuestion } from './questions';
import { relationsOverTagging } from './relations';
import { screening } from './screening';
import { encoderArithmetic, overTransformers, pipelineOverBare } from './speed';

type Part = (context: BenchContext) => Promise<Row | Row[]> | Row[];

const parts: Readonly<Record<string, Part>> = {
  pipeline: pipelineOverBare,
  transformers: overTransformers,
  arithmetic: encoderArithmetic,
  cold: coldStart,
  delay: eventLoopDelay,
  edit: editOverSentence,
  linking,
  relations: relationsOverTagging,
  questions: answerOverBare,
  second: secondQuestion,
  duplicates,
  folder: folderIndex,
  screening,
  many: manyAbstracts,
  memory: childMemory,
  sizes,
  editor: editorEventLoop,
};

/** These take minutes each, and run only with `--long`. */
const longParts: typeof parts = { records: longRecords, jats: longArticle };

const usage = `npm run bench -- [--quick|--long] [--only PART,…] [--abstracts N] [--records N] [--jats MB] [--model DIR] [--threads N] [--fp32 FILE]
Parts: ${Object.keys(parts).join(', ')}; with --long also ${Object.keys(longParts).join(', ')}`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      quick: { type: 'boolean', default: false },
      long: { type: 'boolean', default: false },
      only: { type: 'string' },
      model: { type: 'string' },
      abstracts: { type: 'string', default: '1000' },
      records: { type: 'string', default: '20000' },
      jats: { type: 'string', default: '30' },
      threads: { type: 'string', default: '0' },
      fp32: { type: 'string', default: process.env['BIOBERT_FP32'] },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const root = path.resolve(__dirname, '..');
  const shipped = byTask((task) => path.join(root, 'models', taskTable[task].folder));
  const tagger = path.resolve(values.model ?? shipped[defaultTask]);
  const threads = threadCount(Number(values.threads));
  const context: BenchContext = {
    root,
    modelPaths: { ...shipped, [defaultTask]: tagger },
    onnxPath: path.join(tagger, 'model.onnx'),
    childPath: path.join(root, 'dist/child.js'),
    model: await openModel(tagger, threads),
    threads,
    rounds: values.quick ? 5 : 7,
    isQuick: values.quick,
    isLong: values.long,
    abstracts: Math.max(1, Number(values.abstracts) || 1000),
    records: Math.max(2, Number(values.records) || 20_000),
    jatsMB: Number(values.jats) || 30,
    fp32Path: values.fp32 === undefined ? undefined : path.resolve(values.fp32),
  };
  console.log(`${headline(context)}\n\n| what | measured | aim |\n|---|---|---|`);
  const known = values.long ? { ...parts, ...longParts } : parts;
  for (const name of values.only?.split(',') ?? Object.keys(known)) {
    const part = known[name];
    if (!part) throw new Error(`There is no part ${name}.\n${usage}`);
    for (const { what, measured, aim } of [await part(context)].flat())
      console.log(`| ${what} | ${measured} | ${aim} |`);
  }
}

function headline({ model, threads, rounds, isQuick }: BenchContext): string {
  const { info } = model;
  const cpu = os.cpus()[0]?.model.trim() ?? 'unknown processor';
  const kind = isQuick ? 'Quick run (small inputs). ' : '';
  return `${kind}${info.name} ${info.version}, ${threads} of ${os.availableParallelism()} cores (${cpu}), Node ${process.version}, medians of ${rounds}.`;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof BioBertError ? error.userMessage : error);
    process.exit(1);
  },
);
