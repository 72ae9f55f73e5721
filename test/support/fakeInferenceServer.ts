/** A server of the Open Inference Protocol on this machine, and its whims. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface SentTensor {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

export interface FakeServer {
  readonly url: string;
  readonly requests: string[];
  /** Looks at each request first; true: it has answered. */
  whim: (request: IncomingMessage, response: ServerResponse) => boolean;
  close(): Promise<void>;
}

export interface Served {
  readonly inputs: readonly { readonly name: string; readonly datatype: string }[];
  readonly outputs: readonly { readonly name: string; readonly datatype: string }[];
  infer(inputs: readonly SentTensor[], outputs: readonly string[]): Promise<unknown>;
}

/** @param models By name. */
export async function startFakeServer(
  models: Readonly<Record<string, Served>>,
  tls?: ServerOptions,
): Promise<FakeServer> {
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    void answer(request, response).catch(() => response.writeHead(500).end());
  };
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    fake.requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    if (fake.whim(request, response)) return;
    const text = await readText(request);
    const [, name = '', infer] = /^\/v2\/models\/([^/]+)(\/infer)?$/u.exec(request.url ?? '') ?? [];
    const model = models[name];
    if (!model) {
      response.writeHead(404).end('{"error":"not found"}');
    } else if (infer === undefined) {
      const { inputs, outputs } = model;
      response.end(JSON.stringify({ name, platform: 'onnx', inputs, outputs }));
    } else {
      const { inputs, outputs } = JSON.parse(text) as {
        inputs: readonly SentTensor[];
        outputs: readonly { readonly name: string }[];
      };
      const found = await model.infer(
        inputs,
        outputs.map((output) => output.name),
      );
      response.end(JSON.stringify({ model_name: name, outputs: found }));
    }
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: FakeServer = {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    whim: () => false,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return fake;
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
