/** Throughput side by side. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { type BenchContext, batchesOf, tagUncached } from './context';
import { interleave, median, medianRatio, number, type Row, times } from './measure';
import { bareRuns, matrixProduct, matrixSide, TransformersTagger } from './peers';
import { TextMaker } from '../../src/cli/modelSpeed/texts';
import { defaultTask } from '../../src/protocol/tasks';

/** Whole pipeline over bare `session.run` on the same batches. */
export async function pipelineOverBare(context: BenchContext): Promise<Row> {
  const text = new TextMaker(1).abstracts(context.isQuick ? 4 : 16).join('\n\n');
  const bare = await bareRuns(context.onnxPath, context.threads, await batchesOf(context.model, text));
  const { tokens } = await tagUncached(context.model, text);
  const [ours = [], theirs = []] = await interleave(context.rounds, [
    () => tagUncached(context.model, text),
    bare,
  ]);
  return {
    what: 'Whole pipeline (text → spans) over bare `session.run` on the same batches',
    measured: `${number(medianRatio(theirs, ours), 2)} (${perSecond(tokens, ours)} and ${perSecond(tokens, theirs)})`,
    aim: '≥ 0.90',
  };
}

/** Against the pipeline of `@huggingface/transformers`, each through its own API. */
export async function overTransformers(context: BenchContext): Promise<Row[]> {
  const same = await TransformersTagger.open(
    context.modelPaths[defaultTask],
    context.onnxPath,
    context.threads,
  );
  const rows = [
    await abstractsRow(context, same, 'same ONNX file, abstracts', '≥ 1.2×'),
    await sentencesRow(context, same),
  ];
  same.close();
  return [...rows, await fp32Row(context)];
}

async function abstractsRow(
  context: BenchContext,
  peer: TransformersTagger,
  what: string,
  aim: string,
): Promise<Row> {
  const abstracts = new TextMaker(2).abstracts(context.isQuick ? 3 : 12);
  const { tokens } = await tagUncached(context.model, abstracts.join('\n\n'));
  const [ours = [], theirs = []] = await interleave(context.rounds, [
    () => tagUncached(context.model, abstracts.join('\n\n')),
    () => peer.tag(abstracts),
  ]);
  return {
    what: `Over \`@huggingface/transformers\` \`token-classification\`, ${what}`,
    measured: `${times(medianRatio(theirs, ours))} (${perSecond(tokens, ours)} and ${perSecond(tokens, theirs)})`,
    aim,
  };
}

async function sentencesRow(context: BenchContext, peer: TransformersTagger): Promise<Row> {
  const maker = new TextMaker(3);
  const sentences = Array.from({ length: context.isQuick ? 10 : 40 }, () => maker.sentence());
  const [ours = [], theirs = []] = await interleave(context.rounds, [
    async () => {
      for (const sentence of sentences) await tagUncached(context.model, sentence);
    },
    async () => {
      for (const sentence of sentences) await peer.tag(sentence);
    },
  ]);
  const each = (values: readonly number[]) => `${number(median(values) / sentences.length, 1)} ms`;
  return {
    what: 'Over the same, single sentences one by one',
    measured: `${times(medianRatio(theirs, ours))} (${each(ours)} and ${each(theirs)} a sentence)`,
    aim: '≥ 2×',
  };
}

async function fp32Row(context: BenchContext): Promise<Row> {
  const what = 'it on the plain fp32 export, abstracts';
  if (context.fp32Path === undefined) {
    return {
      what: `Over \`@huggingface/transformers\` \`token-classification\`, ${what}`,
      measured: 'not measured: export it as models/README.md says, and pass `--fp32 FILE`',
      aim: '≥ 2×',
    };
  }
  const peer = await TransformersTagger.open(
    context.modelPaths[defaultTask],
    context.fp32Path,
    context.threads,
  );
  const row = await abstractsRow(context, peer, what, '≥ 2×');
  peer.close();
  return row;
}

/** Arithmetic of the encoder over that of a large matrix product on the same cores. */
export async function encoderArithmetic(context: BenchContext): Promise<Row> {
  const [rows, length] = [8, 128];
  const fill = (value: bigint) => new BigInt64Array(rows * length).fill(value);
  const batch = {
    size: rows,
    length,
    inputIds: fill(1999n),
    attentionMask: fill(1n),
    tokenTypeIds: fill(0n),
  };
  const encode = await bareRuns(context.onnxPath, context.threads, [batch]);
  const product = await matrixProduct(context.threads);
  const [encoder = [], matrix = []] = await interleave(context.rounds, [encode, product]);
  const encoderRate =
    (encoderOperations(context.modelPaths[defaultTask], rows, length) / median(encoder)) * 1e-6;
  const matrixRate = ((2 * matrixSide ** 3) / median(matrix)) * 1e-6;
  return {
    what: `Arithmetic in the encoder (${rows}×${length}) over a ${matrixSide}×${matrixSide} matrix product`,
    measured: `${number(encoderRate / matrixRate, 2)} (${number(encoderRate)} and ${number(matrixRate)} GFLOP/s)`,
    aim: '≥ 0.85',
  };
}

/** Multiplications and additions of the matrix products of a BERT encoder (Vaswani et al. 2017, section 3). */
function encoderOperations(modelPath: string, rows: number, length: number): number {
  const config = JSON.parse(fs.readFileSync(path.join(modelPath, 'config.json'), 'utf8')) as Record<
    string,
    number
  >;
  const of = (name: string) => config[name] ?? Number.NaN;
  const hidden = of('hidden_size');
  const dense = 4 * hidden * hidden + 2 * hidden * of('intermediate_size');
  const attention = 2 * length * hidden;
  return 2 * rows * length * of('num_hidden_layers') * (dense + attention);
}

function perSecond(tokens: number, timesMs: readonly number[]): string {
  return `${number((tokens / median(timesMs)) * 1000)} tokens/s`;
}
