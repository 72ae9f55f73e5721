/** A model hub on this machine that serves, and misbehaves as a test asks. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Handler = (request: IncomingMessage, response: ServerResponse, serve: () => void) => void;

export interface FakeHub {
  readonly endpoint: string;
  /** `METHOD path range`, in order. */
  readonly requests: string[];
  /** Looks at each request for a file before it is served. */
  onFile: Handler;
  onListing: Handler;
  /** Changes what the listing says. */
  listing: (json: Record<string, unknown>) => unknown;
  close(): Promise<void>;
}

export const commit = 'a'.repeat(40);

const sumOf = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const blobOf = (content: Buffer) =>
  createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');

export async function startFakeHub(files: Readonly<Record<string, Buffer>>): Promise<FakeHub> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '').split('?')[0] ?? '');
    hub.requests.push(`${path}${request.headers.range === undefined ? '' : ` ${request.headers.range}`}`);
    if (path.startsWith('/api/models/')) {
      hub.onListing(request, response, () => {
        response.end(JSON.stringify(hub.listing(listingOf(files))));
      });
      return;
    }
    const content = files[path.split('/').at(-1) ?? ''];
    if (!content) response.writeHead(404).end();
    else hub.onFile(request, response, () => serve(request, response, content));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const hub: FakeHub = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    onFile: (_request, _response, go) => go(),
    onListing: (_request, _response, go) => go(),
    listing: (json) => json,
    close: () => closed(server),
  };
  return hub;
}

function listingOf(files: Readonly<Record<string, Buffer>>): Record<string, unknown> {
  const siblings = Object.entries(files).map(([rfilename, content]) => ({
    rfilename,
    size: content.length,
    blobId: blobOf(content),
    ...(content.length > 1000 ? { lfs: { sha256: sumOf(content), size: content.length } } : {}),
  }));
  return { sha: commit, siblings, cardData: { license: 'apache-2.0' } };
}

export function serve(request: IncomingMessage, response: ServerResponse, content: Buffer): void {
  const start = Number(/^bytes=(\d+)-$/u.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (start > 0) {
    const range = `bytes ${start}-${content.length - 1}/${content.length}`;
    response.writeHead(206, { 'content-range': range, 'content-length': content.length - start });
  } else {
    response.writeHead(200, { 'content-length': content.length });
  }
  response.end(content.subarray(start));
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
