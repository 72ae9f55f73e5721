/**
 * A client of the Open Inference Protocol (version 2 of KServe, REST): Triton, OpenVINO Model Server, MLServer.
 * https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_rest.md
 */
import { BioBertError, errorCodes } from '../../core/errors';
import { linkedAbort } from '../abort';
import { retry, RetryableError } from '../retry';

export interface ServerOptions {
  /** Address without `/v2`: `https://host:8000`. */
  readonly url: string;
  /** Bearer token. It is sent over encrypted connections and to this machine only. */
  readonly token?: string | undefined;
  /** Name of the model at the server. Default: the name of the model folder. */
  readonly model?: string | undefined;
  /** Longest wait for one answer. Default 60 s. */
  readonly timeoutMs?: number | undefined;
  /** Wait before the second attempt; it doubles. Default 0.5 s. */
  readonly backOffMs?: number | undefined;
  /** Cancels the requests that are waiting for an answer. */
  readonly signal?: AbortSignal | undefined;
}

const attempts = 4;
const maxAnswerBytes = 512 << 20;
/** The longest wait that a server may ask for. */
const maxWaitMs = 30_000;

/** Statuses of a server or a gateway that is starting or busy. */
const retryableStatuses: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);

/** Error codes of Node for a certificate that it does not accept. */
const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/u;

/** @throws {BioBertError} ARGUMENT_INVALID */
export function checkServer({ url, token }: ServerOptions): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/u.test(parsed.protocol)) throw invalid(`"${url}" is no address of a server.`);
  if (parsed.username !== '' || parsed.password !== '') {
    throw invalid('The address of a server holds no name and no password: they would be shown with it.');
  }
  const isNear = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u.test(parsed.hostname);
  if (parsed.protocol === 'http:' && !isNear && token !== undefined && token !== '') {
    throw invalid('A token is not sent over a connection that is not encrypted.');
  }
  return parsed;
}

/**
 * @param path Below `/v2/`.
 * @param body Posted as JSON. Default: a GET request without a body.
 * @throws {BioBertError} SERVER_UNREACHABLE, SERVER_REFUSED, SERVER_MODEL_MISSING. {@link CancelledError}
 */
export async function askServer(server: ServerOptions, path: string, body?: unknown): Promise<unknown> {
  const base = checkServer(server);
  const url = new URL(`${base.pathname.replace(/\/+$/u, '')}/v2/${path}`, base);
  const { backOffMs = 500, signal } = server;
  const giveUp = (cause: unknown) => unreachable(url.host, cause);
  return retry({ attempts, backOffMs, maxWaitMs, signal, giveUp }, () => askOnce(server, url, body));
}

async function askOnce(server: ServerOptions, url: URL, body: unknown): Promise<unknown> {
  const { token, timeoutMs = 60_000, signal } = server;
  const headers = new Headers({ 'content-type': 'application/json' });
  if (token !== undefined && token !== '') headers.set('authorization', `Bearer ${token}`);
  const linked = linkedAbort(AbortSignal.timeout(timeoutMs), signal);
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
    return parse(url.host, await readAll(response));
  } catch (error) {
    throw isUntrusted(error) ? notTrusted(url.host, error) : error;
  } finally {
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

/** `fetch` throws an error that has the reason as its cause. */
function isUntrusted(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && untrusted.test(String(cause.code));
}

async function readAll({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxAnswerBytes) throw new Error('The answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
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
