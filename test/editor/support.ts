/** Helpers of the editor tests: documents, waiting, and the processes of the extension. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';

export const extensionId = 'biobert.biobert';

export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(extensionId);
  if (!found) throw new Error(`${extensionId} is not installed`);
  return found;
}

/** The open workspace folder: a copy of the sample documents that is deleted after the run. */
export function documentsFolder(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('No folder is open');
  return folder.uri;
}

export function sample(name: string): vscode.Uri {
  return vscode.Uri.joinPath(documentsFolder(), name);
}

/** Writes a document to the workspace folder and shows it. */
export async function openNew(name: string, content: string | Uint8Array): Promise<vscode.TextEditor> {
  const uri = sample(name);
  await vscode.workspace.fs.writeFile(uri, typeof content === 'string' ? Buffer.from(content) : content);
  return await open(uri);
}

export async function open(uri: vscode.Uri): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(uri);
  return await vscode.window.showTextDocument(document, { preview: false });
}

export async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/**
 * Polls until `condition` returns a value that is neither undefined nor false, and returns that value.
 *
 * @throws with `what` in its message after `timeoutMs`.
 */
export async function until<T>(
  what: string,
  condition: () => T | Promise<T>,
  timeoutMs = 30_000,
): Promise<Exclude<T, undefined | false>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) return value as Exclude<T, undefined | false>;
    if (Date.now() > deadline) throw new Error(`Waited ${String(timeoutMs)} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

interface Process {
  readonly id: number;
  readonly parent: number;
  readonly command: string;
}

/** Reads the processes from /proc. These tests run on Linux only, like the VS Code for the browser that they use. */
function processes(): Process[] {
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = fs.readFileSync(path.join('/proc', name, 'stat'), 'utf8');
        // The name in parentheses may contain blanks; state and parent follow it.
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const command = fs
          .readFileSync(path.join('/proc', name, 'cmdline'), 'utf8')
          .split('\0')
          .join(' ');
        return state === 'Z' ? [] : [{ id: Number(name), parent: Number(parent), command }];
      } catch {
        return []; // It ended meanwhile.
      }
    });
}

/** Returns the ids of the engine processes of this extension host. */
export function engineProcesses(): number[] {
  return processes()
    .filter(({ parent, command }) => parent === process.pid && /\bdist[\\/]child\.js\b/.test(command))
    .map(({ id }) => id);
}

/**
 * Returns the Markdown of the hovers at a position; an empty string without a hover. If a hover says that it is still
 * waiting for the model, it is asked for again, as a reader does.
 */
export function hoverAt(document: vscode.TextDocument, offset: number): Promise<string> {
  return until('the hover', async () => {
    const text = await hoverNow(document, offset);
    return text.includes('$(loading~spin)') ? undefined : { text };
  }).then(({ text }) => text);
}

async function hoverNow(document: vscode.TextDocument, offset: number): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    document.positionAt(offset),
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))
    .join('\n');
}
