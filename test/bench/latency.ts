/** Rows about the time that a user waits. */
import { execFileSync } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Engine } from '../../src/protocol/engine';
import { createChildEngine } from '../../src/runtime/process/childEngine';
import { measureTurns } from '../support/turns';
import type { BenchContext } from './context';
import { median, medianRatio, milliseconds, number, type Row, timeMs, times } from './measure';
import { TextMaker } from '../../src/cli/modelSpeed/texts';

export function childEngine({ modelPaths, childPath, threads }: BenchContext): Engine {
  return createChildEngine({ modelPaths, childPath, threads, idleMinutes: 0 });
}

/** First tag of an abstract from a cold start, over loading runtime and session and one run in a new process. */
export async function coldStart(context: BenchContext): Promise<Row> {
  const maker = new TextMaker(4);
  const ours: number[] = [];
  const inside: number[] = [];
  const whole: number[] = [];
  for (let round = 0; round < context.rounds; round++) {
    const engine = childEngine(context);
    const text = maker.abstract();
    ours.push(await timeMs(() => engine.tag({ document: 'cold', text, format: 'plain' })));
    await engine.dispose();
    whole.push(await timeMs(() => Promise.resolve(inside.push(coldBareMs(context)))));
  }
  const [a, b, c] = [ours, inside, whole].map((values) => milliseconds(median(values)));
  return {
    what: 'First tag of a 250-word abstract, process start included, over loading the runtime, session creation and one run of it',
    measured: `${times(medianRatio(ours, inside))} (${a} and ${b}); over the same with its process start ${times(medianRatio(ours, whole))} (${c})`,
    aim: '≤ 1.5×',
  };
}

/** 16 rows of 32 are a 250-word abstract. @returns what the new process measured, without its own start. */
function coldBareMs({ onnxPath, threads, root }: BenchContext): number {
  const script = `
    const started = performance.now();
    const { InferenceSession, Tensor } = require('onnxruntime-node');
    const full = (value) => new Tensor('int64', new BigInt64Array(16 * 32).fill(value), [16, 32]);
    InferenceSession.create(${JSON.stringify(onnxPath)}, { intraOpNumThreads: ${threads}, logSeverityLevel: 4 })
      .then((session) => session.run({ input_ids: full(1999n), attention_mask: full(1n), token_type_ids: full(0n) }))
      .then(() => console.log(performance.now() - started));`;
  const env = { ...process.env, ORT_DISABLE_TELEMETRY: '1' };
  return Number(execFileSync(process.execPath, ['-e', script], { cwd: root, env, encoding: 'utf8' }));
}

/** Longest time that this process, in the place of the extension host, stands still while a child tags a large document. */
export async function eventLoopDelay(context: BenchContext): Promise<Row> {
  const words = context.isQuick ? 5000 : 100_000;
  const engine = childEngine(context);
  // Warm: what is measured is the engine's client and not its compilation.
  await engine.tag({ document: 'warm', text: new TextMaker(9).document(1000), format: 'plain' });
  const text = new TextMaker(5).document(words);
  const tag = () => engine.tag({ document: 'large', text, format: 'plain' });
  const first = await longestStretch(tag);
  const cached = await longestStretch(tag);
  const { entities } = await tag();
  await engine.dispose();
  const show = ({ wallMs, cpuMs }: Stretch) =>
    `${milliseconds(wallMs)} (of them ${milliseconds(cpuMs)} at work)`;
  return {
    what: `Largest event-loop delay of the host while a ${number(words)}-word document is tagged`,
    measured: `${show(first)}; ${show(cached)} when all ${number(entities.length)} entities come from the cache at once`,
    aim: '< 20 ms',
  };
}

interface Stretch {
  readonly wallMs: number;
  /** Processor time of this process: on a busy machine the rest is waiting for a core. */
  readonly cpuMs: number;
}

async function longestStretch(action: () => Promise<unknown>): Promise<Stretch> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const { turns } = await measureTurns(action);
  delay.disable();
  return { wallMs: delay.max / 1e6, cpuMs: turns.longestMs };
}

/** An edit in the middle of a document, its paragraph asked for again as the editor does, over that sentence alone. */
export async function editOverSentence(context: BenchContext): Promise<Row[]> {
  const engine = childEngine(context);
  const maker = new TextMaker(6);
  const rows: Row[] = [];
  for (const words of context.isQuick ? [1000, 5000] : [1000, 10_000, 100_000]) {
    let text = maker.document(words);
    const document = `edited ${words}`;
    await engine.tag({ document, text, format: 'plain' });
    const edited: number[] = [];
    const alone: number[] = [];
    const whole: number[] = [];
    for (let round = -1; round < context.rounds; round++) {
      const sentence = maker.sentence();
      const at = text.indexOf('. ', text.length >> 1) + 2;
      text = `${text.slice(0, at)}${sentence} ${text.slice(text.indexOf('. ', at) + 2)}`;
      const range = { start: at, end: at + sentence.length };
      edited.push(await timeMs(() => engine.tag({ document, text, format: 'plain', range })));
      whole.push(await timeMs(() => engine.tag({ document, text, format: 'plain' })));
      const other = maker.sentence();
      alone.push(await timeMs(() => engine.tag({ document: 'alone', text: other, format: 'plain' })));
    }
    // The first round warms up.
    const [a, b, c] = [edited, alone, whole].map((values) => values.slice(1));
    rows.push({
      what: `Re-tagging after one edited sentence of ${number(words)} words, over tagging a sentence alone`,
      measured: `${times(medianRatio(a ?? [], b ?? []))} (${milliseconds(median(a ?? []))} and ${milliseconds(median(b ?? []))}; the whole document again, from the cache: ${milliseconds(median(c ?? []))})`,
      aim: '≤ 2×',
    });
  }
  await engine.dispose();
  return rows;
}
