import { isCancelled, throwIfCancelled } from '../../core/errors';
import { waitFor } from '../../runtime/assistant/patience';

/** Work that goes on after a call has stopped to wait for it. There is one run at a time. */
export class BackgroundRun {
  private readonly stopped = new AbortController();
  private running: Promise<void> | undefined;
  private failure: Error | undefined;

  constructor(private readonly work: (signal: AbortSignal) => Promise<void>) {}

  /**
   * Starts a run unless there is one, and waits for its end or for a time.
   *
   * @throws the error of this run or of the last one, once. {@link CancelledError} after the signal aborts, which ends no run.
   */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    throwIfCancelled(signal);
    this.running ??= this.run();
    await waitFor(this.running, ms, signal);
    const { failure } = this;
    this.failure = undefined;
    if (failure) throw failure;
  }

  /** Stops the run, and waits until it has. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await this.running;
  }

  /** Never rejects: the error is for the next call, which may come much later. */
  private async run(): Promise<void> {
    try {
      await this.work(this.stopped.signal);
    } catch (error) {
      if (!isCancelled(error)) this.failure = error instanceof Error ? error : new Error(String(error));
    } finally {
      this.running = undefined;
    }
  }
}
