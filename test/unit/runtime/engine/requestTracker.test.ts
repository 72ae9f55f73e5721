import { describe, expect, it } from 'vitest';
import { errorCodes, isCancelled } from '../../../../src/core/errors';
import { orCancelled } from '../../../../src/runtime/abort';
import { RequestTracker } from '../../../../src/runtime/engine/requestTracker';

function setUp() {
  const counts: number[] = [];
  const tracker: RequestTracker = new RequestTracker(() => counts.push(tracker.count));
  const never = (signal: AbortSignal) => orCancelled(new Promise<never>(() => undefined), signal);
  return { tracker, counts, never };
}

describe('RequestTracker', () => {
  it('counts running requests', async () => {
    const { tracker, counts } = setUp();
    const results = [1, 2].map((value) => tracker.run(undefined, () => Promise.resolve(value)));
    expect(tracker.count).toBe(2);
    expect(await Promise.all(results)).toEqual([1, 2]);
    expect(counts).toEqual([1, 2, 1, 0]);
  });

  it('passes on the error of a request', async () => {
    const { tracker } = setUp();
    await expect(tracker.run(undefined, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(tracker.count).toBe(0);
  });

  it('does not run a request that was cancelled before', async () => {
    const { tracker, counts } = setUp();
    const run = tracker.run(AbortSignal.abort(), () => Promise.resolve(1));
    await expect(run).rejects.toSatisfy(isCancelled);
    expect(counts).toEqual([]);
  });

  it('cancels running requests, but not later ones', async () => {
    const { tracker, never } = setUp();
    const running = expect(tracker.run(undefined, never)).rejects.toSatisfy(isCancelled);
    tracker.cancelAll();
    await running;
    await tracker.settled();
    expect(await tracker.run(undefined, () => Promise.resolve('again'))).toBe('again');
  });

  it('refuses running and later requests once it is closed', async () => {
    const { tracker, never } = setUp();
    const running = tracker.run(undefined, never);
    const disposed = expect(running).rejects.toMatchObject({ code: errorCodes.ENGINE_DISPOSED });
    tracker.close();
    tracker.cancelAll();
    await disposed;
    const late = tracker.run(undefined, () => Promise.resolve(1));
    await expect(late).rejects.toMatchObject({ code: errorCodes.ENGINE_DISPOSED });
  });
});
