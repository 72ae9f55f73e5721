import { Worker } from 'node:worker_threads';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { releaseLockOfThread } from '../../runtime/files/fileLock';
import { indexLock, removeDatabase, withIndexLock } from '../../runtime/index/indexFiles';
import { workerPort } from '../../runtime/workerPort';
import { Rpc, type Method } from '../../protocol/rpc';

const removeWaitMs = 10_000;

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
    if (!running) return;
    this.running = undefined;
    running.rpc.close();
    // A worker loses its threadId when it ends, so it is read before.
    const { threadId } = running.worker;
    await running.worker.terminate();
    await releaseLockOfThread(indexLock(this.file), threadId);
  }

  /** Deletes the index from the disk. @throws {BioBertError} FILE_BUSY if another window does not finish using it. */
  async remove(): Promise<void> {
    await this.stop();
    if (!this.exists) return;
    await withIndexLock(this.file, removeWaitMs, () => removeDatabase(this.file));
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
