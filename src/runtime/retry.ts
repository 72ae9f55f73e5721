import { setTimeout as wait } from 'node:timers/promises';
import { BioBertError, throwIfCancelled } from '../core/errors';

/** An error after which the same request may succeed: a busy server, a broken connection. */
export class RetryableError extends Error {
  /** @param waitMs The wait that the other side asks for, in milliseconds. Undefined if it names none. */
  constructor(
    message: string,
    readonly waitMs?: number,
  ) {
    super(message);
  }

  /** Makes an error of this class, with the wait of `retry-after` if that is a number of seconds. */
  static fromResponse({ status, headers }: Response): RetryableError {
    const seconds = Number(headers.get('retry-after') ?? NaN);
    return new this(`status ${status}`, seconds >= 0 ? seconds * 1000 : undefined);
  }
}

export interface RetryOptions {
  /** Attempts in a row without progress before the last error is thrown. */
  readonly attempts: number;
  /** Wait before the second attempt, in milliseconds. It doubles after each failure. */
  readonly backOffMs: number;
  /** Upper limit of every wait, in milliseconds, whatever the other side asks for. */
  readonly maxWaitMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Waits, or less if the signal aborts. Default: a timer of Node. */
  readonly sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Makes the error that is thrown after the last attempt. */
  readonly giveUp: (cause: unknown) => BioBertError;
}

/**
 * Runs an attempt until it succeeds. A {@link BioBertError} is final and is thrown at once; every other error is
 * retried, because `fetch` has no type for a connection that broke.
 *
 * @param attempt Calls `progressed` whenever data arrives, which resets the count of failures: a long download may be
 *   interrupted more often than `attempts`.
 * @throws {BioBertError} the error of the attempt, or that of `giveUp`; {@link CancelledError}
 */
export async function retry<T>(
  { attempts, backOffMs, maxWaitMs, signal, giveUp, sleep = sleepUnlessAborted }: RetryOptions,
  attempt: (progressed: () => void) => Promise<T>,
): Promise<T> {
  for (let failures = 0; ;) {
    throwIfCancelled(signal);
    try {
      return await attempt(() => (failures = 0));
    } catch (error) {
      throwIfCancelled(signal);
      if (error instanceof BioBertError) throw error;
      failures += 1;
      if (failures >= attempts) throw giveUp(error);
      const requestedMs = error instanceof RetryableError ? error.waitMs : undefined;
      const waitMs = Math.min(maxWaitMs, requestedMs ?? backOffMs * 2 ** (failures - 1));
      // An abort ends the wait; the next round throws CancelledError.
      await sleep(waitMs, signal);
    }
  }
}

/** Resolves after `ms`, or as soon as the signal aborts. */
export async function sleepUnlessAborted(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await wait(ms, undefined, signal && { signal }).catch(() => undefined);
}
