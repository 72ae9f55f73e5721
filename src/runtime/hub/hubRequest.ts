/** One request to a model hub: its token, its time limits and its retries. */
import { type RequestOptions, sendRequest } from '../httpRequest';
import { retry, RetryableError } from '../retry';
import { refused, unreachable } from './hubErrors';

/** The endpoint of a download that names none. */
export const defaultEndpoint = 'https://huggingface.co';

export interface HubOptions extends RequestOptions {
  /** {@link defaultEndpoint}, or another with the same interface. */
  readonly endpoint: string;
  /** Sent to the endpoint only, never to the target of a redirection. */
  readonly token?: string | undefined;
  /** Wait before the second attempt; it doubles. Default 1 s. */
  readonly backOffMs?: number | undefined;
  /** Attempts in a row without data before the download fails. Default 5. */
  readonly attempts?: number | undefined;
}

/** The longest wait that a hub may ask for. */
const maxWaitMs = 60_000;

/**
 * Repeats an attempt while its error is retryable.
 * @param attempt Calls `progressed` whenever data arrives.
 * @throws {BioBertError} HUB_UNREACHABLE, HUB_REFUSED; {@link CancelledError}
 */
export function withRetries<T>(
  { endpoint, signal, backOffMs = 1000, attempts = 5 }: HubOptions,
  attempt: (progressed: () => void) => Promise<T>,
): Promise<T> {
  const giveUp = (cause: unknown) => unreachable(new URL(endpoint).host, cause);
  return retry({ attempts, backOffMs, maxWaitMs, signal, giveUp }, attempt);
}

/**
 * Sends a request. It follows redirections as long as they stay encrypted.
 * @param use Reads the body, and calls `alive` whenever a part of it arrives.
 */
export async function request<T>(
  url: string,
  headers: Readonly<Record<string, string>>,
  options: HubOptions & { readonly repository: string },
  use: (response: Response, alive: () => void) => Promise<T>,
): Promise<T> {
  const { token, repository } = options;
  const sent = new Headers({ 'user-agent': 'biobert', ...headers });
  if (token !== undefined && token !== '') sent.set('authorization', `Bearer ${token}`);
  return sendRequest(url, { headers: sent }, options, async (response, alive) => {
    checkScheme(url, response.url);
    checkStatus(response, repository);
    return use(response, alive);
  });
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
    throw RetryableError.fromResponse(response);
  }
  // 416 means that the range starts beyond the end of the file: the caller starts the download again.
  if (status !== 416) throw refused(status, repository);
}
