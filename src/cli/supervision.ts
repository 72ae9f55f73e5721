/**
 * A command runs in a process of its own, which a supervisor watches that does nothing else.
 *
 * Node delivers signals through the event loop. While a command parses a document, runs a model or waits for a pipe that
 * nobody writes to, its own handler of Ctrl+C is not called, or the process cannot end. The supervisor's event loop is
 * always free: it asks the command to stop, and kills it if it does not. A worker thread was no alternative, because
 * ending one during a native run of a model aborts the process, and default handlers of signals would leave locks and
 * temporary files behind.
 */
import { fork, type StdioOptions } from 'node:child_process';
import { constants } from 'node:os';
import { exitCodes } from './exitCodes';
import { isNumber, isShape } from '../protocol/guards';
import { systemTimers, type Timers } from '../runtime/process/timers';

/** Set in the environment of a supervised command. */
const supervisedVariable = 'BIOBERT_SUPERVISED';

/** Time in which a command may finish what it is doing after a signal, in milliseconds. */
const graceMs = 900;

/** From the supervisor: stop with this exit code. */
interface InterruptMessage {
  readonly interrupt: number;
}

/** From the command: it has done everything, and may be killed. */
interface EndedMessage {
  readonly ended: number;
}

const isInterrupt = isShape<InterruptMessage>({ interrupt: isNumber });
const isEnded = isShape<EndedMessage>({ ended: isNumber });

/** Whether this process runs a command under a supervisor. */
export function isSupervised(): boolean {
  return process.env[supervisedVariable] === '1' && process.send !== undefined;
}

/** Exit codes of a command that a signal stopped. */
const interruptCodes = { SIGINT: exitCodes.interrupted, SIGTERM: exitCodes.terminated } as const;

/**
 * Runs a script under supervision, with the standard streams of this process.
 * @returns the exit code; undefined if no process can be started.
 */
export function supervise(script: string, args: readonly string[]): Promise<number | undefined> {
  const child = fork(script, args, {
    stdio: inheritedStreams(args),
    env: { ...process.env, [supervisedVariable]: '1' },
  });
  const supervisor = new Supervisor(child);
  const listeners = Object.entries(interruptCodes).map(([signal, code]) => {
    const listener = () => supervisor.interrupt(code);
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  return supervisor.ended.finally(() => {
    for (const stop of listeners) stop();
  });
}

/** The part of a child process that a {@link Supervisor} needs. */
interface SupervisedChild {
  readonly pid?: number | undefined;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'error', listener: () => void): unknown;
  once(event: 'exit', listener: (code: number | null, signal: NodeJS.Signals | null) => void): unknown;
  kill(signal: 'SIGKILL'): unknown;
  send(message: InterruptMessage, callback: () => void): unknown;
}

/** Watches one command from its start to its end. */
export class Supervisor {
  /** The exit code of the command; undefined if it could not be started. */
  readonly ended: Promise<number | undefined>;
  private interruptCode: number | undefined;
  private endedCode: number | undefined;
  private stopGrace: () => void = () => undefined;

  constructor(
    private readonly child: SupervisedChild,
    private readonly timers: Timers = systemTimers,
  ) {
    child.on('message', (message) => {
      if (!isEnded(message)) return;
      this.endedCode = message.ended;
      child.kill('SIGKILL');
    });
    this.ended = new Promise((resolve) => {
      child.once('error', () => {
        if (child.pid === undefined) resolve(undefined);
      });
      child.once('exit', (code, signal) => {
        this.stopGrace();
        resolve(this.endedCode ?? code ?? this.interruptCode ?? raise(signal));
      });
    });
  }

  /** Asks the command to stop; kills it at the second signal, or after the time of grace. */
  interrupt(code: number): void {
    if (this.interruptCode !== undefined) {
      this.child.kill('SIGKILL');
      return;
    }
    this.interruptCode = code;
    const message: InterruptMessage = { interrupt: code };
    this.child.send(message, () => undefined);
    this.stopGrace = this.timers.after(graceMs, () => this.child.kill('SIGKILL'));
  }
}

/** Ends this process as the command was ended, by a crash or the system, so that the shell reports the right reason. */
function raise(signal: NodeJS.Signals | null): number {
  if (signal === null) return 1;
  process.kill(process.pid, signal);
  return 128 + constants.signals[signal];
}

/** The standard streams, a channel, and the pipes of the shell that arguments such as /dev/fd/63 name. */
function inheritedStreams(args: readonly string[]): StdioOptions {
  const named = args
    .flatMap((arg) => /^\/(?:dev|proc\/self)\/fd\/(\d{1,4})$/u.exec(arg)?.[1] ?? [])
    .map(Number);
  const inherited = new Set([0, 1, 2, ...named]);
  const streams: ('inherit' | 'ignore' | 'ipc' | number)[] = Array.from(
    { length: Math.max(...inherited) + 1 },
    (_, descriptor) => (inherited.has(descriptor) ? descriptor : 'ignore'),
  );
  const free = streams.indexOf('ignore');
  if (free >= 0) streams[free] = 'ipc';
  else streams.push('ipc');
  return streams;
}

/** Calls back when the supervisor wants the command to stop. @returns a function that stops listening. */
export function onSupervisorInterrupt(listener: (exitCode: number) => void): () => void {
  const onMessage = (message: unknown) => {
    if (isInterrupt(message)) listener(message.interrupt);
  };
  process.on('message', onMessage);
  // The channel must not keep a command alive that has ended.
  process.channel?.unref();
  return () => process.off('message', onMessage);
}

/** Ends this process when its supervisor is gone, killed perhaps. */
export function endWithSupervisor(): void {
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.channel?.unref();
}

/**
 * Tells the supervisor that an interrupted command has done everything. A process whose thread still waits for a pipe
 * cannot exit by itself.
 */
export async function reportEnd(exitCode: number): Promise<void> {
  for (const stream of [process.stdout, process.stderr])
    await new Promise((resolve) => stream.write('', resolve));
  const message: EndedMessage = { ended: exitCode };
  process.send?.(message, () => undefined);
}
