/** Runs Select Model as a user does: the command, the task, the file dialog, the questions. */
import * as vscode from 'vscode';
import { until } from './support';
import { window } from './window';

/** Waits for a list or an input box with a text, and answers it. */
export async function answer(words: string, typed?: string): Promise<void> {
  await until(words, async () => {
    const titles = await window.texts('.quick-input-widget:visible');
    const hints = await window.attributes('.quick-input-widget:visible input', 'placeholder');
    return [...titles, ...hints].some((text) => text.includes(words));
  });
  if (typed !== undefined) await window.type(typed);
  await window.press('Enter');
}

export async function importModel(task: string, kind: 'folder' | 'file', path: string): Promise<void> {
  void vscode.commands.executeCommand('biobert.selectModel');
  await answer('Choose another model for', task);
  await answer('Choose a model', `Import a ${kind}`);
  const importButton = '.quick-input-action .monaco-button:visible';
  await until('the dialog', async () => (await window.count(importButton)) > 0);
  // VS Code fills the box itself, the first time in a window even after the list appeared, and overwrites earlier input.
  await until('the path in the box', async () => {
    if (await isTyped(path)) return true;
    await window.press('ControlOrMeta+A');
    await window.type(path);
    await new Promise((resolve) => setTimeout(resolve, 500));
    return await isTyped(path);
  });
  // The dialog ignores a click while it still reads the folder.
  await until('the end of the dialog', async () => {
    if ((await window.count(importButton)) === 0) return true;
    await window.click(importButton);
    await new Promise((resolve) => setTimeout(resolve, 500));
    return (await window.count(importButton)) === 0;
  });
}

async function isTyped(path: string): Promise<boolean> {
  const values = await window.values('.quick-input-widget:visible input');
  return values.some((value) => value.replace(/[\\/]$/, '') === path);
}

export async function backToShipped(task: string): Promise<void> {
  void vscode.commands.executeCommand('biobert.selectModel');
  await answer('Choose another model for', task);
  await answer('Choose a model', 'Compact BioBERT');
}

/** Returns the rows of _Show Details of Entity_ for the mention at an offset: the model that found it is among them. */
export async function detailsAt(document: vscode.TextDocument, offset: number): Promise<string> {
  const link = { uri: document.uri.toString(), start: offset, end: offset };
  void vscode.commands.executeCommand('biobert.mentionDetails', link);
  const rows = '.quick-input-widget:visible .monaco-list-row';
  const texts = await until('the details', async () => {
    const shown = await window.texts(rows);
    return shown.length > 0 && shown;
  });
  await window.press('Escape');
  return texts.join('\n');
}
