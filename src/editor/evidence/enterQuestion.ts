import * as vscode from 'vscode';

/**
 * Asks the user for the question of a new column.
 *
 * @param scope Name of the papers that are asked.
 * @returns undefined if the user cancelled.
 */
export async function enterQuestion(scope: string): Promise<string | undefined> {
  const question = await vscode.window.showInputBox({
    title: vscode.l10n.t('Ask every paper'),
    prompt: vscode.l10n.t('The question becomes a column of the evidence table. Papers: {0}.', scope),
    placeHolder: vscode.l10n.t('How many patients were included?'),
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('Enter a question.') : undefined),
  });
  return question?.trim();
}
