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

describe('the tracker of requests', () => {
  it('counts the requests that run', async () => {
    const { tracker, counts } = setUp();
    const results = [1, 2].map((value) => tracker.run(undefined, () => Promise.resolve(value)));
    expect(tracker.count).toBe(2);
    expect(await Promise.all(results)).toEqual([1, 2]);
    expect(counts).toEqual([1, 2, 1, 0]);
  });

  it('passes on what a request throws', async () => {
    const { tracker } = setUp();
    await expect(tracker.run(undefined, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(tracker.count).toBe(0);
  });

  it('runs nothing for a caller that has cancelled', async () => {
    const { tracker, counts } = setUp();
    const run = tracker.run(AbortSignal.abort(), () => Promise.resolve(1));
    await expect(run).rejects.toSatisfy(isCancelled);
    expect(counts).toEqual([]);
  });

  it('cancels what runs, and only that', async () => {
    const { tracker, never } = setUp();
    const running = expect(tracker.run(undefined, never)).rejects.toSatisfy(isCancelled);
    tracker.cancelAll();
    await running;
    await tracker.settled();
    expect(await tracker.run(undefined, () => Promise.resolve('again'))).toBe('again');
  });

  it('refuses requests once it is closed, those that run included', async () => {
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
