import { Worker } from 'node:worker_threads';
import {
  type ImportCounts,
  importMethod,
  type ImportRequest,
  readFileMethod,
  type ReadFileRequest,
  type RecognisedFile,
} from '../../protocol/reviewMessages';
import { type Method, Rpc } from '../../protocol/rpc';
import { releaseLockOfThread } from '../../runtime/files/fileLock';
import { reviewLock } from '../../runtime/review/reviewFiles';

/** Reads files of records and imports them. Each import begins with its own, which keeps what was read. */
export interface RecordImports {
  readFile(request: ReadFileRequest, signal?: AbortSignal): Promise<RecognisedFile | undefined>;
  import(request: ImportRequest, signal?: AbortSignal): Promise<ImportCounts>;
  /** Frees the memory. What is running is stopped. */
  stop(): Promise<void>;
}

/** {@link RecordImports} in a worker thread, which the first request starts. */
export class ImportClient implements RecordImports {
  private running: { readonly worker: Worker; readonly rpc: Rpc } | undefined;
  /** The review into which records are being imported. */
  private folder: string | undefined;

  /** @param workerPath Path of the worker's script. */
  constructor(private readonly workerPath: string) {}

  readFile(request: ReadFileRequest, signal?: AbortSignal): Promise<RecognisedFile | undefined> {
    return this.request(readFileMethod, request, signal);
  }

  import(request: ImportRequest, signal?: AbortSignal): Promise<ImportCounts> {
    this.folder = request.folder;
    return this.request(importMethod, request, signal);
  }

  async stop(): Promise<void> {
    const { running, folder } = this;
    if (!running) return;
    this.running = undefined;
    running.rpc.close();
    // A worker loses its threadId when it ends, so it is read before.
    const { threadId } = running.worker;
    await running.worker.terminate();
    if (folder !== undefined) await releaseLockOfThread(reviewLock(folder), threadId);
  }

  private request<P, R>(method: Method<P, R>, params: P, signal: AbortSignal | undefined): Promise<R> {
    return this.start().request(method, params, { signal });
  }

  private start(): Rpc {
    if (this.running) return this.running.rpc;
    const worker = new Worker(this.workerPath, { execArgv: ['--no-warnings'], stdout: true, stderr: true });
    const rpc = new Rpc({
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
    });
    this.running = { worker, rpc };
    worker.once('exit', () => {
      if (this.running?.worker === worker) this.running = undefined;
    });
    return rpc;
  }
}
