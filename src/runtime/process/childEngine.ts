import { type BioBertError, throwIfCancelled } from '../../core/errors';
import type {
  BioBertEngine,
  CallOptions,
  EngineMethod,
  EngineRequest,
  EngineResult,
  EngineStatus,
  ModelInfo,
} from '../../protocol/engine';
import { RequestMethods } from '../../protocol/requestMethods';
import { defaultTask, type ModelTask } from '../../protocol/tasks';
import { orCancelled } from '../abort';
import { crashedError, disposedError, hungError } from '../engine/engineErrors';
import type { EngineOptions } from '../engine/engineOptions';
import { RequestTracker } from '../engine/requestTracker';
import { StatusSource } from '../engine/statusSource';
import { nullLogger } from '../log';
import { workQueue } from '../workQueue';
import { childCalls } from './childCalls';
import type { ChildConnection } from './childConnection';
import { IdleTimer } from './idleTimer';
import { ModelProcess } from './modelProcess';
import { Restarts } from './restarts';
import { systemTimers, type Timers } from './timers';

export interface ChildEngineOptions extends EngineOptions {
  /** The built entry of the child, `dist/child.js`. */
  readonly childPath: string;
  /** Minutes without a request after which the process ends. 0: never. Default 10. */
  readonly idleMinutes?: number | undefined;
  readonly timers?: Timers | undefined;
  /**
   * Seconds without a sign of life, while it has work, after which the process is replaced. 0: never. Default 180: the longest
   * batch of BERT-large takes 25 s with one thread of WebAssembly.
   */
  readonly silentSeconds?: number | undefined;
}

/**
 * The engine in a forked process: nothing runs before the first request, and nothing after the idle limit.
 *
 * @example
 * ```ts
 * const engine = createChildEngine({ childPath: 'dist/child.js', modelPaths, idleMinutes: 10 });
 * const { relations } = await engine.relations({ document: 'a.txt', text, format: 'plain' });
 * ```
 */
export function createChildEngine(options: ChildEngineOptions): BioBertEngine {
  return new ChildEngine(options);
}

const defaultIdleMinutes = 10;
const defaultSilentSeconds = 180;

/** The outcome of one attempt to send a request to a process. */
type Attempt<R> =
  | { readonly died: false; readonly result: R }
  | { readonly died: true; readonly hasHung: boolean; readonly error: unknown };

/** Says in an error which request the engine worked on: by the name of the document, without its folder. */
function workOn(request: object): string {
  const document = 'document' in request ? String(request.document) : '';
  const name = document.split(/[/\\]/u).at(-1) ?? '';
  return name === '' ? 'it worked on this request' : `it worked on ${name}`;
}

class ChildEngine extends RequestMethods implements BioBertEngine {
  private readonly statuses = new StatusSource();
  private readonly requests = new RequestTracker(() => this.onRequest());
  private readonly restarts: Restarts;
  private readonly process: ModelProcess;
  private readonly idle: IdleTimer;
  /** Runs second attempts one at a time, so that only the request that ends the process fails, and no other with it. */
  private readonly inOrder = workQueue();

  constructor(options: ChildEngineOptions) {
    super();
    const { childPath, log = nullLogger, timers = systemTimers, idleMinutes = defaultIdleMinutes } = options;
    const { silentSeconds = defaultSilentSeconds } = options;
    const { statuses, requests } = this;
    const restarts = new Restarts(timers, log, options.runtime);
    this.restarts = restarts;
    this.process = new ModelProcess({
      childPath,
      options,
      statuses,
      requests,
      restarts,
      log,
      timers,
      silentSeconds,
    });
    this.idle = new IdleTimer(timers, idleMinutes, (minutes) => {
      log.info(`The engine process ends after ${minutes} idle minutes.`);
      void this.unload();
    });
  }

  get status(): EngineStatus {
    return this.statuses.current;
  }

  onDidChangeStatus(listener: (status: EngineStatus) => void): () => void {
    return this.statuses.listen(listener);
  }

  load(signal?: AbortSignal, task: ModelTask = defaultTask): Promise<ModelInfo> {
    return this.requests.run(
      signal,
      async (linked) => (await orCancelled(this.process.withModel(task), linked)).info,
    );
  }

  /** Sends a request to a process that has the model it needs. If the process dies, the request is sent once more. */
  ask<M extends EngineMethod>(
    method: M,
    request: EngineRequest<M>,
    { signal, onProgress }: CallOptions<M> = {},
  ): Promise<EngineResult<M>> {
    const call = childCalls[method];
    const task = call.taskOf(request);
    const send = call.prepare(request, onProgress);
    return this.requests.run(signal, async (linked) => {
      const first = await this.attempt(task, send, linked);
      if (!first.died) return first.result;
      const second = await orCancelled(
        this.inOrder(() => this.attempt(task, send, linked)),
        linked,
      );
      if (!second.died) return second.result;
      throw second.hasHung ? hungError(workOn(request), second.error) : crashedError(second.error);
    });
  }

  forget(document: string): void {
    this.process.forget(document);
  }

  unload(): Promise<void> {
    return this.stop();
  }

  async dispose(): Promise<void> {
    this.requests.close();
    await this.stop(disposedError());
    this.statuses.clear();
  }

  private async attempt<R>(
    task: ModelTask | undefined,
    send: (connection: ChildConnection, signal: AbortSignal) => Promise<R>,
    signal: AbortSignal,
  ): Promise<Attempt<R>> {
    throwIfCancelled(signal);
    const starting = task === undefined ? this.process.withAnyModels() : this.process.withModel(task);
    const { connection } = await orCancelled(starting, signal);
    try {
      const result = await send(connection, signal);
      this.restarts.succeeded();
      return { died: false, result };
    } catch (error) {
      if (!(await connection.died(error))) throw error;
      return { died: true, hasHung: connection.hasHung, error };
    }
  }

  /** Ends the process and cancels its requests. Never rejects. */
  private stop(reason?: BioBertError): Promise<void> {
    this.requests.cancelAll();
    this.idle.stop();
    return this.process.stop(reason);
  }

  private onRequest(): void {
    const { count } = this.requests;
    const { state } = this.status;
    if (state === 'ready' || state === 'working') {
      this.statuses.set({ ...this.status, state: count > 0 ? 'working' : 'ready' });
    }
    if (count > 0) this.idle.stop();
    else if (this.process.isRunning) this.idle.start();
  }
}
