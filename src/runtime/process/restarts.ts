import { orCancelled } from '../abort';
import type { Logger } from '../log';
import { hasNativeRuntime } from '../onnx/platform';
import type { RuntimeName } from '../onnx/session';
import type { Timers } from './timers';

const firstBackOffMs = 250;
const longestBackOffMs = 30_000;

/** A request is sent again once: if the process dies twice, the request counts as the cause. */
export const maxAttempts = 2;

/** Decides when a process that crashed is started again, and with which runtime. */
export class Restarts {
  private crashes = 0;

  /** @param runtime The runtime to start with. Default: the child chooses. */
  constructor(
    private readonly timers: Timers,
    private readonly log: Logger,
    public runtime: RuntimeName | undefined,
  ) {}

  crashed(): void {
    this.crashes++;
  }

  /** Called when a request was answered. */
  succeeded(): void {
    this.crashes = 0;
  }

  /** Waits after a crash, twice as long after each. @throws {CancelledError} when the signal aborts. */
  backOff(signal: AbortSignal): Promise<void> {
    if (this.crashes === 0) return Promise.resolve();
    const delayMs = Math.min(longestBackOffMs, firstBackOffMs * 2 ** (this.crashes - 1));
    let stop: () => void = () => undefined;
    const waited = new Promise<void>((resolve) => (stop = this.timers.after(delayMs, resolve)));
    return orCancelled(waited, signal).finally(() => stop());
  }

  /**
   * Called when the process died while it loaded a model. Desktop Electron's allocator has made the native runtime die
   * there (onnxruntime#29763), so the WebAssembly one is tried.
   */
  diedWhileLoading(): void {
    if (this.runtime !== undefined || !hasNativeRuntime()) return;
    this.runtime = 'web';
    this.log.warn(
      'The native runtime died while it loaded: the WebAssembly one takes its place from now on.',
    );
  }
}
