import { setMaxListeners } from 'node:events';
import { CancelledError } from '../core/errors';

/** Resolves as `promise` does, or rejects with {@link CancelledError} as soon as the signal aborts. The work itself continues. */
export function orCancelled<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise<T>((resolve, reject) => {
    const cancel = () => reject(new CancelledError());
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}

/**
 * Makes a signal that aborts when one of `signals` does. `AbortSignal.any` is not used because a long-lived signal keeps
 * every signal that depends on it, which is a leak.
 */
export function linkedAbort(...signals: readonly (AbortSignal | undefined)[]): {
  readonly signal: AbortSignal;
  /** Removes the listeners; call it when the work is over. */
  readonly unlink: () => void;
} {
  const controller = new AbortController();
  const abort = () => controller.abort();
  for (const signal of signals) {
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  }
  const unlink = () => {
    for (const signal of signals) signal?.removeEventListener('abort', abort);
  };
  return { signal: controller.signal, unlink };
}

/** Makes a controller for many concurrent listeners. Node warns of a leak from the eleventh listener on. */
export function manyListenersController(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
