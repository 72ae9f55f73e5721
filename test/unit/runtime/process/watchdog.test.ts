import { describe, expect, it } from 'vitest';
import { stalledSeconds, tickMs, Watchdog } from '../../../../src/runtime/process/watchdog';
import { fakeTimers } from '../../../support/fakeTimers';

function watchdog({ answers = false, silentSeconds = 5 } = {}) {
  const { timers, fire, delays } = fakeTimers();
  const calls = { pings: 0, hangs: 0 };
  const state = { answers };
  const dog: Watchdog = new Watchdog({
    timers,
    silentSeconds,
    ping: () => {
      calls.pings++;
      if (state.answers) dog.heard();
    },
    onHang: () => calls.hangs++,
  });
  const tick = (count: number) => {
    for (let i = 0; i < count; i++) fire();
  };
  return { dog, tick, delays, calls, state };
}

const unanswered = () => new Promise<never>(() => undefined);

describe('the watchdog', () => {
  it('does nothing while the process has no work', async () => {
    const { dog, delays, calls } = watchdog();
    expect(delays()).toEqual([]);
    await expect(dog.during(Promise.resolve(7))).resolves.toBe(7);
    expect(delays()).toEqual([]);
    expect(calls.pings).toBe(0);
  });

  it('reports a process that is silent for too long, once', () => {
    const { dog, tick, delays, calls } = watchdog({ silentSeconds: 5 });
    void dog.during(unanswered());
    void dog.during(unanswered());
    expect(delays()).toEqual([tickMs]);
    tick(5);
    expect(calls.hangs).toBe(0);
    tick(1);
    expect(calls.hangs).toBe(1);
    tick(9);
    expect(calls).toEqual({ pings: 5, hangs: 1 });
    expect(delays()).toEqual([]);
  });

  it('leaves a process alone that answers and begins batches, however long its work takes', () => {
    const { dog, tick, calls } = watchdog({ answers: true });
    void dog.during(unanswered());
    for (const batches of [1, 2, 4]) {
      tick(stalledSeconds);
      dog.began(batches);
    }
    expect(calls).toEqual({ pings: 3 * stalledSeconds, hangs: 0 });
  });

  it('leaves a process alone that answers one request after the other', async () => {
    const { dog, tick, calls } = watchdog({ answers: true });
    void dog.during(unanswered());
    for (let i = 0; i < 3; i++) {
      tick(stalledSeconds);
      await dog.during(Promise.resolve());
    }
    expect(calls.hangs).toBe(0);
  });

  it('counts from the last message', () => {
    const { dog, tick, calls } = watchdog({ silentSeconds: 5 });
    void dog.during(unanswered());
    tick(5);
    dog.heard();
    tick(5);
    expect(calls.hangs).toBe(0);
    tick(1);
    expect(calls.hangs).toBe(1);
  });

  it('reports a process with work that begins no batch, although it answers pings', () => {
    const { dog, tick, calls } = watchdog({ answers: true });
    void dog.during(unanswered());
    dog.began(4);
    tick(stalledSeconds - 1);
    dog.began(4);
    tick(1);
    expect(calls.hangs).toBe(0);
    tick(1);
    expect(calls.hangs).toBe(1);
  });

  it('goes on watching if the request was cancelled while the process owes an answer', async () => {
    const { dog, tick, delays, calls } = watchdog({ silentSeconds: 5 });
    let cancel: (error: Error) => void = () => undefined;
    const request = dog.during(new Promise<never>((_, reject) => (cancel = reject)));
    tick(1);
    cancel(new Error('cancelled'));
    await expect(request).rejects.toThrow('cancelled');
    tick(5);
    expect(calls.hangs).toBe(1);
    expect(delays()).toEqual([]);
  });

  it('rests as soon as the answer that the process owed arrives', async () => {
    const { dog, tick, delays, calls, state } = watchdog();
    let answer: (value: number) => void = () => undefined;
    const request = dog.during(new Promise<number>((resolve) => (answer = resolve)));
    tick(2);
    state.answers = true;
    answer(1);
    await request;
    expect(delays()).toEqual([tickMs]);
    dog.heard();
    expect(delays()).toEqual([]);
    expect(calls.hangs).toBe(0);
  });

  it('never reports a process if it has no limit', () => {
    const { dog, tick, delays, calls } = watchdog({ silentSeconds: 0 });
    void dog.during(unanswered());
    tick(10);
    expect(delays()).toEqual([]);
    expect(calls.hangs).toBe(0);
  });

  it('is silent once the process is gone', () => {
    const { dog, tick, delays, calls } = watchdog();
    void dog.during(unanswered());
    dog.stop();
    void dog.during(unanswered());
    tick(10);
    expect(delays()).toEqual([]);
    expect(calls).toEqual({ pings: 0, hangs: 0 });
  });
});
