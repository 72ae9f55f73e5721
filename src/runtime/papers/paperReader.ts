import { Worker } from 'node:worker_threads';
import { BioBertError, CancelledError, throwIfCancelled } from '../../core/errors';
import { damagedPaper, paperTooLarge, paperTooSlow } from './errors';
import type { ExtractedPaper, PaperKind } from './paper';
import type { PaperReply, PaperRequest } from './paperMessages';

export interface PaperReaderOptions {
  /** Path of the worker's script. */
  readonly workerPath: string;
  /** After this time the extraction of a paper is stopped. Default: 120 seconds. */
  readonly timeoutMs?: number | undefined;
  /** A worker without work ends after this time. Default: 20 seconds. */
  readonly idleMs?: number | undefined;
  /** Memory of the worker. Default: 1,024 MB. */
  readonly maxMemoryMB?: number | undefined;
}

const kindNames: Readonly<Record<PaperKind, string>> = {
  pdf: 'PDF',
  docx: 'Word document',
  xlsx: 'Excel workbook',
};

/**
 * Extracts the text of papers in a worker thread, which the first paper starts. A file may be hostile: the worker
 * has limits of memory and time, and is ended if it exceeds them or if the caller cancels. Papers are read one by one.
 *
 * @example
 * const reader = new PaperReader({ workerPath: 'dist/paperWorker.js' });
 * const { text } = await reader.extract(bytes, 'pdf', signal);
 */
export class PaperReader {
  private worker: Worker | undefined;
  private queue: Promise<unknown> = Promise.resolve();
  private idleTimer: NodeJS.Timeout | undefined;
  private nextId = 1;

  constructor(private readonly options: PaperReaderOptions) {}

  /**
   * @param kind The kind that `paperContent` found.
   * @throws {BioBertError} PAPER_SCANNED, PAPER_ENCRYPTED, PAPER_DAMAGED, PAPER_UNSUPPORTED, DOCUMENT_TOO_LARGE.
   *   {@link CancelledError} after the signal aborts.
   */
  async extract(bytes: Uint8Array, kind: PaperKind, signal?: AbortSignal): Promise<ExtractedPaper> {
    const before = this.queue;
    const turn = before.then(async () => {
      throwIfCancelled(signal);
      return this.ask(bytes, kind, signal);
    });
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  /** Ends the worker. A paper that is being read is cancelled. */
  async dispose(): Promise<void> {
    clearTimeout(this.idleTimer);
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }

  private async ask(
    bytes: Uint8Array,
    kind: PaperKind,
    signal: AbortSignal | undefined,
  ): Promise<ExtractedPaper> {
    clearTimeout(this.idleTimer);
    const worker = (this.worker ??= this.start());
    worker.ref();
    const id = this.nextId++;
    try {
      const reply = await this.replyTo(worker, { id, bytes, kind }, signal);
      if (reply.paper) return reply.paper;
      const { error } = reply;
      throw error
        ? new BioBertError(error.code, error.message, error.nextStep)
        : damagedPaper(kindNames[kind]);
    } finally {
      worker.unref();
      this.stopWhenIdle();
    }
  }

  private replyTo(
    worker: Worker,
    request: PaperRequest,
    signal: AbortSignal | undefined,
  ): Promise<PaperReply> {
    const timeoutMs = this.options.timeoutMs ?? 120_000;
    return new Promise<PaperReply>((resolve, reject) => {
      const settle = (finish: () => void) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
        worker.off('message', receive).off('error', fail).off('exit', end);
        finish();
      };
      const giveUp = (error: Error) => {
        settle(() => {
          this.drop(worker);
          reject(error);
        });
      };
      const cancel = () => giveUp(new CancelledError());
      const timer = setTimeout(() => giveUp(paperTooSlow(Math.round(timeoutMs / 1000))), timeoutMs);
      signal?.addEventListener('abort', cancel, { once: true });
      const receive = (reply: PaperReply) => {
        if (reply.id === request.id) settle(() => resolve(reply));
      };
      const fail = (error: unknown) => giveUp(workerError(error, request.kind));
      const end = () => giveUp(damagedPaper(kindNames[request.kind]));
      worker.on('message', receive).on('error', fail).on('exit', end);
      worker.postMessage(request);
    });
  }

  private start(): Worker {
    const maxMemoryMB = this.options.maxMemoryMB ?? 1024;
    const worker = new Worker(this.options.workerPath, {
      execArgv: ['--no-warnings'],
      // The output of a library may quote a document, and reading it would keep this process alive.
      stdout: true,
      stderr: true,
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: maxMemoryMB, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
    });
    worker.on('error', () => undefined);
    return worker;
  }

  private drop(worker: Worker): void {
    if (this.worker === worker) this.worker = undefined;
    void worker.terminate();
  }

  private stopWhenIdle(): void {
    this.idleTimer = setTimeout(() => void this.dispose(), this.options.idleMs ?? 20_000);
    this.idleTimer.unref();
  }
}

function workerError(error: unknown, kind: PaperKind): BioBertError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return paperTooLarge('Reading it takes too much memory.');
  return damagedPaper(kindNames[kind]);
}
