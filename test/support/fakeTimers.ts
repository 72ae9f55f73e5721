import type { Timers } from '../../src/runtime/process/timers';

/** Creates timers that end when the test calls `fire`. */
export function fakeTimers() {
  const pending = new Map<() => void, number>();
  const timers: Timers = {
    after: (delayMs, callback) => {
      pending.set(callback, delayMs);
      return () => void pending.delete(callback);
    },
  };
  const fire = () => {
    const callbacks = [...pending.keys()];
    pending.clear();
    for (const callback of callbacks) callback();
  };
  return { timers, fire, delays: () => [...pending.values()] };
}
