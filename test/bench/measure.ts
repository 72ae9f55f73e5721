/** One row of the table. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly aim: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export async function timeMs(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

/**
 * Times the actions in turn, `rounds` times, every other round in reverse order: what the machine does meanwhile
 * hits all of them alike. Each runs once before.
 * @returns the milliseconds of each action, by round.
 */
export async function interleave(
  rounds: number,
  actions: readonly ((round: number) => Promise<unknown>)[],
): Promise<number[][]> {
  const times: number[][] = actions.map(() => []);
  for (const action of actions) await action(-1);
  for (let round = 0; round < rounds; round++) {
    const order = [...actions.entries()];
    if (round % 2 === 1) order.reverse();
    for (const [index, action] of order) times[index]?.push(await timeMs(() => action(round)));
  }
  return times;
}

/** Median of the ratios of each round, `above` over `below`. */
export function medianRatio(above: readonly number[], below: readonly number[]): number {
  return median(above.map((value, round) => value / (below[round] ?? Number.NaN)));
}

export function number(value: number, digits = 0): string {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export const megabytes = (bytes: number): string => `${number(bytes / 1e6)} MB`;
export const milliseconds = (ms: number): string => `${number(ms, ms < 10 ? 1 : 0)} ms`;
export const times = (ratio: number): string => `${number(ratio, 2)}×`;
