import { BioBertError, CancelledError, errorCodes } from '../core/errors';
import { type Guard, isCount, isOneOf, isRecord, isString } from './guards';
import { fromWireError, internalError, isWireError, toWireError, type WireError } from './wireError';

/** One end of a connection: a child process, its parent, a webview. */
export interface Port {
  /** May throw {@link connectionClosed} if the other end is gone, and any other error if the message cannot be cloned. */
  postMessage(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
}

/** A method, named once for both ends, with the guards that check what arrives. */
export interface Method<Params, Result, Progress = never> {
  readonly name: string;
  readonly isParams: Guard<Params>;
  readonly isResult: Guard<Result>;
  readonly isProgress: Guard<Progress>;
}

const isNever = isOneOf<never>([]);

/** A method without progress. */
export function plainMethod<Params, Result>(
  name: string,
  isParams: Guard<Params>,
  isResult: Guard<Result>,
): Method<Params, Result> {
  return { name, isParams, isResult, isProgress: isNever };
}

/** A message without a reply. */
export interface EventType<Value> {
  readonly name: string;
  readonly isValue: Guard<Value>;
}

export interface CallContext<Progress> {
  /** Aborted when the caller cancels and when the connection closes. */
  readonly signal: AbortSignal;
  readonly progress: (value: Progress) => void;
}

export interface RequestOptions<Progress> {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((value: Progress) => void) | undefined;
}

type Message =
  | { readonly kind: 'request'; readonly id: number; readonly name: string; readonly value: unknown }
  | { readonly kind: 'progress' | 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: WireError }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'event'; readonly name: string; readonly value: unknown };

interface Pending {
  readonly progress: (value: unknown) => void;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

type Handler = (value: unknown, context: CallContext<unknown>) => Promise<unknown>;

/**
 * Requests with progress and cancellation, and events, over a port; the same class at both ends.
 *
 * Every request is answered exactly once: by a result, an error or a cancellation, or by the connection's end.
 * Replies may come in any order. What arrives is hostile until its guard has passed it: the rest goes to `onProblem`.
 */
export class Rpc {
  private nextId = 1;
  private closedBy: BioBertError | undefined;
  private readonly pending = new Map<number, Pending>();
  private readonly running = new Map<number, AbortController>();
  private readonly handlers = new Map<string, Handler>();
  private readonly listeners = new Map<string, (value: unknown) => void>();

  /** @param onProblem told of malformed messages and throwing listeners, never with their content. */
  constructor(
    private readonly port: Port,
    private readonly onProblem: (problem: string) => void = () => undefined,
  ) {
    port.onMessage((message) => this.receive(message));
    port.onClose(() => this.close());
  }

  /** Answers requests of `method`. What the handler throws goes back to the caller. */
  handle<P, R, G>(
    method: Method<P, R, G>,
    handler: (params: P, context: CallContext<G>) => Promise<R>,
  ): void {
    this.handlers.set(method.name, async (value, context) => {
      if (!method.isParams(value)) throw invalidMessage(`The parameters of "${method.name}" are malformed.`);
      return handler(value, context);
    });
  }

  on<V>(event: EventType<V>, listener: (value: V) => void): void {
    this.listeners.set(event.name, (value) => {
      if (event.isValue(value)) listener(value);
      else this.onProblem(`malformed event "${event.name}"`);
    });
  }

  notify<V>(event: EventType<V>, value: V): void {
    this.post({ kind: 'event', name: event.name, value });
  }

  /**
   * @throws {CancelledError} at once when the signal aborts; the other end is told and its late reply is ignored.
   * @throws {BioBertError} what the handler threw, or CONNECTION_CLOSED.
   */
  request<P, R, G>(method: Method<P, R, G>, params: P, options: RequestOptions<G> = {}): Promise<R> {
    const { signal, onProgress } = options;
    if (this.closedBy) return Promise.reject(this.closedBy);
    if (signal?.aborted) return Promise.reject(new CancelledError());
    const id = this.nextId++;
    return new Promise<R>((resolve, reject) => {
      const cancel = () => {
        this.settle(id)?.reject(new CancelledError());
        this.post({ kind: 'cancel', id });
      };
      const release = () => signal?.removeEventListener('abort', cancel);
      this.pending.set(id, {
        progress: (value) => {
          if (!method.isProgress(value)) this.onProblem(`malformed progress of "${method.name}"`);
          else this.guarded(`progress of "${method.name}"`, () => onProgress?.(value));
        },
        resolve: (value) => {
          release();
          if (method.isResult(value)) resolve(value);
          else reject(invalidMessage(`The answer to "${method.name}" is malformed.`));
        },
        reject: (error) => {
          release();
          reject(error);
        },
      });
      signal?.addEventListener('abort', cancel, { once: true });
      const failure = this.post({ kind: 'request', id, name: method.name, value: params });
      if (failure) this.settle(id)?.reject(failure);
    });
  }

  /** Rejects everything pending, aborts everything running, and ignores whatever still arrives. */
  close(reason: BioBertError = connectionClosed()): void {
    if (this.closedBy) return;
    this.closedBy = reason;
    const pending = [...this.pending.values()];
    this.pending.clear();
    for (const request of pending) request.reject(reason);
    const running = [...this.running.values()];
    this.running.clear();
    for (const controller of running) controller.abort();
  }

  private receive(message: unknown): void {
    if (this.closedBy) return;
    if (!isMessage(message)) {
      this.onProblem('malformed message');
      return;
    }
    switch (message.kind) {
      case 'request':
        void this.answer(message.id, message.name, message.value);
        return;
      case 'progress':
        this.pending.get(message.id)?.progress(message.value);
        return;
      case 'result':
        this.settle(message.id)?.resolve(message.value);
        return;
      case 'error':
        this.settle(message.id)?.reject(fromWireError(message.error));
        return;
      case 'cancel':
        this.running.get(message.id)?.abort();
        return;
      case 'event':
        this.guarded(`event "${message.name}"`, () => this.listeners.get(message.name)?.(message.value));
    }
  }

  /** Never rejects. */
  private async answer(id: number, name: string, value: unknown): Promise<void> {
    if (this.running.has(id)) {
      this.onProblem(`a second request with the number ${id}`);
      return;
    }
    const controller = new AbortController();
    this.running.set(id, controller);
    const { signal } = controller;
    const progress = (step: unknown) => {
      if (!signal.aborted) this.post({ kind: 'progress', id, value: step });
    };
    try {
      const handler = this.handlers.get(name);
      if (!handler) throw unknownMethod();
      const result = await handler(value, { signal, progress });
      const failure = this.post({ kind: 'result', id, value: result });
      if (failure) throw failure;
    } catch (error) {
      this.post({ kind: 'error', id, error: toWireError(error) });
    } finally {
      this.running.delete(id);
    }
  }

  private settle(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    return pending;
  }

  /** @returns why it could not be sent. */
  private post(message: Message): BioBertError | undefined {
    if (this.closedBy) return this.closedBy;
    try {
      this.port.postMessage(message);
      return undefined;
    } catch (error) {
      this.onProblem(`a message of kind "${message.kind}" could not be sent`);
      return error instanceof BioBertError ? error : internalError(error);
    }
  }

  private guarded(what: string, action: () => void): void {
    try {
      action();
    } catch (error) {
      this.onProblem(`a listener threw at ${what}: ${error instanceof Error ? error.name : typeof error}`);
    }
  }
}

function isMessage(value: unknown): value is Message {
  if (!isRecord(value)) return false;
  switch (value['kind']) {
    case 'request':
      return isCount(value['id']) && isString(value['name']);
    case 'progress':
    case 'result':
    case 'cancel':
      return isCount(value['id']);
    case 'error':
      return isCount(value['id']) && isWireError(value['error']);
    case 'event':
      return isString(value['name']);
    default:
      return false;
  }
}

function invalidMessage(message: string): BioBertError {
  return new BioBertError(
    errorCodes.MESSAGE_INVALID,
    message,
    'Run the command again, and report it if it returns.',
  );
}

function unknownMethod(): BioBertError {
  const message = 'The other end does not know what was asked of it.';
  return new BioBertError(errorCodes.METHOD_UNKNOWN, message, 'Reload the window.');
}

export function connectionClosed(cause?: unknown): BioBertError {
  const message = 'The connection to the engine was closed.';
  return new BioBertError(errorCodes.CONNECTION_CLOSED, message, 'Run the command again.', { cause });
}
