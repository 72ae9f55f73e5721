import type { Timers } from './timers';

/**
 * How often a process with work is asked for a sign of life, in milliseconds. The time of a watchdog is counted in these
 * ticks: while this machine sleeps, or while this process is held up itself, no tick passes.
 */
export const tickMs = 1000;

export interface WatchdogParts {
  readonly timers: Timers;
  /** Seconds without a message, while there is work, after which the process counts as hung. 0: never. */
  readonly silentSeconds: number;
  /** Asks the process for a message. */
  readonly ping: () => void;
  /** Called once, when the process counts as hung. */
  readonly onHang: () => void;
}

/**
 * Notices a process that does not answer. Its event loop is blocked during each batch and while a model is opened, so
 * that silence is normal for a while; a process whose event loop turns answers each ping.
 */
export class Watchdog {
  /** Seconds that are left of each piece of work. */
  private readonly work = new Map<symbol, number>();
  /** Number of pings since the last message. */
  private unanswered = 0;
  private isOver = false;
  private cancelTick: (() => void) | undefined;

  constructor(private readonly parts: WatchdogParts) {}

  /**
   * Watches the process while a request runs.
   * @param maxSeconds Longest time of this request, whether or not the process gives signs of life. Default: no limit.
   */
  async during<T>(request: Promise<T>, maxSeconds = Infinity): Promise<T> {
    const key = Symbol('request');
    this.work.set(key, maxSeconds);
    if (!this.isOver && this.parts.silentSeconds > 0)
      this.cancelTick ??= this.parts.timers.after(tickMs, this.tick);
    try {
      return await request;
    } finally {
      this.work.delete(key);
      this.restIfIdle();
    }
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
    let isLate = false;
    for (const [key, seconds] of this.work) {
      this.work.set(key, seconds - 1);
      isLate ||= seconds <= 1;
    }
    if (isLate || this.unanswered >= this.parts.silentSeconds) {
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
    if (this.work.size > 0 || this.unanswered > 0) return;
    this.cancelTick?.();
    this.cancelTick = undefined;
  }
}
