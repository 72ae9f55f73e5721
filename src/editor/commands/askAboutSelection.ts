import * as vscode from 'vscode';
import { commandIds } from '../commandIds';
import type { CommandParts } from './parts';
import { registerCommand } from './register';

/** A name asks for more than itself; a question that stands in the text is asked as it is. */
const shortestQuestion = 4;

/** Asks what is selected, or what the documents say about it. */
export function register({ panel, log }: Pick<CommandParts, 'panel' | 'log'>): vscode.Disposable {
  return registerCommand(commandIds.askAboutSelection, log, async () => {
    const editor = vscode.window.activeTextEditor;
    const selected = editor?.document.getText(editor.selection).replace(/\s+/g, ' ').trim() ?? '';
    await panel.ask(questionAbout(selected));
  });
}

function questionAbout(selected: string): string {
  if (selected === '') return '';
  const isQuestion = selected.endsWith('?') || selected.split(' ').length >= shortestQuestion;
  return isQuestion ? selected : vscode.l10n.t('What is the role of {0}?', selected);
}
