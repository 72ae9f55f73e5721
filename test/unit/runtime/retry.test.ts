import { describe, expect, it } from 'vitest';
import { BioBertError, errorCodes } from '../../../src/core/errors';
import { retry, RetryableError, type RetryOptions } from '../../../src/runtime/retry';

const gaveUp = new BioBertError(errorCodes.HUB_UNREACHABLE, 'The hub does not answer.', 'Try again.');

function options(more: Partial<RetryOptions> = {}): RetryOptions {
  return { attempts: 3, backOffMs: 1, maxWaitMs: 5, giveUp: () => gaveUp, ...more };
}

/** Fails with each error in turn, then succeeds. */
function failing(...errors: readonly Error[]) {
  const calls: number[] = [];
  const attempt = () => {
    calls.push(calls.length);
    const error = errors[calls.length - 1];
    return error === undefined ? Promise.resolve('done') : Promise.reject(error);
  };
  return { calls, attempt };
}

describe('retry', () => {
  it('repeats an attempt that fails with a retryable error or a broken connection', async () => {
    const { calls, attempt } = failing(new RetryableError('status 503'), new TypeError('fetch failed'));
    expect(await retry(options(), attempt)).toBe('done');
    expect(calls).toHaveLength(3);
  });

  it('gives up after the last attempt, with the cause', async () => {
    const last = new RetryableError('status 503');
    const { calls, attempt } = failing(new TypeError('a'), new TypeError('b'), last);
    const causes: unknown[] = [];
    const giveUp = (cause: unknown) => {
      causes.push(cause);
      return gaveUp;
    };
    await expect(retry(options({ giveUp }), attempt)).rejects.toBe(gaveUp);
    expect(calls).toHaveLength(3);
    expect(causes).toEqual([last]);
  });

  it('throws a BioBertError at once', async () => {
    const refused = new BioBertError(errorCodes.HUB_REFUSED, 'The hub has no such model.', 'Check the name.');
    const { calls, attempt } = failing(refused);
    await expect(retry(options(), attempt)).rejects.toBe(refused);
    expect(calls).toHaveLength(1);
  });

  it('counts attempts from 1 again when data has arrived', async () => {
    let calls = 0;
    const attempt = (progressed: () => void) => {
      calls += 1;
      if (calls > 8) return Promise.resolve('done');
      progressed();
      return Promise.reject(new TypeError('fetch failed'));
    };
    expect(await retry(options(), attempt)).toBe('done');
    expect(calls).toBe(9);
  });

  it('stops waiting when it is cancelled', async () => {
    const controller = new AbortController();
    const { calls, attempt } = failing(new RetryableError('status 503', 60_000));
    const waiting = retry(options({ maxWaitMs: 60_000, signal: controller.signal }), attempt);
    setTimeout(() => controller.abort(), 5);
    await expect(waiting).rejects.toMatchObject({ name: 'CancelledError' });
    expect(calls).toHaveLength(1);
  });

  it('never waits longer than the limit, even if the server asks for more', async () => {
    const { calls, attempt } = failing(new RetryableError('status 503', 3_600_000));
    expect(await retry(options({ maxWaitMs: 1 }), attempt)).toBe('done');
    expect(calls).toHaveLength(2);
  });

  it.each([
    ['7', 7000],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
    ['-1', undefined],
  ])('reads retry-after: %s', (value, waitMs) => {
    const response = new Response('', { status: 503, headers: { 'retry-after': value } });
    expect(RetryableError.fromResponse(response).waitMs).toBe(waitMs);
  });
});
