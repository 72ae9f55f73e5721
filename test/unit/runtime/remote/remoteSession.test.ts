import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { errorCodes } from '../../../../src/core/errors';
import { checkSending, checkServer } from '../../../../src/runtime/remote/inferenceClient';
import { openRemoteSession } from '../../../../src/runtime/remote/remoteSession';
import { type FakeServer, type SentTensor, startFakeServer } from '../../../support/fakeInferenceServer';

const shape = {
  inputs: ['input_ids'],
  requiredInputs: ['input_ids'],
  requiredOutputs: ['logits'],
  nextStep: '',
  numbersOf: () => 2,
};
const ids = { data: BigInt64Array.of(2n, 7n), dims: [1, 2] };

let server: FakeServer;
let sent: readonly SentTensor[] = [];
let found: unknown;
beforeEach(async () => {
  found = [{ name: 'logits', datatype: 'FP32', shape: [1, 2], data: [0.5, -1] }];
  const tagger = {
    inputs: [{ name: 'input_ids', datatype: 'INT64' }],
    outputs: [{ name: 'logits', datatype: 'FP32' }],
    infer: (inputs: readonly SentTensor[]) => {
      sent = inputs;
      return Promise.resolve(found);
    },
  };
  server = await startFakeServer({ tagger });
});
afterEach(() => server.close());

const quick = () => ({ url: server.url, backOffMs: 1, timeoutMs: 500 });
const openSession = (options: object = {}) => openRemoteSession({ ...quick(), ...options }, 'tagger', shape);
const code = (name: keyof typeof errorCodes) => ({ code: errorCodes[name] });

describe('openRemoteSession', () => {
  it('sends and receives tensors', async () => {
    const session = await openSession();
    expect(session.runtime).toBe('open-inference');
    const { logits } = await session.run({ input_ids: ids }, ['logits']);
    expect(sent).toEqual([{ name: 'input_ids', datatype: 'INT64', shape: [1, 2], data: [2, 7] }]);
    expect(logits).toEqual({ data: Float32Array.of(0.5, -1), dims: [1, 2] });
  });

  it('tries again while the server is starting or busy', async () => {
    const statuses = [503, 429, 502];
    server.whim = (_request, response) => {
      const status = statuses.shift();
      if (status === undefined) return false;
      response.writeHead(status).end();
      return true;
    };
    await expect(openSession()).resolves.toBeDefined();
    expect(server.requests).toHaveLength(4);
  });

  it('tries again after the time in retry-after', async () => {
    let asked = 0;
    server.whim = (_request, response) => {
      if (asked++ > 0) return false;
      response.writeHead(503, { 'retry-after': '0' }).end();
      return true;
    };
    // The default wait would be longer than the time limit of the test.
    await expect(openSession({ backOffMs: 1e6 })).resolves.toBeDefined();
  });

  it.each([
    ['an answer', () => true],
    [
      'another attempt',
      (_request: unknown, response: ServerResponse) => {
        response.writeHead(503).end();
        return true;
      },
    ],
  ])('stops at once when it is cancelled while it waits for %s', async (_what, whim) => {
    const controller = new AbortController();
    server.whim = (request, response) => {
      setTimeout(() => controller.abort(), 20);
      return whim(request, response);
    };
    const opened = openSession({ signal: controller.signal, timeoutMs: 1e6, backOffMs: 1e6 });
    await expect(opened).rejects.toMatchObject({ name: 'CancelledError' });
  });

  /** Sends a piece again and again, long before anything times out between two pieces. */
  const drip = (response: ServerResponse, piece: string) => {
    const timer = setInterval(() => response.write(piece), 5);
    response.once('close', () => clearInterval(timer));
    return true;
  };

  it.each<[string, (response: ServerResponse) => boolean]>([
    ['does not answer', () => true],
    ['sends its answer bit by bit, without an end', (response) => drip(response.writeHead(200), ' ')],
    [
      'sends headers bit by bit, without an end',
      (response) => {
        const { socket } = response;
        socket?.write('HTTP/1.1 200 OK\r\nx: ');
        const timer = setInterval(() => socket?.write('y'), 5);
        socket?.once('close', () => clearInterval(timer));
        return true;
      },
    ],
    [
      'is busy, and asks to wait',
      (response) => {
        response.writeHead(503, { 'retry-after': '20' }).end();
        return true;
      },
    ],
  ])('gives up after the time of one request if the server %s', async (_what, whim) => {
    server.whim = (_request, response) => whim(response);
    await expect(openSession({ timeoutMs: 200, backOffMs: 1e6 })).rejects.toMatchObject({
      ...code('SERVER_UNREACHABLE'),
      message: expect.stringContaining(new URL(server.url).host) as string,
    });
    expect(server.requests).toHaveLength(1);
  });

  it('refuses an answer that is far longer than the scores of the batch, while it arrives', async () => {
    const session = await openSession();
    let written = 0;
    let isClosed = false;
    server.whim = (_request, response) => {
      response.writeHead(200);
      const piece = '0,'.repeat(1 << 15);
      const more = () => {
        while (!isClosed && response.write(piece)) written += piece.length;
      };
      response.once('close', () => (isClosed = true)).on('drain', more);
      more();
      return true;
    };
    await expect(session.run({ input_ids: ids }, ['logits'])).rejects.toMatchObject({
      ...code('SERVER_REFUSED'),
      message: expect.stringContaining(new URL(server.url).host) as string,
    });
    await vi.waitUntil(() => isClosed);
    expect(server.requests).toHaveLength(2);
    // A socket and its buffers hold a few megabytes.
    expect(written).toBeLessThan(64 << 20);
  });

  it('takes an answer as long as the scores of a large batch', async () => {
    const count = 60_000;
    const dims = [1, count];
    found = [
      { name: 'logits', datatype: 'FP64', shape: dims, data: Array.from({ length: count }, () => -1 / 3) },
    ];
    const large = { ...shape, numbersOf: () => count };
    const session = await openRemoteSession(quick(), 'tagger', large);
    const { logits } = await session.run({ input_ids: ids }, ['logits']);
    expect(logits.data).toHaveLength(count);
  });

  it('refuses a remote server without encryption unless that is allowed, before anything is sent', async () => {
    const remote = { url: 'http://gpu.example.org:8000', timeoutMs: 1 };
    await expect(openRemoteSession(remote, 'tagger', shape)).rejects.toMatchObject({
      ...code('SERVER_NOT_ALLOWED'),
      nextStep: expect.stringContaining('--allow-http') as string,
    });
    for (const url of [
      'http://localhost:1',
      'http://127.0.0.1',
      'http://[::1]:8000',
      'https://gpu.example.org',
    ]) {
      expect(checkSending({ url }).href).toContain(url);
    }
    for (const url of ['http://127.0.0.1.example.org', 'http://localhost.example.org', 'http://10.0.0.1']) {
      expect(() => checkSending({ url })).toThrow(
        expect.objectContaining(code('SERVER_NOT_ALLOWED')) as Error,
      );
      expect(checkSending({ url, allowHttp: true }).href).toContain(url);
    }
  });

  it('gives up if the server closes the connection', async () => {
    server.whim = (_request, response) => {
      response.destroy();
      return true;
    };
    await expect(openSession()).rejects.toMatchObject(code('SERVER_UNREACHABLE'));
  });

  it.each([
    [401, 'SERVER_REFUSED'],
    [404, 'SERVER_MODEL_MISSING'],
    [400, 'SERVER_REFUSED'],
    [302, 'SERVER_REFUSED'],
  ] as const)('does not try again after the status %i', async (status, name) => {
    server.whim = (_request, response) => {
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end();
      return true;
    };
    await expect(openSession()).rejects.toMatchObject(code(name));
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['no outputs', undefined],
    ['another output', [{ name: 'scores', datatype: 'FP32', shape: [1], data: [1] }]],
    ['fewer numbers than its shape', [{ name: 'logits', datatype: 'FP32', shape: [1, 2], data: [1] }]],
    ['text', [{ name: 'logits', datatype: 'BYTES', shape: [1], data: ['a'] }]],
    ['values that are not numbers', [{ name: 'logits', datatype: 'FP32', shape: [1, 2], data: [null, 1] }]],
  ])('refuses an answer with %s', async (_what, outputs) => {
    found = outputs;
    const session = await openSession();
    await expect(session.run({ input_ids: ids }, ['logits'])).rejects.toMatchObject(code('SERVER_REFUSED'));
  });

  it('refuses a model with other outputs', async () => {
    const other = { ...shape, requiredOutputs: ['pair_logits'] };
    await expect(openRemoteSession(quick(), 'tagger', other)).rejects.toMatchObject(
      code('MODEL_SHAPE_MISMATCH'),
    );
  });

  it('sends the token', async () => {
    let seen: string | undefined;
    server.whim = (request) => {
      seen = request.headers.authorization;
      return false;
    };
    await openSession({ token: 'secret' });
    expect(seen).toBe('Bearer secret');
  });

  it('refuses an invalid address, and a token over plain HTTP', () => {
    for (const url of ['', 'host', 'file:///etc/passwd', 'ftp://host', 'https://name:word@host']) {
      expect(() => checkServer({ url })).toThrow(expect.objectContaining(code('ARGUMENT_INVALID')) as Error);
    }
    expect(() => checkServer({ url: 'http://host', token: 'a' })).toThrow(
      expect.objectContaining(code('ARGUMENT_INVALID')) as Error,
    );
    expect(checkServer({ url: 'https://host:8000/path', token: 'a' }).host).toBe('host:8000');
  });
});
