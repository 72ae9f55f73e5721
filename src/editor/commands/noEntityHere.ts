import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';

/** The error of a command about a name that is run where no name is marked. */
export function noEntityHere(): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    vscode.l10n.t('There is no entity here.'),
    vscode.l10n.t('Put the caret on a marked name.'),
  );
}
