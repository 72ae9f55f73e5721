import { Worker } from 'node:worker_threads';
import { CancelledError, throwIfCancelled } from '../../core/errors';
import type { ProgressEstimate } from '../../core/screening/progress';
import type { RankedText, RelevanceDecision } from '../../core/screening/ranker';
import { Rpc } from '../../protocol/rpc';
import { workerPort } from '../rpcWorker';
import { loadMethod, type LoadRecords, type PlacedDecision, rankMethod } from './screeningMessages';

export interface ScreeningClientOptions {
  /** Path of the worker's script. */
  readonly workerPath: string;
}

export interface Ranking {
  /** Ids of the undecided records, the most relevant one first. */
  readonly order: readonly string[];
  /** A score for each of `order`. It is no probability: only its order has a meaning. */
  readonly scores: Float64Array;
  readonly progress: ProgressEstimate;
}

/** The records as the worker knows them. */
interface LoadedRecords extends LoadRecords {
  /** The position of each id. */
  readonly rows: ReadonlyMap<string, number>;
}

interface RunningWorker {
  readonly worker: Worker;
  readonly rpc: Rpc;
  readonly ready: Promise<unknown>;
}

/**
 * Ranks the records of a review in a worker thread, which the first call starts. A worker that has ended is started
 * again by the next call. Of several rankings that are asked for at the same time only the last is made.
 *
 * @example
 * const client = new ScreeningClient({ workerPath: 'dist/screeningWorker.js' });
 * await client.load(records, 'Do statins prevent dementia?');
 * const { order, progress } = await client.rank([{ id: 'r7', relevant: true }]);
 */
export class ScreeningClient {
  private loaded: LoadedRecords = { records: [], question: '', rows: new Map() };
  private running: RunningWorker | undefined;
  /** Aborted when a newer ranking is asked for. */
  private newest = new AbortController();
  /** The ranking that the worker makes: it makes one at a time, so that a newer one need not wait for all before it. */
  private busy: Promise<unknown> = Promise.resolve();
  private isDisposed = false;

  constructor(private readonly options: ScreeningClientOptions) {}

  /**
   * Reads the records, instead of those of an earlier call. Rankings that are being made are cancelled.
   * @param question The question of the review with its criteria. Empty: none.
   * @throws {BioBertError} CONNECTION_CLOSED if the worker ends. {@link CancelledError} after {@link dispose}.
   */
  async load(records: readonly RankedText[], question: string): Promise<void> {
    const signal = this.supersede();
    const texts = records.map(({ id, title, abstract }) => ({ id, title, abstract }));
    this.loaded = { records: texts, question, rows: new Map(texts.map(({ id }, row) => [id, row])) };
    this.stop();
    await cancelledBy(signal, this.start().ready);
  }

  /**
   * @param decisions All decisions so far, in the order in which they were made, one a record. Those about unknown
   *   records are ignored.
   * @throws {CancelledError} if a later call of `rank` or `load` replaces this one, and after {@link dispose}.
   *   {@link BioBertError} CONNECTION_CLOSED if the worker ends.
   */
  async rank(decisions: readonly RelevanceDecision[]): Promise<Ranking> {
    const signal = this.supersede();
    const before = this.busy;
    const made = before.then(() => this.askWorker(decisions, signal));
    this.busy = made.catch(() => undefined);
    return made;
  }

  /** Ends the worker. What is being made is cancelled. */
  dispose(): void {
    this.isDisposed = true;
    this.supersede();
    this.stop();
  }

  private supersede(): AbortSignal {
    this.newest.abort();
    this.newest = new AbortController();
    return this.newest.signal;
  }

  private async askWorker(decisions: readonly RelevanceDecision[], signal: AbortSignal): Promise<Ranking> {
    throwIfCancelled(signal);
    const { records, rows } = this.loaded;
    const { rpc, ready } = this.start();
    await cancelledBy(signal, ready);
    // The worker cannot be interrupted: the next ranking waits until it has made this one.
    const asked = rpc.request(rankMethod, placed(decisions, rows));
    const { order, scores, progress } = await cancelledBy(signal, asked);
    return { order: Array.from(order, (row) => records[row]?.id ?? ''), scores, progress };
  }

  private start(): RunningWorker {
    if (this.isDisposed) throw new CancelledError();
    if (this.running) return this.running;
    const worker = new Worker(this.options.workerPath, { execArgv: ['--no-warnings'], env: {} });
    const rpc = new Rpc(workerPort(worker));
    const { records, question } = this.loaded;
    const ready = rpc.request(loadMethod, { records, question });
    // Whoever waits for it is told; without this, a worker that ends unasked would end the process.
    ready.catch(() => undefined);
    const running = { worker, rpc, ready };
    worker.once('exit', () => {
      if (this.running === running) this.running = undefined;
    });
    this.running = running;
    return running;
  }

  private stop(): void {
    const { running } = this;
    if (!running) return;
    this.running = undefined;
    running.rpc.close();
    void running.worker.terminate();
  }
}

/** Waits for a result. Whatever comes of it after the signal has aborted is a cancellation. */
async function cancelledBy<T>(signal: AbortSignal, result: Promise<T>): Promise<T> {
  try {
    return await result;
  } finally {
    throwIfCancelled(signal);
  }
}

/** Decisions by position; the first time that a record was decided gives the place in the order. */
function placed(
  decisions: readonly RelevanceDecision[],
  rows: ReadonlyMap<string, number>,
): readonly PlacedDecision[] {
  const relevance = new Map<number, boolean>();
  for (const { id, relevant } of decisions) {
    const row = rows.get(id);
    if (row !== undefined) relevance.set(row, relevant);
  }
  return Array.from(relevance, ([row, relevant]) => ({ row, relevant }));
}
