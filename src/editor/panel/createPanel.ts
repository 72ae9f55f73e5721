import * as vscode from 'vscode';
import type { DisposableLike } from '../dispose';
import { bundlePath, loadBundle } from '../loadBundle';
import { GraphPanel } from './graphPanel';
import type { LivePanelModel, LivePanelModelParts } from './livePanelModel';
import { PanelView } from './panelView';
import { SharedFilter } from './sharedFilter';

type FromContext = 'memory' | 'exportPath' | 'answersFile';

export interface CreatePanelParts extends Omit<LivePanelModelParts, FromContext> {
  readonly context: vscode.ExtensionContext;
  /** Disposes a part with the extension. */
  readonly register: <T extends DisposableLike>(part: T) => T;
}

/** The exports of `dist/onDemand.js` that the panel uses. */
export interface PanelModelBundle {
  createPanelModel(parts: LivePanelModelParts): LivePanelModel;
}

/** Creates the side panel. Its model is created when the panel is first shown. */
export function createPanel({ context, register, ...parts }: CreatePanelParts): PanelView {
  let live: LivePanelModel | undefined;
  const createModel = (): LivePanelModel => {
    const bundle = loadBundle(bundlePath(context, 'onDemand')) as PanelModelBundle;
    return register(bundle.createPanelModel({ ...parts, ...partsOf(context) }));
  };
  const model = (): LivePanelModel => (live ??= createModel());
  const { extensionUri } = context;
  const { log } = parts;
  const filter = register(new SharedFilter(context.workspaceState, log));
  const graph = register(new GraphPanel({ model, filter, extensionUri, log }));
  return new PanelView({
    ...{ model, graph, filter, extensionUri, log },
    relationsOf: (document) => live?.relationsOf(document) ?? [],
  });
}

/** Answers lie in the storage of the extension for this workspace, or in the global one if no folder is open. */
function partsOf(context: vscode.ExtensionContext): Pick<LivePanelModelParts, FromContext> {
  const storage = context.storageUri ?? context.globalStorageUri;
  return {
    memory: context.workspaceState,
    exportPath: bundlePath(context, 'evidenceExport'),
    answersFile: vscode.Uri.joinPath(storage, 'answers.json'),
  };
}
