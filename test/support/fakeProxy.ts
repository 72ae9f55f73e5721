/** A proxy on this machine behind which every host is one server. */
import { createServer, request as ask } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

export interface FakeProxy {
  readonly url: string;
  /** That it was asked for, in order. */
  readonly hosts: string[];
  close(): Promise<void>;
}

/** Starts a proxy that forwards all requests to a local server. @param port The port of that server. */
export async function startFakeProxy(port: string): Promise<FakeProxy> {
  const hosts: string[] = [];
  const server = createServer((request, response) => {
    const { hostname, pathname, search } = new URL(request.url ?? '');
    hosts.push(hostname);
    const { method, headers } = request;
    const forwarded = ask({ port, host: '127.0.0.1', method, headers, path: pathname + search }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(forwarded);
  });
  server.on('connect', (request, client, head) => {
    hosts.push((request.url ?? '').replace(/:\d+$/u, ''));
    const behind = connect(Number(port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      behind.write(head);
      behind.pipe(client);
      client.pipe(behind);
    });
    for (const socket of [client, behind]) {
      socket.on('error', () => {
        client.destroy();
        behind.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hosts,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
