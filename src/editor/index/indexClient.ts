import { Worker } from 'node:worker_threads';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Rpc, type Method, type Port } from '../../protocol/rpc';

/** Runs the index of this workspace in a worker thread, which is started by the first request. */
export class IndexClient {
  private running: { readonly worker: Worker; readonly rpc: Rpc } | undefined;

  /**
   * @param workerPath Path of the worker's script.
   * @param file Path of the index database. It is created at first use.
   */
  constructor(
    private readonly workerPath: string,
    private readonly file: string,
  ) {}

  /** False if the workspace has never been indexed. */
  get exists(): boolean {
    return fs.existsSync(this.file);
  }

  request<P, R>(method: Method<P, R>, params: P, signal?: AbortSignal): Promise<R> {
    return this.start().request(method, params, { signal });
  }

  async stop(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    running?.rpc.close();
    await running?.worker.terminate();
  }

  /** Deletes the index from the disk. */
  async remove(): Promise<void> {
    await this.stop();
    for (const ending of ['', '-journal', '.lock'])
      await fs.promises.rm(this.file + ending, { recursive: true, force: true });
  }

  private start(): Rpc {
    if (this.running) return this.running.rpc;
    fs.mkdirSync(path.dirname(this.file), { recursive: true });
    // Some versions of Node warn that SQLite is experimental; users cannot act on that.
    const worker = new Worker(this.workerPath, {
      workerData: { file: this.file },
      execArgv: ['--no-warnings'],
    });
    const rpc = new Rpc(workerPort(worker));
    this.running = { worker, rpc };
    worker.once('exit', () => {
      if (this.running?.worker === worker) this.running = undefined;
    });
    return rpc;
  }
}

function workerPort(worker: Worker): Port {
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
