import {
  type ImportCounts,
  importMethod,
  type ImportRequest,
  readFileMethod,
  type ReadFileRequest,
  type RecognisedFile,
} from '../../protocol/reviewMessages';
import { releaseLockOfThread } from '../../runtime/files/fileLock';
import { reviewLock } from '../../runtime/review/reviewFiles';
import { RpcWorker } from '../../runtime/rpcWorker';

/** Reads files of records and imports them. Each import begins with its own, which keeps what was read. */
export interface RecordImports {
  readFile(request: ReadFileRequest, signal?: AbortSignal): Promise<RecognisedFile | undefined>;
  import(request: ImportRequest, signal?: AbortSignal): Promise<ImportCounts>;
  /** Frees the memory. What is running is stopped. */
  stop(): Promise<void>;
}

/** {@link RecordImports} in a worker thread, which the first request starts. */
export class ImportClient implements RecordImports {
  private readonly worker: RpcWorker;
  /** The review into which records are being imported. */
  private folder: string | undefined;

  /** @param workerPath Path of the worker's script. */
  constructor(workerPath: string) {
    this.worker = new RpcWorker(workerPath, { stdout: true, stderr: true });
  }

  readFile(request: ReadFileRequest, signal?: AbortSignal): Promise<RecognisedFile | undefined> {
    return this.worker.request(readFileMethod, request, signal);
  }

  import(request: ImportRequest, signal?: AbortSignal): Promise<ImportCounts> {
    this.folder = request.folder;
    return this.worker.request(importMethod, request, signal);
  }

  async stop(): Promise<void> {
    const threadId = await this.worker.stop();
    const { folder } = this;
    if (threadId !== undefined && folder !== undefined)
      await releaseLockOfThread(reviewLock(folder), threadId);
  }
}
