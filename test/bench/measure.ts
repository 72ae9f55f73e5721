import { median, number, timeMs } from '../../src/cli/modelSpeed/measure';

export { median, megabytes, milliseconds, number, timeMs } from '../../src/cli/modelSpeed/measure';

/** One row of the table. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly aim: string;
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

export const times = (ratio: number): string => `${number(ratio, 2)}×`;
