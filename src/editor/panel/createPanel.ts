import * as path from 'node:path';
import type * as vscode from 'vscode';
import type { DisposableLike } from '../dispose';
import { LivePanelModel, type PanelModelParts } from './panelModel';
import { PanelView } from './panelView';

export interface CreatePanelParts extends Omit<PanelModelParts, 'memory' | 'workerPath' | 'indexFile'> {
  readonly context: vscode.ExtensionContext;
  readonly own: <T extends DisposableLike>(part: T) => T;
}

/** The side panel. What it shows is made when it is first shown. */
export function createPanel({ context, own, ...parts }: CreatePanelParts): PanelView {
  let model: LivePanelModel | undefined;
  return new PanelView({
    model: () => (model ??= own(new LivePanelModel({ ...parts, ...placesOf(context) }))),
    relationsOf: (document) => model?.relationsOf(document) ?? [],
    extensionUri: context.extensionUri,
    log: parts.log,
  });
}

/** Where things are kept: all of it below the extension's own storage for this workspace. */
function placesOf(context: vscode.ExtensionContext) {
  const storage = context.storageUri ?? context.globalStorageUri;
  return {
    memory: context.workspaceState,
    workerPath: context.asAbsolutePath(path.join('dist', 'indexWorker.js')),
    indexFile: path.join(storage.fsPath, 'index.sqlite'),
  };
}
