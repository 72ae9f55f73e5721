import { BioBertError, documentFaults, errorCodes, isCancelled, throwIfCancelled } from '../../core/errors';

/** The result of one document. */
export interface DocumentResult {
  readonly entities: { readonly length: number };
}

export interface FolderRunParts<File, Found extends DocumentResult> {
  /** Files in the order in which they are tagged. */
  readonly files: readonly File[];
  /** @returns the stored result, or undefined if the document changed since. @throws if the file cannot be tagged. */
  readonly recall: (file: File) => Promise<Found | undefined>;
  /** Tags a document and stores the result. */
  readonly tag: (file: File, signal: AbortSignal) => Promise<Found>;
  readonly onTagged: (file: File, found: Found) => void;
  readonly onProgress: (progress: FolderProgress) => void;
  /** Number of documents in the engine at the same time: while the model reads one, the next is parsed. */
  readonly concurrency: number;
}

export interface FolderProgress {
  readonly done: number;
  readonly total: number;
  /** Documents that the model read in this run; the remaining time is estimated from them. */
  readonly inferred: number;
  readonly entities: number;
}

export interface Skipped<File> {
  readonly file: File;
  readonly error: BioBertError;
}

export interface FolderOutcome<File> {
  readonly documents: number;
  /** Number of documents whose stored result was used. */
  readonly unchanged: number;
  readonly entities: number;
  readonly skipped: readonly Skipped<File>[];
  readonly cancelled: boolean;
}

/** After so many failures in a row, the engine is at fault and not the documents. */
const maxFailuresInRow = 3;

/**
 * Tags many files. A file that cannot be tagged is recorded and skipped; an engine that cannot work ends the run. Results
 * from before a cancellation or a failure are kept, because `tag` has stored them and `onTagged` has been called.
 *
 * @throws {BioBertError} when the engine or the model is at fault.
 */
export async function runFolder<File, Found extends DocumentResult>(
  parts: FolderRunParts<File, Found>,
  signal: AbortSignal,
): Promise<FolderOutcome<File>> {
  const run = new FolderRun(parts);
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const workers = Array.from({ length: Math.max(1, parts.concurrency) }, () => run.work(both));
  try {
    await Promise.all(workers);
  } catch (error) {
    // One worker failed: stop the others, which would otherwise continue unobserved.
    stop.abort();
    await Promise.allSettled(workers);
    if (!isCancelled(error)) throw error;
  }
  return run.outcome(signal.aborted);
}

class FolderRun<File, Found extends DocumentResult> {
  private next = 0;
  private documents = 0;
  private unchanged = 0;
  private inferred = 0;
  private entities = 0;
  private failuresInRow = 0;
  private readonly skipped: Skipped<File>[] = [];

  constructor(private readonly parts: FolderRunParts<File, Found>) {}

  async work(signal: AbortSignal): Promise<void> {
    while (this.next < this.parts.files.length) {
      throwIfCancelled(signal);
      const file = this.parts.files[this.next++];
      if (file === undefined) continue;
      await this.handle(file, signal);
      this.report();
    }
  }

  outcome(cancelled: boolean): FolderOutcome<File> {
    const { documents, unchanged, entities, skipped } = this;
    return { documents, unchanged, entities, skipped, cancelled };
  }

  private async handle(file: File, signal: AbortSignal): Promise<void> {
    try {
      const stored = await this.parts.recall(file);
      throwIfCancelled(signal);
      const tagged = stored ?? (await this.parts.tag(file, signal));
      if (stored) this.unchanged++;
      else this.inferred++;
      this.documents++;
      this.entities += tagged.entities.length;
      this.failuresInRow = 0;
      this.parts.onTagged(file, tagged);
    } catch (error) {
      if (isCancelled(error) || !this.maySkip(error)) throw error;
      this.skipped.push({ file, error });
    }
  }

  private maySkip(error: unknown): error is BioBertError {
    if (!(error instanceof BioBertError)) return false;
    if (documentFaults.has(error.code)) return true;
    return error.code === errorCodes.ENGINE_CRASHED && ++this.failuresInRow < maxFailuresInRow;
  }

  private report(): void {
    const { inferred, entities, parts } = this;
    const done = this.documents + this.skipped.length;
    parts.onProgress({ done, total: parts.files.length, inferred, entities });
  }
}
