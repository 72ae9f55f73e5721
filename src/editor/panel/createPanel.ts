import * as path from 'node:path';
import type * as vscode from 'vscode';
import type { DisposableLike } from '../dispose';
import { LivePanelModel, type LivePanelModelParts } from './livePanelModel';
import { extensionVersion } from '../version';
import { PanelView } from './panelView';

type FromContext = 'memory' | 'workerPath' | 'indexFile' | 'version';

export interface CreatePanelParts extends Omit<LivePanelModelParts, FromContext> {
  readonly context: vscode.ExtensionContext;
  /** Disposes a part with the extension. */
  readonly register: <T extends DisposableLike>(part: T) => T;
}

/** Creates the side panel. Its model is created when the panel is first shown. */
export function createPanel({ context, register, ...parts }: CreatePanelParts): PanelView {
  let model: LivePanelModel | undefined;
  return new PanelView({
    model: () => (model ??= register(new LivePanelModel({ ...parts, ...partsOf(context) }))),
    relationsOf: (document) => model?.relationsOf(document) ?? [],
    extensionUri: context.extensionUri,
    log: parts.log,
  });
}

/** The index lies in the storage of the extension for this workspace, or in the global one if no folder is open. */
function partsOf(context: vscode.ExtensionContext): Pick<LivePanelModelParts, FromContext> {
  const storage = context.storageUri ?? context.globalStorageUri;
  return {
    memory: context.workspaceState,
    workerPath: context.asAbsolutePath(path.join('dist', 'indexWorker.js')),
    indexFile: path.join(storage.fsPath, 'index.sqlite'),
    version: extensionVersion(context),
  };
}
