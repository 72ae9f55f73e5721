import * as vscode from 'vscode';
import type { PanelAction } from '../../protocol/panel';
import { commandIds } from '../commandIds';
import { logFailure, type Log } from '../log';
import { relationsSource, type PanelModel } from './panelModel';

/** Runs the action of a button in the panel. */
export function runPanelAction(action: PanelAction, model: PanelModel, log: Log): void {
  switch (action) {
    case 'tag':
    case 'find':
      relationsSource(model).find();
      return;
    case 'openFile':
      runCommand('workbench.action.files.openFile', log);
      return;
    case 'openSample':
      runCommand(commandIds.openSample, log);
      return;
    case 'openReview':
      runCommand(commandIds.reviewOpen, log);
      return;
    case 'openFolder':
      runCommand('workbench.action.files.openFolder', log);
      return;
    case 'toText':
      runCommand('workbench.action.focusActiveEditorGroup', log);
      return;
    case 'index':
      model.index.update();
      return;
    case 'addRelation':
      runCommand(commandIds.addRelation, log);
      return;
    case 'showLog':
      log.show();
      return;
  }
}

function runCommand(command: string, log: Log): void {
  logFailure(vscode.commands.executeCommand(command), log, command);
}
