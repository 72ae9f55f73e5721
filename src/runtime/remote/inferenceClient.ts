/**
 * A client of the Open Inference Protocol (version 2 of KServe, REST): Triton, OpenVINO Model Server, MLServer.
 * https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_rest.md
 */
import { BioBertError, errorCodes, isCancelled } from '../../core/errors';
import { linkedAbort } from '../abort';
import { isReadable, isUntrusted, readBody } from '../httpRequest';
import { retry, RetryableError } from '../retry';

export interface ServerOptions {
  /** Address without `/v2`: `https://host:8000`. */
  readonly url: string;
  /** Bearer token. It is sent over encrypted connections and to this machine only. */
  readonly token?: string | undefined;
  /** Name of the model at the server. Default: the name of the model folder. */
  readonly model?: string | undefined;
  /** Whether text may be sent over a connection that is not encrypted. Default: only to this machine. */
  readonly allowHttp?: boolean | undefined;
  /** Longest time of one request with all its attempts, in milliseconds. Default 60 s. */
  readonly timeoutMs?: number | undefined;
  /** Wait before the second attempt; it doubles. Default 0.5 s. */
  readonly backOffMs?: number | undefined;
  /** Cancels the requests that are waiting for an answer. */
  readonly signal?: AbortSignal | undefined;
}

const attempts = 4;
/** The longest wait that a server may ask for. */
const maxWaitMs = 30_000;

/** Statuses of a server or a gateway that is starting or busy. */
const retryableStatuses: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);

/** @throws {BioBertError} ARGUMENT_INVALID */
export function checkServer({ url, token }: ServerOptions): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/u.test(parsed.protocol)) throw invalid(`"${url}" is no address of a server.`);
  if (parsed.username !== '' || parsed.password !== '') {
    throw invalid('The address of a server holds no name and no password: they would be shown with it.');
  }
  if (isReadable(parsed) && token !== undefined && token !== '') {
    throw invalid('A token is not sent over a connection that is not encrypted.');
  }
  return parsed;
}

/**
 * Checks that text may be sent to a server.
 * @throws {BioBertError} ARGUMENT_INVALID; SERVER_NOT_ALLOWED for a connection that others can read, unless that is
 * allowed.
 */
export function checkSending(server: ServerOptions): URL {
  const url = checkServer(server);
  if (!isReadable(url) || server.allowHttp === true) return url;
  throw new BioBertError(
    errorCodes.SERVER_NOT_ALLOWED,
    `No text was sent to ${url.host}: the connection is not encrypted, so that others on the way could read it.`,
    'Use an address with https://. In a network that you trust, allow it with --allow-http, or in VS Code with "BioBERT: Set Up Inference Server".',
  );
}

export interface ServerQuestion {
  /** Below `/v2/`. */
  readonly path: string;
  /** Posted as JSON. Default: a GET request without a body. */
  readonly body?: unknown;
  /** A longer answer is refused while it arrives. */
  readonly maxBytes: number;
}

/**
 * Asks a server, again while it is busy or does not answer, until the time of the request is over.
 * @throws {BioBertError} SERVER_UNREACHABLE, SERVER_REFUSED, SERVER_MODEL_MISSING. {@link CancelledError}
 */
export async function askServer(server: ServerOptions, question: ServerQuestion): Promise<unknown> {
  const base = checkServer(server);
  const url = new URL(`${base.pathname.replace(/\/+$/u, '')}/v2/${question.path}`, base);
  const { backOffMs = 500, timeoutMs = 60_000 } = server;
  const giveUp = (cause: unknown) => unreachable(url.host, cause);
  const deadline = AbortSignal.timeout(timeoutMs);
  const { signal, unlink } = linkedAbort(deadline, server.signal);
  try {
    const attempt = () => askOnce({ ...server, signal }, url, question);
    return await retry({ attempts, backOffMs, maxWaitMs, signal, giveUp }, attempt);
  } catch (error) {
    if (!isCancelled(error) || server.signal?.aborted) throw error;
    throw tooSlow(url.host, timeoutMs);
  } finally {
    unlink();
  }
}

async function askOnce(
  { token, signal }: ServerOptions,
  url: URL,
  { body, maxBytes }: ServerQuestion,
): Promise<unknown> {
  const headers = new Headers({ 'content-type': 'application/json' });
  if (token !== undefined && token !== '') headers.set('authorization', `Bearer ${token}`);
  // Ends the connection of an answer that is not read to its end.
  const ended = new AbortController();
  const linked = linkedAbort(ended.signal, signal);
  try {
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      // Text goes where the user said, and nowhere else.
      redirect: 'manual',
      signal: linked.signal,
    });
    if (retryableStatuses.has(response.status)) throw RetryableError.fromResponse(response);
    if (!response.ok) throw refused(url.host, response.status);
    return parse(url.host, await readBody(response, maxBytes, () => tooLong(url.host, maxBytes)));
  } catch (error) {
    throw isUntrusted(error) ? notTrusted(url.host, error) : error;
  } finally {
    ended.abort();
    linked.unlink();
  }
}

function parse(host: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw notUnderstood(host, error);
  }
}

function invalid(message: string): BioBertError {
  const nextStep = 'Name it as https://HOST:PORT, without /v2.';
  return new BioBertError(errorCodes.ARGUMENT_INVALID, message, nextStep);
}

function unreachable(host: string, cause: unknown): BioBertError {
  const nextStep = 'Check that it runs and that its address is right.';
  return new BioBertError(
    errorCodes.SERVER_UNREACHABLE,
    `The inference server ${host} does not answer.`,
    nextStep,
    { cause },
  );
}

function tooSlow(host: string, timeoutMs: number): BioBertError {
  return new BioBertError(
    errorCodes.SERVER_UNREACHABLE,
    `The inference server ${host} gave no whole answer within ${Math.ceil(timeoutMs / 1000)} s.`,
    'Check the load of the server, and run the command again.',
  );
}

function tooLong(host: string, maxBytes: number): BioBertError {
  return new BioBertError(
    errorCodes.SERVER_REFUSED,
    `The inference server ${host} sent more than the ${maxBytes} bytes that its answer can take.`,
    'Check that it speaks the Open Inference Protocol, and that it has the model of this folder.',
  );
}

function notTrusted(host: string, cause: unknown): BioBertError {
  return new BioBertError(
    errorCodes.SERVER_UNREACHABLE,
    `The certificate of the inference server ${host} is not trusted here.`,
    'Name the file of the authority that signed it in NODE_EXTRA_CA_CERTS, and start again.',
    { cause },
  );
}

function refused(host: string, status: number): BioBertError {
  const message = `The inference server ${host} answered ${status}.`;
  if (status === 404) {
    const nextStep = 'Give the model at the server the name of the model folder here.';
    return new BioBertError(errorCodes.SERVER_MODEL_MISSING, message, nextStep);
  }
  const nextStep = 'Check the token, and the log of the server.';
  return new BioBertError(errorCodes.SERVER_REFUSED, message, nextStep);
}

export function notUnderstood(host: string, cause?: unknown): BioBertError {
  return new BioBertError(
    errorCodes.SERVER_REFUSED,
    `The inference server ${host} answered in a way that is not known.`,
    'Check that it speaks the Open Inference Protocol, version 2.',
    { cause },
  );
}
