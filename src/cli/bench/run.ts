import type { ModelInfo, TagRequest } from '../../protocol/engine';
import { throwIfCancelled } from '../../core/errors';
import { createEngine, type EngineOptions } from '../../runtime/engine';
import { timeMs } from './measure';
import { TextMaker } from './texts';

export type BenchText = Pick<TagRequest, 'document' | 'text' | 'format'>;

export interface BenchRun {
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
  /** Of one round; some sentences may be there twice, which are run once. */
  readonly sentences: number;
  readonly tokens: number;
  /** Milliseconds, by round. */
  readonly loads: readonly number[];
  /** Tokens a second, by round. */
  readonly speeds: readonly number[];
  /** Milliseconds of single sentences, of all rounds. */
  readonly latencies: readonly number[];
  /** Bytes: the most that the process held, and what it held before the model was loaded. */
  readonly memory: { readonly most: number; readonly before: number };
}

/** Sentences that are asked one by one in each round. */
const singleSentences = 20;

/** Each round has an engine of its own, so that none answers from another's memory. @throws as `Engine.tag`. */
export async function runBench({
  engine: options,
  texts,
  rounds,
  signal,
  onRound,
}: BenchRun): Promise<BenchResult> {
  const before = process.memoryUsage.rss();
  const measured: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    throwIfCancelled(signal);
    measured.push(await runRound(options, texts, { round, signal }));
    onRound(round + 1);
  }
  const [first] = measured;
  if (!first) throw new RangeError('A measurement needs a round.');
  const { model, sentences, tokens } = first;
  return {
    model,
    texts: texts.length,
    characters: texts.reduce((sum, { text }) => sum + text.length, 0),
    sentences,
    tokens,
    loads: measured.map(({ loadMs }) => loadMs),
    speeds: measured.map(({ tokens: read, tagMs }) => (1000 * read) / tagMs),
    latencies: measured.flatMap(({ latencies }) => latencies),
    // Kilobytes on every system, as libuv gives them.
    memory: { most: 1024 * process.resourceUsage().maxRSS, before },
  };
}

interface Round {
  readonly model: ModelInfo;
  readonly loadMs: number;
  readonly latencies: readonly number[];
  readonly tagMs: number;
  readonly sentences: number;
  readonly tokens: number;
}

async function runRound(
  options: EngineOptions,
  texts: readonly BenchText[],
  { round, signal }: { readonly round: number; readonly signal: AbortSignal },
): Promise<Round> {
  const engine = createEngine(options);
  try {
    const loadMs = await timeMs(() => engine.load(signal));
    const maker = new TextMaker(1000 + round);
    const latencies: number[] = [];
    for (let index = 0; index < singleSentences; index++) {
      const request = { document: 'sentence', text: maker.sentence(), format: 'plain' } as const;
      latencies.push(await timeMs(() => engine.tag({ ...request, priority: 'interactive' }, { signal })));
    }
    const counts = { sentences: 0, tokens: 0 };
    const tagMs = await timeMs(async () => {
      for (const text of texts) {
        const { sentences, tokens } = await engine.tag(text, { signal });
        counts.sentences += sentences;
        counts.tokens += tokens;
        engine.forget(text.document);
      }
    });
    return { model: await engine.load(signal), loadMs, latencies, tagMs, ...counts };
  } finally {
    await engine.dispose();
  }
}
