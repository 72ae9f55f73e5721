import { BioBertError } from '../../core/errors';
import type { ModelInfo } from '../../protocol/engine';
import { forgetEvent, loadMethod } from '../../protocol/engineMessages';
import type { ModelTask } from '../../protocol/tasks';
import { crashedError, hungError } from '../engine/engineErrors';
import { engineArguments, type EngineOptions } from '../engine/engineOptions';
import type { RequestTracker } from '../engine/requestTracker';
import type { StatusSource } from '../engine/statusSource';
import { ChildConnection } from './childConnection';
import type { Logger } from '../log';
import { maxAttempts, type Restarts } from './restarts';
import type { Timers } from './timers';

/** A running process with the model of a task. */
export interface Started {
  readonly connection: ChildConnection;
  readonly info: ModelInfo;
}

/** The parts of a child engine that its process concerns. */
export interface ModelProcessParts {
  /** The built entry of the child. */
  readonly childPath: string;
  readonly options: EngineOptions;
  readonly statuses: StatusSource;
  readonly requests: RequestTracker;
  readonly restarts: Restarts;
  readonly log: Logger;
  readonly timers: Timers;
  readonly silentSeconds: number;
}

/** The forked process of an engine: started when it is needed, replaced after a crash, shared by all requests. */
export class ModelProcess {
  /** By task: a process that has its model, or is loading it. */
  private readonly starting = new Map<ModelTask, Promise<Started>>();
  private connection: ChildConnection | undefined;

  constructor(private readonly parts: ModelProcessParts) {}

  get isRunning(): boolean {
    return this.connection !== undefined;
  }

  /** The running process, or a new one, with the model of the task. */
  withModel(task: ModelTask): Promise<Started> {
    const known = this.starting.get(task);
    if (known) return known;
    const starting = this.start(task, this.parts.requests.signal);
    this.starting.set(task, starting);
    const forget = () => {
      if (this.starting.get(task) === starting) this.starting.delete(task);
    };
    // The failure goes to the requests that wait; here it only makes room for the next start.
    starting.then(({ connection }) => connection.exited.then(forget), forget);
    return starting;
  }

  /** The running process, or a new one, whatever models it has. */
  async withAnyModels(): Promise<Pick<Started, 'connection'>> {
    const { restarts, requests } = this.parts;
    await restarts.backOff(requests.signal);
    return { connection: this.connection ?? this.fork() };
  }

  /** Drops the text and the caches of a document. */
  forget(document: string): void {
    this.connection?.forgetText(document);
    this.connection?.rpc.notify(forgetEvent, document);
  }

  /** Ends the process. Never rejects. @param reason The error of its pending requests. */
  async stop(reason?: BioBertError): Promise<void> {
    const { connection } = this;
    this.connection = undefined;
    this.starting.clear();
    this.parts.statuses.set({ state: 'idle' });
    this.parts.restarts.ended();
    await connection?.stop(reason);
  }

  private async start(task: ModelTask, lifetime: AbortSignal): Promise<Started> {
    const { statuses, restarts } = this.parts;
    const { model } = statuses.current;
    statuses.set({ state: 'loading', ...(model && { model }) });
    for (let attempt = 1; ; attempt++) {
      await restarts.backOff(lifetime);
      const connection = this.connection ?? this.fork();
      try {
        const info = await connection.request(loadMethod, task, { signal: lifetime });
        const isFallback = restarts.isFallingBack && { isFallback: true as const };
        const model = statuses.shownModel(info);
        statuses.set({ ...statuses.current, state: 'working', model, ...isFallback });
        return { connection, info };
      } catch (error) {
        if (!(await connection.died(error))) {
          await this.onUnfit(connection, error);
          throw error;
        }
        if (attempt === maxAttempts) {
          const final = connection.hasHung ? hungError('it loaded the model', error) : crashedError(error);
          this.fail(final);
          throw final;
        }
        if (connection.hasNativeFault) restarts.crashedWhileLoading();
      }
    }
  }

  /** A model that cannot be loaded does no harm to the others in the process. */
  private async onUnfit(connection: ChildConnection, error: unknown): Promise<void> {
    const { statuses } = this.parts;
    if (this.starting.size > 1) {
      statuses.set({ ...statuses.current, state: 'working' });
      return;
    }
    await connection.stop();
    this.fail(error);
  }

  private fork(): ChildConnection {
    const { childPath, options, statuses, restarts, log, timers, silentSeconds } = this.parts;
    const connection = new ChildConnection({
      childPath,
      args: { ...engineArguments(options), runtime: restarts.runtime },
      serverToken: options.server?.token,
      log,
      timers,
      silentSeconds,
      onStatus: ({ memoryBytes }) => {
        if (this.connection !== connection || statuses.current.state === 'failed') return;
        statuses.set({ ...statuses.current, memoryBytes });
      },
    });
    this.connection = connection;
    void connection.exited.then(() => this.onExit(connection));
    return connection;
  }

  private onExit(connection: ChildConnection): void {
    const { statuses, requests, restarts } = this.parts;
    if (connection.hasCrashed) restarts.crashed();
    if (this.connection !== connection) return;
    this.connection = undefined;
    if (statuses.current.state !== 'failed') {
      statuses.set({ state: requests.count > 0 ? 'loading' : 'idle' });
    }
  }

  private fail(error: unknown): void {
    if (error instanceof BioBertError) {
      this.parts.statuses.set({ state: 'failed', error: error.userMessage });
    }
  }
}
