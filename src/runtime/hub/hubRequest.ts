/** One request to a hub: its token, its patience, and when to ask again. */
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { BioBertError, throwIfCancelled } from '../../core/errors';
import { refused, unreachable } from './hubErrors';

/** Where none is named. */
export const defaultEndpoint = 'https://huggingface.co';

export interface HubOptions {
  /** {@link defaultEndpoint}, or another with the same interface. */
  readonly endpoint: string;
  /** Sent to the endpoint alone, never to where it redirects. */
  readonly token?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Asks in the place of the global `fetch`: by a proxy. */
  readonly fetch?: typeof fetch | undefined;
  /** Longest silence of the other side. Default 30 s. */
  readonly idleMs?: number | undefined;
  /** Wait before the second attempt; it doubles. Default 1 s. */
  readonly backOffMs?: number | undefined;
  /** Attempts that bring nothing before it is given up. Default 5. */
  readonly attempts?: number | undefined;
}

/** A failure that another attempt may not meet. */
class Passing extends Error {
  constructor(
    readonly waitMs: number | undefined,
    cause: unknown,
  ) {
    super('The attempt failed', { cause });
  }
}

/** The longest wait that a hub may ask for. */
const maxWaitMs = 60_000;

/**
 * Repeats an attempt while it fails in ways that pass: a broken connection, a hub that is busy.
 * @param attempt @returns the result; calls `moved` when something arrived, which begins the count anew.
 * @throws {BioBertError} HUB_UNREACHABLE, HUB_REFUSED; {@link CancelledError}
 */
export async function withRetries<T>(
  { endpoint, signal, backOffMs = 1000, attempts = 5 }: HubOptions,
  attempt: (moved: () => void) => Promise<T>,
): Promise<T> {
  for (let failed = 0; ;) {
    throwIfCancelled(signal);
    try {
      return await attempt(() => (failed = 0));
    } catch (error) {
      throwIfCancelled(signal);
      if (error instanceof BioBertError) throw error;
      failed += 1;
      const asked = error instanceof Passing ? error.waitMs : undefined;
      if (failed >= attempts) throw unreachable(new URL(endpoint).host, error);
      const waitMs = Math.min(maxWaitMs, asked ?? backOffMs * 2 ** (failed - 1));
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

/**
 * Asks for a page. Redirections are followed as long as they stay encrypted.
 * @param use Reads the body, and says `alive` whenever some of it came.
 */
export async function request<T>(
  url: string,
  headers: Readonly<Record<string, string>>,
  options: HubOptions & { readonly repository: string },
  use: (response: Response, alive: () => void) => Promise<T>,
): Promise<T> {
  const { token, signal, idleMs = 30_000, repository } = options;
  const controller = new AbortController();
  const abort = () => controller.abort();
  signal?.addEventListener('abort', abort, { once: true });
  let timer = setTimeout(abort, idleMs);
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(abort, idleMs);
  };
  try {
    const sent = new Headers({ 'user-agent': 'biobert', ...headers });
    if (token !== undefined && token !== '') sent.set('authorization', `Bearer ${token}`);
    const ask = options.fetch ?? fetch;
    const response = await ask(url, { headers: sent, signal: controller.signal });
    checkScheme(url, response.url);
    checkStatus(response, repository);
    return await use(response, alive);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    controller.abort();
  }
}

/** The bytes as they come; none without a body. */
export function bodyOf({ body }: Response): AsyncIterable<Uint8Array> {
  return (body ?? Readable.from([])) as AsyncIterable<Uint8Array>;
}

function checkScheme(asked: string, answered: string): void {
  if (asked.startsWith('https:') && answered !== '' && !answered.startsWith('https:')) {
    throw unreachable(new URL(asked).host, new Error('redirected to a connection that is not encrypted'));
  }
}

function checkStatus(response: Response, repository: string): void {
  if (response.ok) return;
  const { status } = response;
  if (status === 429 || status >= 500) {
    const seconds = Number(response.headers.get('retry-after') ?? NaN);
    throw new Passing(seconds >= 0 ? seconds * 1000 : undefined, new Error(`status ${status}`));
  }
  // What is asked for lies behind the end: the caller begins anew.
  if (status !== 416) throw refused(status, repository);
}
