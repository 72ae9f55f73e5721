import * as fs from 'node:fs';
import * as path from 'node:path';
import { releaseLockOfThread } from '../files/fileLock';
import { indexLock, removeDatabase, withIndexLock } from './indexFiles';
import { RpcWorker } from '../rpcWorker';
import type { Method } from '../../protocol/rpc';

const removeWaitMs = 10_000;

/** Runs the index of this workspace in a worker thread, which is started by the first request. */
export class IndexClient {
  private readonly worker: RpcWorker;

  /**
   * @param workerPath Path of the worker's script.
   * @param file Path of the index database. It is created at first use.
   */
  constructor(
    workerPath: string,
    private readonly file: string,
  ) {
    this.worker = new RpcWorker(workerPath, { workerData: { file } });
  }

  /** False if the workspace has never been indexed. */
  get exists(): boolean {
    return fs.existsSync(this.file);
  }

  request<P, R>(method: Method<P, R>, params: P, signal?: AbortSignal): Promise<R> {
    if (!this.worker.isRunning) fs.mkdirSync(path.dirname(this.file), { recursive: true });
    return this.worker.request(method, params, signal);
  }

  async stop(): Promise<void> {
    const threadId = await this.worker.stop();
    if (threadId !== undefined) await releaseLockOfThread(indexLock(this.file), threadId);
  }

  /** Deletes the index from the disk. @throws {BioBertError} FILE_BUSY if another window does not finish using it. */
  async remove(): Promise<void> {
    await this.stop();
    if (!this.exists) return;
    await withIndexLock(this.file, removeWaitMs, () => removeDatabase(this.file));
  }
}
