import * as vscode from 'vscode';
import { isCancelled } from '../core/errors';
import { toSignal } from './convert';

/** Delay before the notification is shown. The progress of shorter work is visible in the status bar only. */
const notificationDelayMs = 2000;

/** Reports the finished fraction, in [0, 1]. */
export type Report = (fraction: number) => void;

/**
 * Runs work that the user can cancel. If it takes longer than two seconds, a notification with its progress and a
 * Cancel button is shown until it ends.
 *
 * @example
 * const result = await withCancel(vscode.l10n.t('Tagging entities'), (signal, report) =>
 *   engine.tag(request, { signal, onProgress: ({ done, total }) => report(done / total) }),
 * );
 */
export async function withCancel<T>(
  title: string,
  work: (signal: AbortSignal, report: Report) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let fraction: number | undefined;
  let notify: Report = () => undefined;
  const result = work(controller.signal, (value) => {
    fraction = value;
    notify(value);
  });
  const timer = setTimeout(() => {
    showProgress(title, result, controller, (report) => {
      notify = report;
      // Work that reports nothing has no share: its title stands alone.
      if (fraction !== undefined) report(fraction);
    });
  }, notificationDelayMs);
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
      let reported = 0;
      connect((fraction) => {
        progress.report({
          increment: (fraction - reported) * 100,
          message: `${Math.floor(fraction * 100)} %`,
        });
        reported = fraction;
      });
      await result;
    })
    // The caller of `withCancel` gets the error, so it is ignored here.
    .then(undefined, (error: unknown) => isCancelled(error));
}
