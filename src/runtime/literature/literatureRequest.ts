/** One question to a database of literature: its pace, its limits and its retries. */
import { BioBertError, errorCodes, throwIfCancelled } from '../../core/errors';
import { isReadable, readBody, type RequestOptions, sendRequest } from '../httpRequest';
import { retry, RetryableError } from '../retry';
import { type Clock, RateLimiter, systemClock } from './clock';
import { BusyAnswer, certificateError, DamagedAnswer, giveUpError, refused } from './literatureErrors';

/** Options of each source. */
export interface SourceOptions extends Pick<RequestOptions, 'fetch' | 'idleMs'> {
  /** Address of the service. Default: the official one. */
  readonly baseUrl?: string | undefined;
  /** Wait before the second attempt, in milliseconds; it doubles. Default 1 s. */
  readonly backOffMs?: number | undefined;
  /** Attempts for one answer. Default 5. */
  readonly attempts?: number | undefined;
  /** Default: the time of the system. */
  readonly clock?: Clock | undefined;
}

/** A service that questions are sent to. Its questions share one pace. */
export interface Service {
  readonly name: string;
  readonly base: URL;
  readonly options: SourceOptions;
  readonly limiter: RateLimiter;
  /** Parts of the questions that must not stand in a message. */
  readonly secrets: readonly string[];
  /** Replaces {@link giveUpError} where the service has a better explanation. */
  readonly explain?: (cause: unknown) => BioBertError | undefined;
}

export interface Question {
  /** Below the base address, with its parameters. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Posted as a form. Default: a GET request without a body. */
  readonly form?: URLSearchParams;
  readonly signal: AbortSignal | undefined;
  /** A longer answer is refused while it arrives. */
  readonly maxBytes: number;
}

export interface Answer {
  /** 200 to 299, or 400 to 499. */
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The longest wait that a server may ask for. */
const maxWaitMs = 60_000;

export function createService(
  parts: Omit<Service, 'base' | 'limiter'> & { readonly baseUrl: string; readonly intervalMs: number },
): Service {
  const { baseUrl, intervalMs, ...service } = parts;
  const limiter = new RateLimiter(intervalMs, service.options.clock ?? systemClock);
  return { ...service, base: checkedBase(baseUrl), limiter };
}

/** @throws {BioBertError} ARGUMENT_INVALID for an address whose questions others could read. */
function checkedBase(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isSound = url && /^https?:$/u.test(url.protocol) && url.username === '' && url.password === '';
  if (isSound && !isReadable(url)) return url;
  throw new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    'The address of the database is not encrypted, or no address.',
    'Name it as https://HOST/PATH.',
  );
}

/**
 * Asks a service, again while it is busy, does not answer or sends a damaged answer.
 *
 * @param read Reads the answer. An error that is not a {@link BioBertError} is retried.
 * @throws {BioBertError} LITERATURE_*, and those of `read`. {@link CancelledError}
 */
export function ask<T>(service: Service, question: Question, read: (answer: Answer) => T): Promise<T> {
  const { name, base, options, explain } = service;
  const { backOffMs = 1000, attempts = 5, clock = systemClock } = options;
  const giveUp = (cause: unknown) => explain?.(cause) ?? giveUpError(name, base.host, cause);
  const sleep = clock.sleep.bind(clock);
  const { signal } = question;
  return retry({ attempts, backOffMs, maxWaitMs, signal, sleep, giveUp }, async () =>
    read(await askOnce(service, question)),
  );
}

async function askOnce({ name, base, options, limiter }: Service, question: Question): Promise<Answer> {
  const { path, headers, form, signal, maxBytes } = question;
  await limiter.turn(signal);
  throwIfCancelled(signal);
  const url = new URL(`${base.pathname.replace(/\/+$/u, '')}/${path}`, base);
  const init: RequestInit = {
    method: form ? 'POST' : 'GET',
    headers: { 'user-agent': 'biobert', ...headers },
    body: form ?? null,
    // The question may hold an API key, which goes to nobody else.
    redirect: 'manual',
  };
  const tooLong = () =>
    refused(`${name} sent more than the ${maxBytes} bytes that its answer can take.`, 'Try again later.');
  try {
    return await sendRequest(url, init, { ...options, signal }, async (response, alive) => {
      checkStatus(name, response);
      const text = await readBody(response, maxBytes, tooLong, alive);
      return { status: response.status, headers: response.headers, text };
    });
  } catch (error) {
    throw certificateError(base.host, error) ?? error;
  }
}

function checkStatus(name: string, response: Response): void {
  const { status } = response;
  if (status === 429) throw BusyAnswer.fromResponse(response);
  if (status === 408 || status >= 500) throw RetryableError.fromResponse(response);
  if (status >= 300 && status < 400) {
    throw refused(
      `${name} answers with a redirection (${status}), which is not followed.`,
      'Check in a browser whether the network asks for a log-in.',
    );
  }
}

/** Checks that an answer is a success with one of the expected media types, and no page of HTML. */
export function checkContent({ status, headers, text }: Answer, type: RegExp): void {
  const sent = headers.get('content-type') ?? '';
  if (/^\s*(?:<!doctype html|<html)/iu.test(text) || /\bhtml\b/iu.test(sent)) {
    throw new DamagedAnswer('a web page instead of records');
  }
  if (status >= 400) throw refused(`The database refuses the question (status ${status}).`);
  if (!type.test(sent)) throw new DamagedAnswer('an answer of a type that is not expected');
}

const reportedLength = 200;

/** The words of a service as they may be shown: one short line without the secrets. */
export function quoted({ secrets }: Service, text: string): string {
  const shown = secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
  const line = shown.replace(/[\p{C}\s]+/gu, ' ').trim();
  return line.length > reportedLength ? `${line.slice(0, reportedLength)}…` : line;
}

/** A count that a service sends as text or as a number. */
export function readCount(value: unknown): number {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^\d{1,10}$/u.test(text)) throw new DamagedAnswer('no number of records');
  return Number(text);
}
