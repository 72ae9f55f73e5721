import * as vscode from 'vscode';
import { BioBertError, isCancelled } from '../core/errors';
import type { Logger } from '../runtime/log';
import { Disposable } from './dispose';

export type { Logger };

/** How many lines Report Issue can quote. */
const keptLines = 200;

/** The one output channel. Every part gets it as a {@link Logger}; none writes document text into it. */
export class Log extends Disposable implements Logger {
  private readonly channel = this._register(vscode.window.createOutputChannel('BioBERT', { log: true }));
  private readonly recent: string[] = [];

  /** The last lines, for an issue report. */
  get lines(): readonly string[] {
    return this.recent;
  }

  debug(message: string): void {
    this.keep('debug', message);
    this.channel.debug(message);
  }

  info(message: string): void {
    this.keep('info', message);
    this.channel.info(message);
  }

  warn(message: string): void {
    this.keep('warning', message);
    this.channel.warn(message);
  }

  error(message: string): void {
    this.keep('error', message);
    this.channel.error(message);
  }

  show(): void {
    this.channel.show();
  }

  private keep(level: string, message: string): void {
    this.recent.push(`${level}: ${message}`);
    if (this.recent.length > keptLines) this.recent.shift();
  }
}

/** What an error says in the log: code and message, the stack when it is a fault of ours, the causes behind it. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : ` Cause: ${describeError(error.cause)}`;
  if (error instanceof BioBertError) return `${error.userMessage}${cause}`;
  return `${error.stack ?? error.message}${cause}`;
}

/**
 * The fate of a promise that nobody awaits: a failure is logged, a cancellation is silent.
 *
 * @param what What was being done, for the log.
 */
export function logFailure(promise: PromiseLike<unknown>, log: Logger, what: string): void {
  promise.then(undefined, (error: unknown) => {
    if (!isCancelled(error)) log.error(`${what}: ${describeError(error)}`);
  });
}
