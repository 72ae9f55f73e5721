import * as vscode from 'vscode';
import type { FormColumn } from '../../../core/review/reviewData';

interface ColumnItem extends vscode.QuickPickItem {
  readonly choice?: FormColumn | 'new';
}

/** The column that one key chooses: its number, or the first letter of its label if no other label begins with it. */
export function columnForKey(columns: readonly FormColumn[], key: string): FormColumn | undefined {
  if (/^[1-9]$/u.test(key)) return columns[Number(key) - 1];
  const begun = columns.filter(({ label }) => label.toLowerCase().startsWith(key.toLowerCase()));
  return key.length === 1 && begun.length === 1 ? begun[0] : undefined;
}

/**
 * Lets the user choose a column of the form with one key, see {@link columnForKey}, or start a new one.
 *
 * @param valueOf Describes the values that the column has for this paper; empty if there is none.
 * @returns undefined if the user cancelled.
 */
export async function pickColumn(
  columns: readonly FormColumn[],
  value: string,
  valueOf: (column: FormColumn) => string,
): Promise<FormColumn | 'new' | undefined> {
  const list = vscode.window.createQuickPick<ColumnItem>();
  list.title = vscode.l10n.t('Fill extraction form: {0}', value);
  list.placeholder = vscode.l10n.t('Type a number or the first letter of a column');
  list.items = [
    ...columns.map((column, index) => ({
      label: index < 9 ? `${index + 1}  ${column.label}` : column.label,
      description: valueOf(column),
      choice: column,
    })),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: vscode.l10n.t('New Column…'), choice: 'new' as const, alwaysShow: true },
  ];
  try {
    return await new Promise((resolve) => {
      list.onDidChangeValue((text) => {
        const column = columnForKey(columns, text);
        if (column) resolve(column);
      });
      list.onDidAccept(() => resolve(list.selectedItems[0]?.choice));
      list.onDidHide(() => resolve(undefined));
      list.show();
    });
  } finally {
    list.dispose();
  }
}

/** The label and the question of a new column; the question may be empty. Undefined if the user cancelled. */
export async function enterColumn(): Promise<
  { readonly label: string; readonly question: string } | undefined
> {
  const label = await vscode.window.showInputBox({
    title: vscode.l10n.t('New column of the extraction form'),
    prompt: vscode.l10n.t('Name of the column, such as Population or Dose'),
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('Enter a name.') : undefined),
  });
  if (label === undefined) return undefined;
  const question = await vscode.window.showInputBox({
    title: vscode.l10n.t('Question for {0}', label.trim()),
    prompt: vscode.l10n.t(
      'The model proposes values by this question. Leave it empty to fill the column by hand.',
    ),
    placeHolder: vscode.l10n.t('How many patients were included?'),
  });
  return question === undefined ? undefined : { label, question };
}
