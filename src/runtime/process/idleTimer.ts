import type { Timers } from './timers';

/** Calls back once after some minutes without a request. */
export class IdleTimer {
  private cancel: () => void = () => undefined;

  /** @param minutes 0: never. */
  constructor(
    private readonly timers: Timers,
    private readonly minutes: number,
    private readonly onIdle: (minutes: number) => void,
  ) {}

  /** Starts to count, from zero if it counts already. */
  start(): void {
    this.stop();
    const { minutes } = this;
    if (minutes > 0) this.cancel = this.timers.after(minutes * 60_000, () => this.onIdle(minutes));
  }

  stop(): void {
    this.cancel();
    this.cancel = () => undefined;
  }
}
