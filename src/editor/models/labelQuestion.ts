import * as vscode from 'vscode';
import { guessLabels } from '../../core/entities/labelGuess';
import { readLabels } from '../../core/entities/labels';
import { CancelledError } from '../../core/errors';

/**
 * Asks what labels without names mean, with a guess to correct.
 * @returns by label; `undefined` where the labels speak for themselves.
 * @throws {CancelledError} when the user turns away.
 */
export async function askForLabels(
  labels: readonly string[],
  model: string,
): Promise<Readonly<Record<string, string>> | undefined> {
  const guess = guessLabels(labels, model);
  if (guess.size === 0) return undefined;
  const value = labels.map((label) => guess.get(label) ?? label).join(', ');
  const written = await vscode.window.showInputBox({
    title: vscode.l10n.t('What the labels of {0} mean', model),
    prompt: vscode.l10n.t('In order: O for outside, B-TYPE and I-TYPE for the words of a mention.'),
    value,
    ignoreFocusOut: true,
    validateInput: (text) => problemOf(parts(text), labels.length),
  });
  if (written === undefined) throw new CancelledError();
  const named = parts(written);
  return Object.fromEntries(labels.map((label, index) => [label, named[index] ?? label]));
}

function parts(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}

function problemOf(named: readonly string[], wanted: number): string | undefined {
  if (named.length !== wanted) return vscode.l10n.t('{0} labels are needed, in order.', wanted);
  try {
    readLabels(named);
    return undefined;
  } catch {
    return vscode.l10n.t('One label is O, and at least one other names a type.');
  }
}
