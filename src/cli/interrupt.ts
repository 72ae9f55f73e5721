import { exitCodes } from './exitCodes';

/** Aborts at Ctrl+C or SIGTERM; a second one ends the process at once. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** The exit code that the signal asks for; undefined while none came. */
  readonly exitCode: number | undefined;
  abort(): void;
  dispose(): void;
}

export function listenForInterrupt(): Interrupt {
  const controller = new AbortController();
  let exitCode: number | undefined;
  const handler = (code: number) => () => {
    if (exitCode !== undefined) process.exit(code);
    exitCode = code;
    controller.abort();
  };
  const onInterrupt = handler(exitCodes.interrupted);
  const onTerminate = handler(exitCodes.terminated);
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    abort: () => controller.abort(),
    dispose: () => {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onTerminate);
    },
  };
}
