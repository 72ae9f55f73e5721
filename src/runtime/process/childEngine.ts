import { BioBertError, throwIfCancelled } from '../../core/errors';
import type {
  AnswerOptions,
  AnswerRequest,
  AnswerResult,
  BioBertEngine,
  EmbedRequest,
  EngineStatus,
  ModelInfo,
  PassagesRequest,
  PassagesResult,
  RelationsOptions,
  RelationsRequest,
  RelationsResult,
  TagOptions,
  TagRequest,
  TagResult,
} from '../../protocol/engine';
import type { ModelTask } from '../../protocol/tasks';
import { type ChildStatus, forgetEvent, loadMethod } from '../../protocol/engineMessages';
import { answerMethod, embedMethod } from '../../protocol/questionMessages';
import { linkedAbort, manyListenersController, orCancelled } from '../abort';
import { ChildConnection } from './childConnection';
import type { EngineOptions } from '../engine/engine';
import { crashedError, disposedError } from '../engine/engineErrors';
import { type Logger, nullLogger } from '../log';
import { RelationCollector } from './relationCollector';
import { hasNativeRuntime } from '../onnx/platform';
import type { RuntimeName } from '../onnx/session';
import { StatusSource } from '../engine/statusSource';
import { TagCollector } from './tagCollector';
import { systemTimers, type Timers } from './timers';

export interface ChildEngineOptions extends EngineOptions {
  /** The built entry of the child, `dist/child.js`. */
  readonly childPath: string;
  /** Minutes without a request after which the process ends. 0: never. Default 10. */
  readonly idleMinutes?: number | undefined;
  readonly timers?: Timers | undefined;
}

/** The engine in a forked process: nothing runs before the first request, and nothing after the idle limit. */
export function createChildEngine(options: ChildEngineOptions): BioBertEngine {
  return new ChildEngine(options);
}

const defaultIdleMinutes = 10;
const firstBackOffMs = 250;
const longestBackOffMs = 30_000;

/** A request is sent again once: what kills the process twice is taken for the cause. */
const maxAttempts = 2;

/** A process that answers, or is about to. */
interface Started {
  readonly connection: ChildConnection;
  readonly info: ModelInfo;
}

class ChildEngine implements BioBertEngine {
  private readonly log: Logger;
  private readonly timers: Timers;
  private readonly statuses = new StatusSource();
  /** A process with the model of the task, there or on its way. */
  private readonly starting = new Map<ModelTask, Promise<Started>>();
  private connection: ChildConnection | undefined;
  private runtime: RuntimeName | undefined;
  private crashes = 0;
  private active = 0;
  private stopIdleTimer: () => void = () => undefined;
  private lifetime = manyListenersController();
  private isDisposed = false;

  constructor(private readonly options: ChildEngineOptions) {
    this.log = options.log ?? nullLogger;
    this.timers = options.timers ?? systemTimers;
    this.runtime = options.runtime;
  }

  get status(): EngineStatus {
    return this.statuses.current;
  }

  onDidChangeStatus(listener: (status: EngineStatus) => void): () => void {
    return this.statuses.listen(listener);
  }

  load(signal?: AbortSignal, task: ModelTask = 'token-classification'): Promise<ModelInfo> {
    return this.track(signal, async (linked) => (await orCancelled(this.start(task), linked)).info);
  }

  tag(request: TagRequest, { signal, onProgress }: TagOptions = {}): Promise<TagResult> {
    const { text, ...params } = request;
    const collector = new TagCollector(onProgress);
    return this.ask('token-classification', signal, (connection, linked) =>
      connection.tag(text, params, collector, linked),
    );
  }

  relations(
    request: RelationsRequest,
    { signal, onProgress }: RelationsOptions = {},
  ): Promise<RelationsResult> {
    const { text, ...params } = request;
    const collector = new RelationCollector(onProgress);
    return this.ask('relation-extraction', signal, (connection, linked) =>
      connection.relations(text, params, collector, linked),
    );
  }

  /** Cutting needs no model. */
  passages(
    request: PassagesRequest,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<PassagesResult> {
    return this.ask(request.embed === true ? 'question-answering' : undefined, signal, (connection, linked) =>
      connection.passages(request, linked),
    );
  }

  embed(
    request: EmbedRequest,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<readonly Float32Array[]> {
    return this.ask('question-answering', signal, ({ rpc }, linked) =>
      rpc.request(embedMethod, request, { signal: linked }),
    );
  }

  answer(request: AnswerRequest, { signal, onProgress }: AnswerOptions = {}): Promise<AnswerResult> {
    return this.ask('question-answering', signal, ({ rpc }, linked) =>
      rpc.request(answerMethod, request, { signal: linked, onProgress }),
    );
  }

  forget(document: string): void {
    this.connection?.forgetText(document);
    this.connection?.rpc.notify(forgetEvent, document);
  }

  async unload(): Promise<void> {
    this.lifetime.abort();
    this.lifetime = manyListenersController();
    await this.stop();
  }

  async dispose(): Promise<void> {
    this.isDisposed = true;
    await this.unload();
    this.statuses.clear();
  }

  /** Asks a process that has the model of the task, if it needs one; a process that dies of it is asked again once. */
  private ask<T>(
    task: ModelTask | undefined,
    signal: AbortSignal | undefined,
    request: (connection: ChildConnection, linked: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.track(signal, async (linked) => {
      for (let attempt = 1; ; attempt++) {
        const starting = task === undefined ? this.anyProcess() : this.start(task);
        const { connection } = await orCancelled(starting, linked);
        try {
          const result = await request(connection, linked);
          this.crashes = 0;
          return result;
        } catch (error) {
          if (!(await connection.died(error))) throw error;
          throwIfCancelled(linked);
          if (attempt === maxAttempts) throw crashedError(error);
        }
      }
    });
  }

  /** Follows a request from its start to its end: status, idle timer, unload and dispose. */
  private async track<T>(
    signal: AbortSignal | undefined,
    work: (linked: AbortSignal) => Promise<T>,
  ): Promise<T> {
    this.throwIfDisposed();
    throwIfCancelled(signal);
    const linked = linkedAbort(signal, this.lifetime.signal);
    this.active++;
    this.stopIdleTimer();
    this.report();
    try {
      return await work(linked.signal);
    } catch (error) {
      this.throwIfDisposed();
      throw error;
    } finally {
      linked.unlink();
      this.active--;
      this.report();
      if (this.active === 0) this.startIdleTimer();
    }
  }

  /** The running process, or a new one, with the model of the task; shared by all who ask. */
  private start(task: ModelTask): Promise<Started> {
    const known = this.starting.get(task);
    if (known) return known;
    const starting = this.startTask(task, this.lifetime.signal);
    this.starting.set(task, starting);
    const forget = () => {
      if (this.starting.get(task) === starting) this.starting.delete(task);
    };
    // Whoever asked is told of the failure; here it only makes room for the next start.
    starting.then(({ connection }) => connection.exited.then(forget), forget);
    return starting;
  }

  /** The running process, or a new one, whatever it has loaded. */
  private async anyProcess(): Promise<Pick<Started, 'connection'>> {
    await this.backOff(this.lifetime.signal);
    return { connection: this.connection ?? this.fork() };
  }

  private async startTask(task: ModelTask, lifetime: AbortSignal): Promise<Started> {
    const { model } = this.status;
    this.statuses.set({ state: 'loading', ...(model && { model }) });
    for (let attempt = 1; ; attempt++) {
      await this.backOff(lifetime);
      const connection = this.connection ?? this.fork();
      try {
        const info = await connection.rpc.request(loadMethod, task, { signal: lifetime });
        this.onLoaded(info);
        return { connection, info };
      } catch (error) {
        if (!(await connection.died(error))) {
          await this.onUnfit(connection, error);
          throw error;
        }
        if (attempt === maxAttempts) {
          const crashed = crashedError(error);
          this.fail(crashed);
          throw crashed;
        }
        this.chooseRuntimeAfterCrash();
      }
    }
  }

  /** A model that cannot be loaded is no harm to the others in the process. */
  private async onUnfit(connection: ChildConnection, error: unknown): Promise<void> {
    if (this.starting.size > 1) {
      this.statuses.set({ ...this.status, state: 'working' });
      return;
    }
    await connection.stop();
    this.fail(error);
  }

  private onLoaded(info: ModelInfo): void {
    // The status names the tagger where there is one: its types are what is shown.
    const shown = info.task === 'token-classification' ? info : this.status.model;
    this.statuses.set({ ...this.status, state: 'working', model: shown ?? info });
  }

  private fork(): ChildConnection {
    const { childPath, modelPath, relationsPath, questionsPath, threads, maxCharacters } = this.options;
    const { server, device } = this.options;
    const connection = new ChildConnection({
      childPath,
      args: {
        modelPath,
        relationsPath,
        questionsPath,
        threads,
        maxCharacters,
        runtime: this.runtime,
        device,
        server: server && { url: server.url, model: server.model },
      },
      serverToken: server?.token,
      log: this.log,
      onStatus: (status) => this.onChildStatus(connection, status),
    });
    this.connection = connection;
    void connection.exited.then(() => this.onExit(connection));
    return connection;
  }

  /** Desktop Electron's allocator has made the native runtime die while it loaded (onnxruntime#29763). */
  private chooseRuntimeAfterCrash(): void {
    if (this.runtime !== undefined || !hasNativeRuntime()) return;
    this.runtime = 'web';
    this.log.warn(
      'The native runtime died while it loaded: the WebAssembly one takes its place from now on.',
    );
  }

  private onExit(connection: ChildConnection): void {
    if (connection.hasCrashed) this.crashes++;
    if (this.connection !== connection) return;
    this.connection = undefined;
    if (this.status.state !== 'failed') this.statuses.set({ state: this.active > 0 ? 'loading' : 'idle' });
  }

  /** Waits after a crash, twice as long after each. */
  private backOff(lifetime: AbortSignal): Promise<void> {
    if (this.crashes === 0) return Promise.resolve();
    const delayMs = Math.min(longestBackOffMs, firstBackOffMs * 2 ** (this.crashes - 1));
    let stop: () => void = () => undefined;
    const waited = new Promise<void>((resolve) => (stop = this.timers.after(delayMs, resolve)));
    return orCancelled(waited, lifetime).finally(() => stop());
  }

  private startIdleTimer(): void {
    this.stopIdleTimer();
    const minutes = this.options.idleMinutes ?? defaultIdleMinutes;
    if (minutes <= 0 || !this.connection) return;
    this.stopIdleTimer = this.timers.after(minutes * 60_000, () => {
      this.log.info(`The engine process ends after ${minutes} idle minutes.`);
      void this.unload();
    });
  }

  /** Never rejects. */
  private async stop(): Promise<void> {
    this.stopIdleTimer();
    const { connection } = this;
    this.connection = undefined;
    this.starting.clear();
    this.statuses.set({ state: 'idle' });
    await connection?.stop(this.isDisposed ? disposedError() : undefined);
  }

  private onChildStatus(connection: ChildConnection, { memoryBytes }: ChildStatus): void {
    if (this.connection !== connection || this.status.state === 'failed') return;
    this.statuses.set({ ...this.status, memoryBytes });
  }

  private report(): void {
    const { state } = this.status;
    if (state !== 'ready' && state !== 'working') return;
    this.statuses.set({ ...this.status, state: this.active > 0 ? 'working' : 'ready' });
  }

  private fail(error: unknown): void {
    if (error instanceof BioBertError) this.statuses.set({ state: 'failed', error: error.userMessage });
  }

  private throwIfDisposed(): void {
    if (this.isDisposed) throw disposedError();
  }
}
