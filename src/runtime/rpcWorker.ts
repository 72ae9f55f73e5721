import { type MessagePort, Worker, type WorkerOptions } from 'node:worker_threads';
import { type Method, type Port, Rpc } from '../protocol/rpc';

/** A worker thread that answers requests. A request starts it if it does not run. */
export class RpcWorker {
  private running: { readonly worker: Worker; readonly rpc: Rpc } | undefined;

  /** @param script Path of the script of the worker. */
  constructor(
    private readonly script: string,
    private readonly options: WorkerOptions = {},
  ) {}

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  request<P, R>(method: Method<P, R>, params: P, signal?: AbortSignal): Promise<R> {
    return this.start().request(method, params, { signal });
  }

  /**
   * Ends the worker. What it was asked for is rejected.
   *
   * @returns its thread id, for `releaseLockOfThread`; undefined if it did not run.
   */
  async stop(): Promise<number | undefined> {
    const { running } = this;
    if (!running) return undefined;
    this.running = undefined;
    running.rpc.close();
    // A worker loses its threadId when it ends, so it is read before.
    const { threadId } = running.worker;
    await running.worker.terminate();
    return threadId;
  }

  private start(): Rpc {
    if (this.running) return this.running.rpc;
    // Some versions of Node warn that SQLite is experimental; users cannot act on that.
    const worker = new Worker(this.script, { execArgv: ['--no-warnings'], ...this.options });
    const rpc = new Rpc(workerPort(worker));
    this.running = { worker, rpc };
    worker.once('exit', () => {
      if (this.running?.worker === worker) this.running = undefined;
    });
    return rpc;
  }
}

/** The channel to a worker thread. */
export function workerPort(worker: Worker): Port {
  return {
    postMessage: (message) => {
      worker.postMessage(message);
    },
    onMessage: (listener) => {
      worker.on('message', listener);
    },
    onClose: (listener) => {
      worker.once('error', listener);
      worker.once('exit', listener);
    },
  };
}

/** The channel from a worker thread to the thread that started it. */
export function ownerPort(port: MessagePort): Port {
  return {
    postMessage: (message) => {
      port.postMessage(message);
    },
    onMessage: (listener) => {
      port.on('message', listener);
    },
    onClose: (listener) => {
      port.on('close', listener);
    },
  };
}
