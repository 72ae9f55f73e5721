import * as vscode from 'vscode';
import { logFailure, type Logger } from './log';

/** A type of panel: the name by which VS Code knows it after a reload of the window, and the title of its tab. */
export interface PanelKind {
  readonly viewType: string;
  readonly title: string;
}

/**
 * Creates a panel in the editor area. After a reload of the window, VS Code hands over the panel of a tab only when the
 * tab is shown, and an extension cannot show it; so the new panel replaces the tabs of its type that VS Code has kept.
 */
export function createPanelOnce({ viewType, title }: PanelKind, log: Logger): vscode.WebviewPanel {
  const kept = tabsOf(viewType);
  const column = kept[0]?.group.viewColumn ?? vscode.ViewColumn.Active;
  const panel = vscode.window.createWebviewPanel(viewType, title, column);
  if (kept.length > 0)
    logFailure(vscode.window.tabGroups.close(kept), log, `closing the kept tabs of ${viewType}`);
  return panel;
}

/** VS Code writes a prefix before the type of the panels of extensions. */
function tabsOf(viewType: string): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType));
}
