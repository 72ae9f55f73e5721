import { Worker } from 'node:worker_threads';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Rpc, type Method, type Port } from '../../protocol/rpc';

/** The worker with the index of this workspace: started at the first question, ended with its owner. */
export class IndexClient {
  private running: { readonly worker: Worker; readonly rpc: Rpc } | undefined;

  /** @param file Where the index is kept; nothing is there before the first use. */
  constructor(
    private readonly workerPath: string,
    private readonly file: string,
  ) {}

  /** False where no index was ever made: then there is nothing to start. */
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

  /** Takes the index off the disk. */
  async remove(): Promise<void> {
    await this.stop();
    for (const ending of ['', '-journal', '.lock'])
      await fs.promises.rm(this.file + ending, { recursive: true, force: true });
  }

  private start(): Rpc {
    if (this.running) return this.running.rpc;
    fs.mkdirSync(path.dirname(this.file), { recursive: true });
    // Its warnings (SQLite is an experiment to some versions of Node) are nobody's.
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
