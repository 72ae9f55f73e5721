import { BioBertError, throwIfCancelled } from '../core/errors';
import type { Engine, EngineStatus, ModelInfo, TagOptions, TagRequest, TagResult } from '../protocol/engine';
import { type ChildStatus, forgetEvent, loadMethod } from '../protocol/engineMessages';
import { linkedAbort, manyListenersController, orCancelled } from './abort';
import { ChildConnection } from './childConnection';
import type { EngineOptions } from './engine';
import { crashedError, disposedError } from './engineErrors';
import { type Logger, nullLogger } from './log';
import { hasNativeRuntime, type RuntimeName } from './session';
import { StatusSource } from './statusSource';
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
export function createChildEngine(options: ChildEngineOptions): Engine {
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

class ChildEngine implements Engine {
  private readonly log: Logger;
  private readonly timers: Timers;
  private readonly statuses = new StatusSource();
  private starting: Promise<Started> | undefined;
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

  load(signal?: AbortSignal): Promise<ModelInfo> {
    return this.track(signal, async (linked) => (await orCancelled(this.start(), linked)).info);
  }

  tag(request: TagRequest, { signal, onProgress }: TagOptions = {}): Promise<TagResult> {
    const { text, ...params } = request;
    const collector = new TagCollector(onProgress);
    return this.track(signal, async (linked) => {
      for (let attempt = 1; ; attempt++) {
        const { connection } = await orCancelled(this.start(), linked);
        try {
          const result = await connection.tag(text, params, collector, linked);
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

  /** The running process, or a new one; shared by all who ask. */
  private start(): Promise<Started> {
    if (!this.starting) {
      const starting = this.startProcess(this.lifetime.signal);
      this.starting = starting;
      const forget = () => {
        if (this.starting === starting) this.starting = undefined;
      };
      // Whoever asked is told of the failure; here it only makes room for the next start.
      starting.then(({ connection }) => connection.exited.then(forget), forget);
    }
    return this.starting;
  }

  private async startProcess(lifetime: AbortSignal): Promise<Started> {
    this.statuses.set({ state: 'loading' });
    for (let attempt = 1; ; attempt++) {
      await this.backOff(lifetime);
      const connection = this.fork();
      try {
        const info = await connection.rpc.request(loadMethod, undefined, { signal: lifetime });
        this.statuses.set({ ...this.status, state: 'working', model: info });
        return { connection, info };
      } catch (error) {
        if (!(await connection.died(error))) {
          await connection.stop();
          this.fail(error);
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

  private fork(): ChildConnection {
    const { childPath, modelPath, threads, maxCharacters } = this.options;
    const connection = new ChildConnection({
      childPath,
      args: { modelPath, threads, maxCharacters, runtime: this.runtime },
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
    this.starting = undefined;
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
