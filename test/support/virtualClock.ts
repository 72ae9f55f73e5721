import type { Clock } from '../../src/runtime/literature/clock';

export interface VirtualClock extends Clock {
  /** All waits, in milliseconds. */
  readonly sleeps: number[];
  readonly now: () => number;
}

/** A clock whose time passes only in its own waits, so that a test with waits of minutes ends at once. */
export function virtualClock(): VirtualClock {
  let time = 0;
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => time,
    sleep: (ms) => {
      sleeps.push(ms);
      time += ms;
      return Promise.resolve();
    },
  };
}
