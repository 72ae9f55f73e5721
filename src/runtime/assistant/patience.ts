import { throwIfCancelled } from '../../core/errors';

/** Waits until work has ended or a time is over, whichever comes first. @throws {CancelledError} after the signal aborts. */
export async function waitFor(work: Promise<unknown>, ms: number, signal: AbortSignal): Promise<void> {
  let stop = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    stop = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', stop, { once: true });
  });
  await Promise.race([work, over]);
  stop();
  signal.removeEventListener('abort', stop);
  throwIfCancelled(signal);
}

/** Time that a call waits for documents to be read, in milliseconds. Clients of MCP wait a minute for a result. */
export const patienceMs = 20_000;
