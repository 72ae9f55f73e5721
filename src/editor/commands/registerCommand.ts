import * as vscode from 'vscode';
import { BioBertError, errorCodes, isCancelled } from '../../core/errors';
import type { CommandId } from '../commandIds';
import { describeError, type Log } from '../log';

/**
 * Registers a command. An error is logged and shown in one message with a button for the log; a cancellation is silent.
 *
 * @param execute Receives the arguments of VS Code: from a tree the row and the selected rows, from the palette none.
 */
export function registerCommand(
  id: CommandId,
  log: Log,
  execute: (...args: readonly unknown[]) => unknown,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: readonly unknown[]) => {
    try {
      await execute(...args);
    } catch (error) {
      if (!isCancelled(error)) await showFailure(id, error, log);
    }
  });
}

async function showFailure(id: CommandId, error: unknown, log: Log): Promise<void> {
  log.error(`${id}: ${describeError(error)}`);
  const message =
    error instanceof BioBertError
      ? error.userMessage
      : vscode.l10n.t(
          'Something unexpected went wrong. Nothing was changed. Try again, or report it. ({0})',
          errorCodes.INTERNAL,
        );
  const showLog = vscode.l10n.t('Show Log');
  if ((await vscode.window.showErrorMessage(message, showLog)) === showLog) log.show();
}
