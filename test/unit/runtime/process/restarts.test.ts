import { describe, expect, it } from 'vitest';
import { isCancelled } from '../../../../src/core/errors';
import { nullLogger } from '../../../../src/runtime/log';
import { hasNativeRuntime } from '../../../../src/runtime/onnx/platform';
import { IdleTimer } from '../../../../src/runtime/process/idleTimer';
import { Restarts } from '../../../../src/runtime/process/restarts';
import { fakeTimers } from '../../../support/fakeTimers';

const lifetime = new AbortController().signal;

describe('a process that crashed', () => {
  it('starts at once the first time, and after a longer delay after each crash', async () => {
    const { timers, fire, delays } = fakeTimers();
    const restarts = new Restarts(timers, nullLogger, undefined);
    await restarts.backOff(lifetime);
    for (const expected of [250, 500, 1000]) {
      restarts.crashed();
      const waited = restarts.backOff(lifetime);
      expect(delays()).toEqual([expected]);
      fire();
      await waited;
    }
  });

  it('waits no longer than half a minute', () => {
    const { timers, delays } = fakeTimers();
    const restarts = new Restarts(timers, nullLogger, undefined);
    for (let i = 0; i < 40; i++) restarts.crashed();
    void restarts.backOff(lifetime);
    expect(delays()).toEqual([30_000]);
  });

  it('starts without a delay after an answer', async () => {
    const { timers, delays } = fakeTimers();
    const restarts = new Restarts(timers, nullLogger, undefined);
    restarts.crashed();
    restarts.succeeded();
    await restarts.backOff(lifetime);
    expect(delays()).toEqual([]);
  });

  it('stops waiting when it is cancelled', async () => {
    const { timers, delays } = fakeTimers();
    const restarts = new Restarts(timers, nullLogger, undefined);
    restarts.crashed();
    const controller = new AbortController();
    const waited = expect(restarts.backOff(controller.signal)).rejects.toSatisfy(isCancelled);
    controller.abort();
    await waited;
    expect(delays()).toEqual([]);
  });

  it('changes to the WebAssembly runtime if native code crashed at a load, unless a runtime was chosen', () => {
    const { timers } = fakeTimers();
    const free = new Restarts(timers, nullLogger, undefined);
    free.crashedWhileLoading();
    expect(free.runtime).toBe(hasNativeRuntime() ? 'web' : undefined);
    expect(free.isFallingBack).toBe(hasNativeRuntime());
    const chosen = new Restarts(timers, nullLogger, 'node');
    chosen.crashedWhileLoading();
    expect(chosen.runtime).toBe('node');
    expect(chosen.isFallingBack).toBe(false);
  });

  it.runIf(hasNativeRuntime())(
    'tries the native runtime again after the process has ended, three times at most',
    () => {
      const lines: string[] = [];
      const log = { ...nullLogger, warn: (line: string) => lines.push(line) };
      const restarts = new Restarts(fakeTimers().timers, log, undefined);
      const runtimes = Array.from({ length: 4 }, () => {
        restarts.crashedWhileLoading();
        restarts.ended();
        return restarts.runtime;
      });
      expect(runtimes).toEqual([undefined, undefined, 'web', 'web']);
      expect(lines.map((line) => /reload|anew/u.exec(line)?.[0])).toEqual(['anew', 'anew', 'reload']);
    },
  );
});

describe('the idle timer', () => {
  it('calls back once after its minutes, counted from the last start', () => {
    const { timers, fire, delays } = fakeTimers();
    const calls: number[] = [];
    const idle = new IdleTimer(timers, 3, (minutes) => calls.push(minutes));
    idle.start();
    idle.start();
    expect(delays()).toEqual([180_000]);
    fire();
    fire();
    expect(calls).toEqual([3]);
  });

  it('does not call back once it is stopped, or with no minutes', () => {
    const { timers, delays } = fakeTimers();
    const stopped = new IdleTimer(timers, 3, () => undefined);
    stopped.start();
    stopped.stop();
    new IdleTimer(timers, 0, () => undefined).start();
    expect(delays()).toEqual([]);
  });
});
