import { isCancelled } from '../core/errors';
import { exitCodes } from './exitCodes';
import { OutputClosedError } from './sink';
import { isSupervised, onSupervisorInterrupt } from './supervision';

/**
 * Aborts at Ctrl+C or SIGTERM. A second one ends the process at once, for which a supervised command relies on its
 * supervisor: it gets Ctrl+C twice, from the terminal and from the supervisor.
 */
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
  const supervised = isSupervised();
  const interrupt = (code: number) => {
    if (exitCode !== undefined && !supervised) process.exit(code);
    exitCode ??= code;
    controller.abort();
  };
  const onInterrupt = () => interrupt(exitCodes.interrupted);
  const onTerminate = () => interrupt(exitCodes.terminated);
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  const stopListening = supervised ? onSupervisorInterrupt(interrupt) : () => undefined;
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    dispose: () => {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onTerminate);
      stopListening();
    },
  };
}
