import * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

/** Minimum number of words of a question. A shorter selection is taken for a name, and a question about it is asked. */
const minQuestionWords = 4;

/** Asks the selected question, or asks about the selected name. */
export function register({ panel, log }: Pick<CommandParts, 'panel' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.askAboutSelection, log, async () => {
    const editor = vscode.window.activeTextEditor;
    const selected = editor?.document.getText(editor.selection).replace(/\s+/g, ' ').trim() ?? '';
    await panel.ask(questionAbout(selected));
  });
}

function questionAbout(selected: string): string {
  if (selected === '') return '';
  const isQuestion = selected.endsWith('?') || selected.split(' ').length >= minQuestionWords;
  return isQuestion ? selected : vscode.l10n.t('What is the role of {0}?', selected);
}
