import type { Priority } from '../../protocol/engine';

/**
 * Lets interactive requests overtake background ones: while one of them is under way, the others wait at their
 * next {@link Scheduler.turn}. Interactive requests share the turns among themselves.
 */
export class Scheduler {
  private interactive = 0;
  private waiting: (() => void)[] = [];

  /** @param onTurn Called at the end of each turn, when a batch may begin. */
  constructor(private readonly onTurn: () => void = () => undefined) {}

  /** Runs a whole request. */
  async run<T>(priority: Priority, request: () => Promise<T>): Promise<T> {
    if (priority === 'background') return request();
    this.interactive++;
    try {
      return await request();
    } finally {
      this.interactive--;
      if (this.interactive === 0) for (const resume of this.waiting.splice(0)) resume();
    }
  }

  /** Awaited between two batches. Lets the event loop turn too, so that cancellations and new requests come in. */
  async turn(priority: Priority): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (priority === 'background' && this.interactive > 0) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.onTurn();
  }
}
