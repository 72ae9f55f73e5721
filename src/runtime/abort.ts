import { setMaxListeners } from 'node:events';
import { CancelledError } from '../core/errors';

/** What `promise` gives, or {@link CancelledError} as soon as the signal aborts; the work itself goes on. */
export function orCancelled<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise<T>((resolve, reject) => {
    const cancel = () => reject(new CancelledError());
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}

/** Aborts when any of them does. `AbortSignal.any` would do, but keeps each dependent signal of a long-lived one. */
export function linkedAbort(...signals: readonly (AbortSignal | undefined)[]): {
  readonly signal: AbortSignal;
  /** Call it when the work is over. */
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

/** A controller for all that runs at once; Node takes more than ten listeners for a leak. */
export function manyListenersController(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
