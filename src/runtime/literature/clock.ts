import { sleepUnlessAborted } from '../retry';

/** The time as far as a download needs it; tests bring their own. */
export interface Clock {
  /** Milliseconds since any fixed moment. */
  now(): number;
  /** Resolves after `ms` milliseconds, or as soon as the signal aborts. */
  sleep(ms: number, signal: AbortSignal | undefined): Promise<void>;
}

export const systemClock: Clock = { now: () => performance.now(), sleep: sleepUnlessAborted };

/** Keeps requests apart, so that a server never counts more of them in a second than it allows. */
export class RateLimiter {
  private next = -Infinity;

  /** @param intervalMs Shortest time between the beginnings of two requests. */
  constructor(
    private readonly intervalMs: number,
    private readonly clock: Clock,
  ) {}

  /** Resolves when the next request may be sent, or as soon as the signal aborts. */
  async turn(signal: AbortSignal | undefined): Promise<void> {
    const now = this.clock.now();
    const start = Math.max(now, this.next);
    this.next = start + this.intervalMs;
    if (start > now) await this.clock.sleep(start - now, signal);
  }
}
