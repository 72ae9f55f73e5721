import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { BioBertError, CancelledError, errorCodes } from '../../../src/core/errors';
import { isNumber, isString } from '../../../src/protocol/guards';
import { connectionClosed, type EventType, type Method, Rpc } from '../../../src/protocol/rpc';
import { connectedRpcs, TestPort } from './ports';

const double: Method<number, number, string> = {
  name: 'double',
  isParams: isNumber,
  isResult: isNumber,
  isProgress: isString,
};
const greet: EventType<string> = { name: 'greet', isValue: isString };

/** A promise and its handles. */
function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((a, b) => ([resolve, reject] = [a, b]));
  return { promise, resolve, reject };
}

/** Until what was posted has arrived and been answered. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('a request', () => {
  it('is answered by the handler of the other end', async () => {
    const { a, b } = connectedRpcs();
    b.handle(double, (value) => Promise.resolve(value * 2));
    expect(await a.request(double, 21)).toBe(42);
  });

  it('gets its own answer when answers come in another order', async () => {
    const { a, b } = connectedRpcs();
    const answers = new Map<number, ReturnType<typeof deferred<number>>>();
    b.handle(double, (value) => {
      const answer = deferred<number>();
      answers.set(value, answer);
      return answer.promise;
    });
    const results = [1, 2, 3].map((value) => a.request(double, value));
    await settled();
    for (const value of [3, 1, 2]) answers.get(value)?.resolve(value * 2);
    expect(await Promise.all(results)).toEqual([2, 4, 6]);
  });

  it('reports progress before its answer', async () => {
    const { a, b } = connectedRpcs();
    b.handle(double, async (value, { progress }) => {
      progress('begun');
      await settled();
      progress('nearly there');
      return value * 2;
    });
    const steps: string[] = [];
    await a.request(double, 1, { onProgress: (step) => steps.push(step) });
    expect(steps).toEqual(['begun', 'nearly there']);
  });

  it('is rejected with the code, message and next step of the error in the handler', async () => {
    const { a, b } = connectedRpcs();
    b.handle(double, () =>
      Promise.reject(
        new BioBertError(errorCodes.MODEL_NOT_FOUND, 'No model.', 'Bring one.', { cause: 'secret' }),
      ),
    );
    const error = await a.request(double, 1).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BioBertError);
    expect(error).toMatchObject({ code: 'BB101', message: 'No model.', nextStep: 'Bring one.' });
    expect((error as Error).cause).toBeUndefined();
  });

  it('is rejected without the message of a foreign error, which may quote a document', async () => {
    const { a, b, portA } = connectedRpcs();
    b.handle(double, () => Promise.reject(new SyntaxError('Unexpected "patient Smith"')));
    await expect(a.request(double, 1)).rejects.toMatchObject({
      code: errorCodes.INTERNAL,
      message: expect.stringContaining('SyntaxError') as string,
    });
    expect(JSON.stringify(portA.received)).not.toContain('Smith');
  });

  it('is rejected if the handler throws synchronously', async () => {
    const { a, b } = connectedRpcs();
    b.handle(double, () => {
      throw new TypeError('at once');
    });
    await expect(a.request(double, 1)).rejects.toMatchObject({ code: errorCodes.INTERNAL });
  });

  it('is rejected if its method is unknown', async () => {
    const { a } = connectedRpcs();
    await expect(a.request(double, 1)).rejects.toMatchObject({ code: errorCodes.METHOD_UNKNOWN });
    await expect(a.request({ ...double, name: '__proto__' }, 1)).rejects.toMatchObject({
      code: errorCodes.METHOD_UNKNOWN,
    });
  });

  it('does not reach the handler if its parameters are malformed', async () => {
    const { a, b } = connectedRpcs();
    let calls = 0;
    b.handle(double, (value) => Promise.resolve(value + calls++));
    const malformed = a.request({ ...double, isParams: isString }, 'two');
    await expect(malformed).rejects.toMatchObject({ code: errorCodes.MESSAGE_INVALID });
    expect(calls).toBe(0);
  });

  it('is rejected if its answer is malformed', async () => {
    const { a, b } = connectedRpcs();
    b.handle({ ...double, isResult: isString }, () => Promise.resolve('two'));
    await expect(a.request(double, 1)).rejects.toMatchObject({ code: errorCodes.MESSAGE_INVALID });
  });

  it('is rejected if its answer cannot be cloned', async () => {
    const { a, b } = connectedRpcs();
    b.handle({ ...double, isResult: (value): value is number => typeof value === 'function' }, () =>
      Promise.resolve((() => undefined) as unknown as number),
    );
    await expect(a.request(double, 1)).rejects.toBeInstanceOf(BioBertError);
  });

  it('survives malformed progress and a listener that throws', async () => {
    const { a, b, problems } = connectedRpcs();
    const loose: Method<number, number, unknown> = {
      ...double,
      isProgress: (value): value is unknown => value !== 0,
    };
    b.handle(loose, (value, { progress }) => {
      progress(17);
      progress('fine');
      return Promise.resolve(value);
    });
    const onProgress = () => {
      throw new Error('listener');
    };
    expect(await a.request(double, 1, { onProgress })).toBe(1);
    expect(problems).toHaveLength(2);
  });
});

describe('a cancelled request', () => {
  it('is rejected at once, tells the other end, and ignores a late answer', async () => {
    const { a, b, problems } = connectedRpcs();
    const late = deferred<number>();
    let signal: AbortSignal | undefined;
    b.handle(double, (_value, context) => {
      ({ signal } = context);
      return late.promise;
    });
    const controller = new AbortController();
    const result = a.request(double, 1, { signal: controller.signal });
    await settled();
    controller.abort();
    await expect(result).rejects.toBeInstanceOf(CancelledError);
    await settled();
    expect(signal?.aborted).toBe(true);
    late.resolve(2);
    await settled();
    expect(problems).toEqual([]);
  });

  it('receives no more progress', async () => {
    const { a, b } = connectedRpcs();
    let progress: (step: string) => void = () => undefined;
    b.handle(double, (value, context) => {
      ({ progress } = context);
      return deferred<number>().promise.then(() => value);
    });
    const steps: string[] = [];
    const controller = new AbortController();
    const result = a.request(double, 1, {
      signal: controller.signal,
      onProgress: (step) => steps.push(step),
    });
    await settled();
    controller.abort();
    progress('too late');
    await expect(result).rejects.toBeInstanceOf(CancelledError);
    await settled();
    expect(steps).toEqual([]);
  });

  it('is not sent if its signal was aborted before', async () => {
    const { a, portB } = connectedRpcs();
    await expect(a.request(double, 1, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(
      CancelledError,
    );
    await settled();
    expect(portB.received).toEqual([]);
  });

  it('is rejected with CancelledError if the handler cancels itself', async () => {
    const { a, b } = connectedRpcs();
    b.handle(double, () => Promise.reject(new CancelledError()));
    await expect(a.request(double, 1)).rejects.toBeInstanceOf(CancelledError);
  });

  it('leaves no listener on the signal', async () => {
    const { a, b } = connectedRpcs();
    b.handle(double, (value) => Promise.resolve(value));
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    await a.request(double, 1, { signal });
    expect(added).toHaveBeenCalledTimes(1);
    expect(removed).toHaveBeenCalledWith('abort', added.mock.calls[0]?.[1]);
  });
});

describe('a closed connection', () => {
  it('rejects pending and later requests, and aborts running handlers', async () => {
    const { a, b, portA, portB } = connectedRpcs();
    let signal: AbortSignal | undefined;
    b.handle(double, (_value, context) => {
      ({ signal } = context);
      return deferred<number>().promise;
    });
    const results = [a.request(double, 1), a.request(double, 2)];
    await settled();
    portA.close();
    portB.close();
    for (const result of results)
      await expect(result).rejects.toMatchObject({ code: errorCodes.CONNECTION_CLOSED });
    await expect(a.request(double, 3)).rejects.toMatchObject({ code: errorCodes.CONNECTION_CLOSED });
    expect(signal?.aborted).toBe(true);
  });

  it('ignores late messages', async () => {
    const { a, b, portB, problems } = connectedRpcs();
    let greetings = 0;
    b.on(greet, () => greetings++);
    b.close();
    a.notify(greet, 'hello');
    await settled();
    portB.deliver('nonsense');
    expect(greetings).toBe(0);
    expect(problems).toEqual([]);
  });

  it('rejects requests with the reason of the close', async () => {
    const { a } = connectedRpcs();
    const pending = a.request(double, 1);
    a.close(new BioBertError(errorCodes.ENGINE_DISPOSED, 'Gone.', 'Come back.'));
    await expect(pending).rejects.toMatchObject({ code: errorCodes.ENGINE_DISPOSED });
  });

  it('is assumed if the port says so', async () => {
    const port = new TestPort();
    port.postMessage = () => {
      throw connectionClosed();
    };
    const rpc = new Rpc(port);
    await expect(rpc.request(double, 1)).rejects.toMatchObject({ code: errorCodes.CONNECTION_CLOSED });
    expect(() => rpc.notify(greet, 'hello')).not.toThrow();
  });

  it('is not assumed if a message cannot be sent: only its request fails', async () => {
    const { a, b } = connectedRpcs();
    b.handle(double, (value) => Promise.resolve(2 * value));
    const uncloneable = (() => 1) as unknown as number;
    await expect(a.request(double, uncloneable)).rejects.toMatchObject({ code: errorCodes.INTERNAL });
    await expect(a.request(double, 2)).resolves.toBe(4);
  });
});

describe('an event', () => {
  it('reaches its listener; malformed and unknown events do not', async () => {
    const { a, b, problems } = connectedRpcs();
    const greetings: string[] = [];
    b.on(greet, (greeting) => greetings.push(greeting));
    a.notify(greet, 'hello');
    a.notify({ ...greet, isValue: isNumber }, 7);
    a.notify({ ...greet, name: 'unknown' }, 'hello');
    await settled();
    expect(greetings).toEqual(['hello']);
    expect(problems).toEqual(['malformed event "greet"']);
  });
});

describe('hostile messages', () => {
  it.each([
    undefined,
    null,
    17,
    'request',
    [],
    {},
    { kind: 'request' },
    { kind: 'request', id: -1, name: 'double', value: 1 },
    { kind: 'request', id: 1.5, name: 'double', value: 1 },
    { kind: 'request', id: 1, name: {}, value: 1 },
    { kind: 'error', id: 1 },
    { kind: 'error', id: 1, error: { name: 'Error', message: 7 } },
    { kind: 'error', id: 1, error: { name: 'Error', message: 'x', code: 'made up' } },
    { kind: 'cancel' },
    { kind: 'event' },
    { kind: 'constructor', id: 1 },
  ])('are reported and dropped: %j', async (message) => {
    const { a, b, portA, portB, problems } = connectedRpcs();
    b.handle(double, (value) => Promise.resolve(value * 2));
    const pending = a.request(double, 1);
    portA.deliver(message);
    portB.deliver(message);
    expect(problems).toEqual(['malformed message', 'malformed message']);
    expect(await pending).toBe(2);
  });

  it('never throw into the port or break the connection, whatever their shape', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.anything(),
            fc.record({
              kind: fc.constantFrom('request', 'result', 'progress', 'error', 'cancel', 'event'),
              id: fc.nat(3),
              name: fc.constantFrom('double', 'greet'),
              value: fc.anything(),
              error: fc.anything(),
            }),
          ),
          { maxLength: 8 },
        ),
        async (messages) => {
          const { a, b, portB } = connectedRpcs();
          b.handle(double, (value) => Promise.resolve(value * 2));
          b.on(greet, () => undefined);
          for (const message of messages) portB.deliver(message);
          await settled();
          expect(await a.request(double, 4)).toBe(8);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('cannot start a request id that is already running', async () => {
    const { b, portB, problems } = connectedRpcs();
    let calls = 0;
    b.handle(double, () => {
      calls++;
      return deferred<number>().promise;
    });
    portB.deliver({ kind: 'request', id: 1, name: 'double', value: 1 });
    portB.deliver({ kind: 'request', id: 1, name: 'double', value: 1 });
    await settled();
    expect(calls).toBe(1);
    expect(problems).toHaveLength(1);
  });
});
