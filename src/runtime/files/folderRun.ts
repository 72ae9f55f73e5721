import { BioBertError, errorCodes, isCancelled, throwIfCancelled } from '../../core/errors';

/** What a document gave. */
export interface FoundInDocument {
  readonly entities: { readonly length: number };
}

export interface FolderRunParts<File, Found extends FoundInDocument> {
  /** In the order to tag them. */
  readonly files: readonly File[];
  /** @returns undefined when the document was never tagged as it is now. @throws when the file is unfit. */
  readonly recall: (file: File) => Promise<Found | undefined>;
  /** Tags and remembers. */
  readonly tag: (file: File, signal: AbortSignal) => Promise<Found>;
  readonly onTagged: (file: File, found: Found) => void;
  readonly onProgress: (progress: FolderProgress) => void;
  /** Documents in the engine at a time: while one is inferred, the next is read and parsed. */
  readonly concurrency: number;
}

export interface FolderProgress {
  readonly done: number;
  readonly total: number;
  /** Documents inferred in this run, which the pace is measured by. */
  readonly inferred: number;
  readonly entities: number;
}

export interface Skipped<File> {
  readonly file: File;
  readonly error: BioBertError;
}

export interface FolderOutcome<File> {
  readonly documents: number;
  /** Of these, answered from an earlier run. */
  readonly unchanged: number;
  readonly entities: number;
  readonly skipped: readonly Skipped<File>[];
  readonly cancelled: boolean;
}

/** So many documents failing in a row is no longer the documents' fault. */
const maxFailuresInRow = 3;

/**
 * Tags many files. One unfit file is noted and passed over; an engine that cannot work ends the run. What was
 * done before a cancellation or a failure is kept: `onTagged` has been told and `tag` has remembered it.
 *
 * @throws {BioBertError} when the engine or the model is at fault.
 */
export async function runFolder<File, Found extends FoundInDocument>(
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
    // One worker met the end: the others must not go on unseen.
    stop.abort();
    await Promise.allSettled(workers);
    if (!isCancelled(error)) throw error;
  }
  return run.outcome(signal.aborted);
}

class FolderRun<File, Found extends FoundInDocument> {
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
      const known = await this.parts.recall(file);
      throwIfCancelled(signal);
      const tagged = known ?? (await this.parts.tag(file, signal));
      if (known) this.unchanged++;
      else this.inferred++;
      this.documents++;
      this.entities += tagged.entities.length;
      this.failuresInRow = 0;
      this.parts.onTagged(file, tagged);
    } catch (error) {
      if (isCancelled(error) || !this.mayPassOver(error)) throw error;
      this.skipped.push({ file, error });
    }
  }

  private mayPassOver(error: unknown): error is BioBertError {
    if (!(error instanceof BioBertError)) return false;
    if (isDocumentsFault(error)) return true;
    return error.code === errorCodes.ENGINE_CRASHED && ++this.failuresInRow < maxFailuresInRow;
  }

  private report(): void {
    const { inferred, entities, parts } = this;
    const done = this.documents + this.skipped.length;
    parts.onProgress({ done, total: parts.files.length, inferred, entities });
  }
}

function isDocumentsFault({ code }: BioBertError): boolean {
  return (
    code === errorCodes.DOCUMENT_TOO_LARGE ||
    code === errorCodes.DOCUMENT_BINARY ||
    code === errorCodes.DOCUMENT_UNREADABLE ||
    code === errorCodes.DOCUMENT_FORMAT_UNKNOWN
  );
}
