import { throwIfCancelled } from '../../core/errors';
import { linkedAbort, manyListenersController } from '../abort';
import { disposedError } from './engineErrors';

/** Follows the requests of an engine from start to end: how many run, and what cancels them together. */
export class RequestTracker {
  private lifetime = manyListenersController();
  private readonly running = new Set<Promise<unknown>>();
  private active = 0;
  private isClosed = false;

  /** @param onChange Called when a request starts or ends. */
  constructor(private readonly onChange: () => void) {}

  /** Requests that run now. */
  get count(): number {
    return this.active;
  }

  /** Aborts at the next {@link cancelAll}. */
  get signal(): AbortSignal {
    return this.lifetime.signal;
  }

  /**
   * Runs a request with a signal that aborts with the caller's signal or at {@link cancelAll}.
   * @throws {BioBertError} ENGINE_DISPOSED before and after {@link close}; whatever the request throws otherwise.
   */
  async run<T>(signal: AbortSignal | undefined, request: (linked: AbortSignal) => Promise<T>): Promise<T> {
    this.throwIfClosed();
    throwIfCancelled(signal);
    const linked = linkedAbort(signal, this.lifetime.signal);
    this.active++;
    this.onChange();
    const running = request(linked.signal);
    this.running.add(running);
    try {
      return await running;
    } catch (error) {
      this.throwIfClosed();
      throw error;
    } finally {
      linked.unlink();
      this.running.delete(running);
      this.active--;
      this.onChange();
    }
  }

  cancelAll(): void {
    this.lifetime.abort();
    this.lifetime = manyListenersController();
  }

  /** Fulfilled when no request runs any more, however each ended. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.running);
  }

  /** Refuses all later requests. */
  close(): void {
    this.isClosed = true;
  }

  private throwIfClosed(): void {
    if (this.isClosed) throw disposedError();
  }
}
