import { isCancelled } from '../core/errors';
import { exitCodes } from './exitCodes';
import { OutputClosedError } from './sink';

/** Aborts at Ctrl+C or SIGTERM; a second one ends the process at once. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** The exit code that the signal asks for; undefined while none came. */
  readonly exitCode: number | undefined;
}

interface Listening extends Interrupt {
  readonly dispose: () => void;
}

/**
 * Runs a command that Ctrl+C can stop.
 * @returns the exit code: that of the command, that of the signal which stopped it, or ok where the reader of its output
 *   has gone.
 */
export async function withInterrupt(run: (interrupt: Interrupt) => Promise<number>): Promise<number> {
  const interrupt = listenForInterrupt();
  try {
    return await run(interrupt);
  } catch (error) {
    if (error instanceof OutputClosedError) return exitCodes.ok;
    if (isCancelled(error)) return interrupt.exitCode ?? exitCodes.interrupted;
    throw error;
  } finally {
    interrupt.dispose();
  }
}

function listenForInterrupt(): Listening {
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
    dispose: () => {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onTerminate);
    },
  };
}
