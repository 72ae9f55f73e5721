import * as vscode from 'vscode';

/**
 * Access to the window of VS Code by CSS selectors, for what a user sees but the API does not expose. `serveWindow` in
 * run.mjs executes the calls.
 */
async function ask<T>(action: string, parameters: Readonly<Record<string, string>>): Promise<T> {
  const url = process.env['BIOBERT_TEST_WINDOW'];
  if (url === undefined) throw new Error('This test needs the window: run it with npm run test:editor.');
  const response = await fetch(url, { method: 'POST', body: JSON.stringify({ action, ...parameters }) });
  const value = (await response.json()) as T;
  if (!response.ok) throw new Error(`${action} ${JSON.stringify(parameters)}: ${String(value)}`);
  return value;
}

export const window = {
  count: (selector: string) => ask<number>('count', { selector }),
  texts: (selector: string) => ask<string[]>('texts', { selector }),
  attributes: (selector: string, name: string) => ask<string[]>('attributes', { selector, name }),
  /** Returns the contents of text boxes. */
  values: (selector: string) => ask<string[]>('values', { selector }),
  styles: (selector: string, property: string) => ask<string[]>('styles', { selector, property }),
  click: (selector: string) => ask<null>('click', { selector }),
  hover: (selector: string) => ask<null>('hover', { selector }),
  /** Access to the page of the side panel. */
  panel: {
    count: (selector: string) => ask<number>('panelCount', { selector }),
    texts: (selector: string) => ask<string[]>('panelTexts', { selector }),
    attributes: (selector: string, name: string) => ask<string[]>('panelAttributes', { selector, name }),
    click: (selector: string) => ask<null>('panelClick', { selector }),
    fill: (selector: string, text: string) => ask<null>('panelFill', { selector, text }),
    press: (selector: string, key: string) => ask<null>('panelPress', { selector, key }),
    /** Returns the serious and critical violations that axe-core finds. */
    violations: () => ask<string[]>('panelViolations', {}),
  },
  /** Access to the page of the graph in an editor. */
  graph: {
    count: (selector: string) => ask<number>('graphCount', { selector }),
    texts: (selector: string) => ask<string[]>('graphTexts', { selector }),
    click: (selector: string) => ask<null>('graphClick', { selector }),
  },
  press: (key: string) => ask<null>('press', { key }),
  type: (text: string) => ask<null>('type', { text }),
  /** Saves a picture in test-results/. */
  screenshot: (name: string) => ask<null>('screenshot', { name }),
};

/** Selectors for VS Code 1.139. */
export const selectors = {
  /** One element for each part of a decorated range: backgrounds and underlines, behind and in the text. */
  marks: '.monaco-editor .view-overlays .cdr[class*="ced-"], .monaco-editor .view-lines span[class*="ced-"]',
  /** The lines of text editors. */
  lines: '.monaco-editor .view-lines',
  statusItem: '.statusbar-item[id*="biobert"]',
  toasts: '.notification-toast',
  /** Items of the open notification centre; see {@link notifications}. */
  notifications: '.notifications-center .notification-list-item',
  dialogs: '.monaco-dialog-box',
  hover: '.monaco-hover:not(.hidden) .hover-contents',
  tree: '.sidebar [role=treeitem]',
};

/** Opens the notification centre and reads it, since VS Code shows no pop-ups during tests. */
export async function notifications(): Promise<string[]> {
  await vscode.commands.executeCommand('notifications.showList');
  return await window.texts(selectors.notifications);
}
