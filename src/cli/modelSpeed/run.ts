import type { ModelInfo } from '../../protocol/engine';
import type { ModelTask } from '../../protocol/tasks';
import { throwIfCancelled } from '../../core/errors';
import { createEngine } from '../../runtime/engine/engine';
import type { EngineOptions } from '../../runtime/engine/engineOptions';
import { timeMs } from './measure';
import { type BenchTask, benchTasks, type BenchText } from './tasks';
import { TextMaker } from './texts';

export interface BenchRun {
  /** Task of the measured model. For relations, a tagger also runs to find the mentions, but is not measured. */
  readonly task: ModelTask;
  readonly engine: EngineOptions;
  readonly texts: readonly BenchText[];
  readonly rounds: number;
  readonly signal: AbortSignal;
  readonly onRound: (done: number) => void;
}

export interface BenchResult {
  readonly model: ModelInfo;
  readonly texts: number;
  readonly characters: number;
  /** Number of sentences in one round. Repeated sentences are counted, although the engine runs them only once. */
  readonly sentences: number;
  readonly unit: BenchTask['unit'];
  /** Number of units in one round. */
  readonly units: number;
  /** Loading times in milliseconds, one for each round. */
  readonly loads: readonly number[];
  /** Units per second, one number for each round. */
  readonly speeds: readonly number[];
  /** Times for single sentences in milliseconds, from all rounds, without the time for their preparation. */
  readonly latencies: readonly number[];
  /** Memory of the process in bytes: its maximum, and its size before the model was loaded. */
  readonly memory: { readonly most: number; readonly before: number };
}

/** Number of single sentences in each round, from which latencies are measured. */
const singleSentences = 20;

/**
 * Measures a model. Each round uses a new engine, so that no result comes from the cache of an earlier round.
 * @throws like `Engine.tag`.
 */
export async function runBench({ rounds, onRound, ...run }: BenchRun): Promise<BenchResult> {
  const before = process.memoryUsage.rss();
  const measured: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    throwIfCancelled(run.signal);
    measured.push(await runRound(run, round));
    onRound(round + 1);
  }
  const [first] = measured;
  if (!first) throw new RangeError('A measurement needs a round.');
  const { model, sentences, units } = first;
  const { texts } = run;
  return {
    model,
    texts: texts.length,
    characters: texts.reduce((sum, { text }) => sum + text.length, 0),
    sentences,
    unit: benchTasks[run.task].unit,
    units,
    loads: measured.map(({ loadMs }) => loadMs),
    speeds: measured.map(({ units: done, workMs }) => (1000 * done) / workMs),
    latencies: measured.flatMap(({ latencies }) => latencies),
    // libuv reports kilobytes on every platform.
    memory: { most: 1024 * process.resourceUsage().maxRSS, before },
  };
}

interface Round {
  readonly model: ModelInfo;
  readonly loadMs: number;
  readonly latencies: readonly number[];
  readonly workMs: number;
  readonly sentences: number;
  readonly units: number;
}

async function runRound(
  { engine: options, task, texts, signal }: Omit<BenchRun, 'rounds' | 'onRound'>,
  round: number,
): Promise<Round> {
  const bench = benchTasks[task];
  const engine = createEngine(options);
  try {
    const loadMs = await timeMs(() => engine.load(signal, task));
    const maker = new TextMaker(1000 + round);
    const latencies: number[] = [];
    for (let index = 0; index < singleSentences; index++) {
      const text = { document: 'sentence', text: maker.sentence(), format: 'plain' } as const;
      latencies.push(await timeMs(await bench.prepare(engine, { ...text, priority: 'interactive' }, signal)));
    }
    const counts = { sentences: 0, units: 0, workMs: 0 };
    for (const text of texts) {
      const work = await bench.prepare(engine, text, signal);
      counts.workMs += await timeMs(async () => {
        const { sentences, units } = await work();
        counts.sentences += sentences;
        counts.units += units;
      });
      engine.forget(text.document);
    }
    return { model: await engine.load(signal, task), loadMs, latencies, ...counts };
  } finally {
    await engine.dispose();
  }
}
