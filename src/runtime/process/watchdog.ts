import type { Timers } from './timers';

/**
 * How often a process with work is asked for a sign of life, in milliseconds. The time of a watchdog is counted in these
 * ticks: while this machine sleeps, or while this process is held up itself, no tick passes.
 */
export const tickMs = 1000;

/**
 * Seconds without a batch or an answer, while there is work, after which a process counts as hung although it answers
 * pings. It is far beyond the longest batch, and beyond reading a model from a slow network disk.
 */
export const stalledSeconds = 900;

export interface WatchdogParts {
  readonly timers: Timers;
  /** Seconds without a message, while there is work, after which the process counts as hung. 0: it is not watched. */
  readonly silentSeconds: number;
  /** Asks the process for a message. */
  readonly ping: () => void;
  /** Called once, when the process counts as hung. */
  readonly onHang: () => void;
}

/**
 * Notices a process that does not answer. Its event loop is blocked during each batch and while a model is opened, so
 * that silence is normal for a while; a process whose event loop turns answers each ping. Whatever the length of a
 * request, it consists of batches, so that a process with work that does not begin a batch has stalled.
 */
export class Watchdog {
  /** Number of requests that wait for an answer. */
  private requests = 0;
  /** Number of ticks with work since a batch began or a request ended. */
  private idleTicks = 0;
  private batches = 0;
  /** Number of pings since the last message. */
  private unanswered = 0;
  private isOver = false;
  private cancelTick: (() => void) | undefined;

  constructor(private readonly parts: WatchdogParts) {}

  /** Watches the process while a request runs. */
  async during<T>(request: Promise<T>): Promise<T> {
    this.requests++;
    if (!this.isOver && this.parts.silentSeconds > 0)
      this.cancelTick ??= this.parts.timers.after(tickMs, this.tick);
    try {
      return await request;
    } finally {
      this.requests--;
      this.idleTicks = 0;
      this.restIfIdle();
    }
  }

  /** Called with the number of batches that the process has begun so far. */
  began(batches: number): void {
    if (batches > this.batches) this.idleTicks = 0;
    this.batches = batches;
  }

  /** Called at each message of the process. */
  heard(): void {
    this.unanswered = 0;
    this.restIfIdle();
  }

  /** Called when the process is gone. */
  stop(): void {
    this.isOver = true;
    this.cancelTick?.();
    this.cancelTick = undefined;
  }

  private readonly tick = (): void => {
    this.cancelTick = undefined;
    if (this.requests > 0) this.idleTicks++;
    if (this.idleTicks > stalledSeconds || this.unanswered >= this.parts.silentSeconds) {
      this.stop();
      this.parts.onHang();
      return;
    }
    this.unanswered++;
    this.parts.ping();
    this.cancelTick = this.parts.timers.after(tickMs, this.tick);
  };

  /** A process that owes an answer is watched on: the request that made it hang may have been cancelled. */
  private restIfIdle(): void {
    if (this.requests > 0 || this.unanswered > 0) return;
    this.cancelTick?.();
    this.cancelTick = undefined;
  }
}
