/**
 * The entry of `dist/onDemand.js`: code of the extension host that is not needed until the user opens the side panel or
 * calls one of the longer commands. VS Code waits for `dist/extension.js` at the start, so this code is not in it.
 */
import type { OnDemandCommandBundle } from './editor/commands/onDemandCommands';
import { createCommands } from './editor/onDemand/createCommands';
import type { PanelModelBundle } from './editor/panel/createPanel';
import { LivePanelModel, type LivePanelModelParts } from './editor/panel/livePanelModel';

function createPanelModel(parts: LivePanelModelParts): LivePanelModel {
  return new LivePanelModel(parts);
}

({ createCommands, createPanelModel }) satisfies OnDemandCommandBundle & PanelModelBundle;

export { createCommands, createPanelModel };
