import * as path from 'node:path';
import type * as vscode from 'vscode';
import type { DisposableLike } from '../dispose';
import { LivePanelModel, type LivePanelModelParts } from './livePanelModel';
import { PanelView } from './panelView';

export interface CreatePanelParts extends Omit<LivePanelModelParts, 'memory' | 'workerPath' | 'indexFile'> {
  readonly context: vscode.ExtensionContext;
  /** Disposes a part with the extension. */
  readonly register: <T extends DisposableLike>(part: T) => T;
}

/** Creates the side panel. Its model is created when the panel is first shown. */
export function createPanel({ context, register, ...parts }: CreatePanelParts): PanelView {
  let model: LivePanelModel | undefined;
  return new PanelView({
    model: () => (model ??= register(new LivePanelModel({ ...parts, ...storagePaths(context) }))),
    relationsOf: (document) => model?.relationsOf(document) ?? [],
    extensionUri: context.extensionUri,
    log: parts.log,
  });
}

/** Paths below the storage of the extension for this workspace, or the global storage if no folder is open. */
function storagePaths(context: vscode.ExtensionContext) {
  const storage = context.storageUri ?? context.globalStorageUri;
  return {
    memory: context.workspaceState,
    workerPath: context.asAbsolutePath(path.join('dist', 'indexWorker.js')),
    indexFile: path.join(storage.fsPath, 'index.sqlite'),
  };
}
