import { orCancelled } from '../abort';
import type { Logger } from '../log';
import { hasNativeRuntime } from '../onnx/platform';
import type { RuntimeName } from '../onnx/session';
import type { Timers } from './timers';

const firstBackOffMs = 250;
const longestBackOffMs = 30_000;

/** After so many crashes of the native runtime, it is not tried again in this window. */
const maxNativeFaults = 3;

/** A model is loaded again once: if the process dies twice, the model counts as the cause. */
export const maxAttempts = 2;

/** Decides when a process that crashed is started again, and with which runtime. */
export class Restarts {
  private crashes = 0;
  private nativeFaults = 0;
  private isFallback = false;

  /** @param chosen The runtime of every process. Default: the child chooses. */
  constructor(
    private readonly timers: Timers,
    private readonly log: Logger,
    private readonly chosen: RuntimeName | undefined,
  ) {}

  /** The runtime of the next process. Undefined: the child chooses. */
  get runtime(): RuntimeName | undefined {
    return this.isFallback ? 'web' : this.chosen;
  }

  /** Whether WebAssembly stands in for a native runtime that crashed. */
  get isFallingBack(): boolean {
    return this.isFallback;
  }

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
   * Called when native code crashed while the process loaded a model. Desktop Electron's allocator has made the native
   * runtime die there (onnxruntime#29763), so the WebAssembly one is tried.
   */
  crashedWhileLoading(): void {
    if (this.runtime !== undefined || !hasNativeRuntime()) return;
    this.isFallback = true;
    this.nativeFaults++;
    const next = this.mayTryNative
      ? 'The native one is tried again when the models are loaded anew.'
      : 'The native one is tried again after a reload of the window.';
    this.log.warn(
      `The native runtime crashed while it loaded: WebAssembly, which is slower, takes its place. ${next}`,
    );
  }

  /** Called when a process was ended on purpose. The next one tries the native runtime again. */
  ended(): void {
    if (this.isFallback && this.mayTryNative) this.isFallback = false;
  }

  private get mayTryNative(): boolean {
    return this.nativeFaults < maxNativeFaults;
  }
}
