import * as vscode from 'vscode';
import { BioBertError, isCancelled } from '../core/errors';
import type { Logger } from '../runtime/log';
import { Disposable } from './dispose';

export type { Logger };

/** Number of log lines that Report Issue can quote. */
const maxRecentLines = 200;

/** The output channel of the extension. Document text must not be written to it. */
export class Log extends Disposable implements Logger {
  private readonly channel = this._register(vscode.window.createOutputChannel('BioBERT', { log: true }));
  private readonly buffer: string[] = [];

  /** The last lines, for an issue report. */
  get recentLines(): readonly string[] {
    return this.buffer;
  }

  debug(message: string): void {
    this.remember('debug', message);
    this.channel.debug(message);
  }

  info(message: string): void {
    this.remember('info', message);
    this.channel.info(message);
  }

  warn(message: string): void {
    this.remember('warning', message);
    this.channel.warn(message);
  }

  error(message: string): void {
    this.remember('error', message);
    this.channel.error(message);
  }

  show(): void {
    this.channel.show();
  }

  private remember(level: string, message: string): void {
    this.buffer.push(`${level}: ${message}`);
    if (this.buffer.length > maxRecentLines) this.buffer.shift();
  }
}

/** Describes an error for the log: code and message, the stack of an unexpected error, and the causes. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : ` Cause: ${describeError(error.cause)}`;
  if (error instanceof BioBertError) return `${error.userMessage}${cause}`;
  return `${error.stack ?? error.message}${cause}`;
}

/**
 * Logs the failure of a promise that nobody awaits. A cancellation is not logged.
 *
 * @param activity The activity that failed, for the log.
 */
export function logFailure(promise: PromiseLike<unknown>, log: Logger, activity: string): void {
  promise.then(undefined, (error: unknown) => {
    if (!isCancelled(error)) log.error(`${activity}: ${describeError(error)}`);
  });
}
