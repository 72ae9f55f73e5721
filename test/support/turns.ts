/** How a program's work is divided into turns of its event loop. */

export interface Turns {
  /** Processor time of the longest turn. */
  readonly longestMs: number;
  /** Processor time of all turns. */
  readonly totalMs: number;
}

/**
 * Between two ticks of a timer that is always due, the event loop makes one turn. Turns are measured in processor time,
 * so that other processes do not count. The time itself still depends on the machine: a test compares the longest
 * turn with all of them, and `npm run bench` reports milliseconds.
 *
 * @returns the result of the work, and its turns.
 */
export async function measureTurns<T>(work: () => Promise<T>): Promise<{ result: T; turns: Turns }> {
  let longestMs = 0;
  let totalMs = 0;
  let last = process.cpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(last);
    last = process.cpuUsage();
    const turnMs = (user + system) / 1000;
    longestMs = Math.max(longestMs, turnMs);
    totalMs += turnMs;
  }, 1);
  try {
    const result = await work();
    return { result, turns: { longestMs, totalMs } };
  } finally {
    clearInterval(timer);
  }
}
