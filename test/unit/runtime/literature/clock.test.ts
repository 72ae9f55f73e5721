import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateLimiter } from '../../../../src/runtime/literature/clock';
import { virtualClock } from '../../../support/virtualClock';
import '../../../support/propertySeed';

describe('RateLimiter', () => {
  it('keeps requests at least its interval apart, and lets the first begin at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(1000), { minLength: 1 }), async (pauses) => {
        const clock = virtualClock();
        const limiter = new RateLimiter(350, clock);
        const starts: number[] = [];
        for (const pause of pauses) {
          await clock.sleep(pause, undefined);
          const before = clock.now();
          await limiter.turn(undefined);
          const last = starts.at(-1);
          expect(clock.now()).toBe(last === undefined ? before : Math.max(before, last + 350));
          starts.push(clock.now());
        }
      }),
    );
  });

  it('gives each of several that wait at the same time its own turn', async () => {
    const waits: number[] = [];
    const limiter = new RateLimiter(100, {
      now: () => 0,
      sleep: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
    });
    await Promise.all([1, 2, 3].map(() => limiter.turn(undefined)));
    expect(waits).toEqual([100, 200]);
  });
});
