/** Parts of an HTTP request that every client here needs: time limits, size limits, encryption. */
import { Readable } from 'node:stream';
import { linkedAbort } from './abort';
import { errorCode } from './files/errorCode';

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  /** Replaces the global `fetch`, for a proxy. */
  readonly fetch?: typeof fetch | undefined;
  /** Longest silence of the other side, in milliseconds. Default 30 s. */
  readonly idleMs?: number | undefined;
}

/** Error codes of Node for a certificate that it does not accept. */
const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/u;

/**
 * Sends a request, and ends its connection when `use` has returned.
 * @param use Reads the body, and calls `alive` whenever a part of it arrives.
 * @throws the errors of `fetch` and of `use`; an AbortError after a silence that is too long.
 */
export async function sendRequest<T>(
  url: string | URL,
  init: RequestInit,
  { signal, idleMs = 30_000, fetch: ask = fetch }: RequestOptions,
  use: (response: Response, alive: () => void) => Promise<T>,
): Promise<T> {
  const ended = new AbortController();
  const linked = linkedAbort(ended.signal, signal);
  const abort = () => ended.abort();
  let timer = setTimeout(abort, idleMs);
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(abort, idleMs);
  };
  try {
    return await use(await ask(url, { ...init, signal: linked.signal }), alive);
  } finally {
    clearTimeout(timer);
    abort();
    linked.unlink();
  }
}

/** The body as a stream of bytes; an empty one if the response has no body. */
export function bodyOf({ body }: Response): AsyncIterable<Uint8Array> {
  return (body ?? Readable.from([])) as AsyncIterable<Uint8Array>;
}

/**
 * Reads a body as UTF-8.
 * @param tooLong Makes the error for a body of more than `maxBytes`, of which the rest is not read.
 */
export async function readBody(
  response: Response,
  maxBytes: number,
  tooLong: () => Error,
  alive: () => void = () => undefined,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of bodyOf(response)) {
    alive();
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw tooLong();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Whether what is sent to a server can be read on the way: it is not encrypted, and leaves this machine. */
export function isReadable({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u.test(hostname);
}

/** Whether `fetch` failed because it does not trust the certificate of the server. The reason is the cause of the error. */
export function isUntrusted(error: unknown): boolean {
  return untrusted.test(errorCode(causeOf(error)) ?? '');
}

/** Whether `fetch` failed because no program listens at the address. */
export function isConnectionRefused(error: unknown): boolean {
  const cause = causeOf(error);
  const errors: readonly unknown[] = cause instanceof AggregateError ? cause.errors : [cause];
  return errors.some((each) => errorCode(each) === 'ECONNREFUSED');
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}
