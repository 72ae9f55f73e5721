import type * as vscode from 'vscode';
import type { DisposableLike } from '../dispose';
import { LivePanelModel, type PanelModelParts } from './panelModel';
import { PanelView } from './panelView';

export interface CreatePanelParts extends Omit<PanelModelParts, 'memory'> {
  readonly context: vscode.ExtensionContext;
  readonly own: <T extends DisposableLike>(part: T) => T;
}

/** The side panel. What it shows is made when it is first shown. */
export function createPanel({ context, own, ...parts }: CreatePanelParts): PanelView {
  let model: LivePanelModel | undefined;
  return new PanelView({
    model: () => (model ??= own(new LivePanelModel({ ...parts, memory: context.workspaceState }))),
    extensionUri: context.extensionUri,
    log: parts.log,
  });
}
