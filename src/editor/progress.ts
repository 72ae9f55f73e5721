import * as vscode from 'vscode';
import { isCancelled } from '../core/errors';
import { toSignal } from './convert';

/** Work that is over sooner shows in the status item alone. */
const quietMs = 2000;

export type Report = (fraction: number) => void;

/**
 * Runs work whose progress the status item shows; when it takes longer, a notification with a Cancel button joins
 * it, and goes when the work ends.
 */
export async function withCancel<T>(
  title: string,
  work: (signal: AbortSignal, report: Report) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let fraction = 0;
  let tell: Report = () => undefined;
  const result = work(controller.signal, (now) => {
    fraction = now;
    tell(now);
  });
  const timer = setTimeout(() => {
    showProgress(title, result, controller, (report) => {
      tell = report;
      report(fraction);
    });
  }, quietMs);
  try {
    return await result;
  } finally {
    clearTimeout(timer);
  }
}

function showProgress(
  title: string,
  result: Promise<unknown>,
  controller: AbortController,
  connect: (report: Report) => void,
): void {
  const location = vscode.ProgressLocation.Notification;
  vscode.window
    .withProgress({ location, title, cancellable: true }, async (progress, token) => {
      toSignal(token).addEventListener('abort', () => controller.abort());
      let shown = 0;
      connect((fraction) => {
        progress.report({ increment: (fraction - shown) * 100, message: `${Math.floor(fraction * 100)} %` });
        shown = fraction;
      });
      await result;
    })
    // Whoever awaits the work itself is told of its failure.
    .then(undefined, (error: unknown) => isCancelled(error));
}
