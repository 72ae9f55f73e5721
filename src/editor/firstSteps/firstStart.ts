import * as fs from 'node:fs/promises';
import * as vscode from 'vscode';
import type { SampleFolder } from './sampleFolder';

const openedKey = 'walkthrough.opened';

type Context = Pick<vscode.ExtensionContext, 'extension' | 'globalState'>;

/** Identifies the walkthrough in VS Code. */
export function walkthroughId({ extension }: Pick<Context, 'extension'>): string {
  return `${extension.id}#start`;
}

/** Shows the sample in a window of the sample folder, and the walkthrough when the extension is used for the first time. */
export async function showFirstSteps(context: Context, samples: SampleFolder): Promise<void> {
  const isSampleShown = await samples.continue();
  const isFirstTime = context.globalState.get<boolean>(openedKey) !== true;
  if (!isFirstTime && !isSampleShown) return;
  await context.globalState.update(openedKey, true);
  if (isWanted() && !(await isJustInstalled(context))) await openWalkthrough(context);
}

/** VS Code has a setting with which users say that they want no walkthrough of a new extension. */
function isWanted(): boolean {
  const settings = vscode.workspace.getConfiguration('workbench.welcomePage.walkthroughs');
  return settings.get<boolean>('openOnInstall') !== false;
}

/**
 * Whether the extension was installed while this window was open. VS Code then opens the walkthrough itself; it does not if
 * the extension was installed from a terminal.
 */
async function isJustInstalled({ extension }: Context): Promise<boolean> {
  const { ctimeMs } = await fs.stat(extension.extensionPath);
  return ctimeMs > Date.now() - process.uptime() * 1000;
}

/** Opens the walkthrough, beside the document that is open. */
async function openWalkthrough(context: Context): Promise<void> {
  // The API describes the input of a document and none of a page such as the walkthrough itself, which must not open twice.
  const { activeTab } = vscode.window.tabGroups.activeTabGroup;
  const toSide = activeTab?.input !== undefined;
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', walkthroughId(context), toSide);
}
