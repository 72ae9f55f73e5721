import * as path from 'node:path';
import * as vscode from 'vscode';
import { createChildEngine } from '../../runtime/process/childEngine';
import type { BioBertEngine } from '../../protocol/engine';
import { byTask, type ModelTask, taskTable } from '../../protocol/tasks';
import type { EngineSetup } from './engineHost';
import type { Log } from '../log';
import type { ServerAccess } from './serverAccess';
import type { Settings } from '../settings';

/** The models that ship, or the user's own where the workspace is trusted. */
export function engineSetup(
  context: vscode.ExtensionContext,
  settings: Settings,
  access: Pick<ServerAccess, 'current'>,
): EngineSetup {
  const folderOf = (task: ModelTask): string => {
    const chosen = vscode.workspace.isTrusted ? settings.modelFolder(task) : '';
    return chosen === '' ? shippedFolder(context, task) : chosen;
  };
  return { modelPaths: byTask(folderOf), ...settings.engine, server: access.current };
}

/** The folder of the model that ships for a task. */
export function shippedFolder(context: vscode.ExtensionContext, task: ModelTask): string {
  return context.asAbsolutePath(path.join('models', taskTable[task].folder));
}

/** Starts nothing: the engine forks its process at the first question. */
export function createEngine(context: vscode.ExtensionContext, setup: EngineSetup, log: Log): BioBertEngine {
  return createChildEngine({
    ...setup,
    childPath: context.asAbsolutePath(path.join('dist', 'child.js')),
    log,
  });
}

/** What a report of a problem needs first: versions, and what was set. No document, no folder of the user's. */
export function logStart(context: vscode.ExtensionContext, settings: Settings, log: Log): void {
  const { version } = context.extension.packageJSON as { readonly version: string };
  const { node } = process.versions;
  log.info(
    `BioBERT ${version}, ${vscode.env.appName} ${vscode.version}, Node ${node}, ${process.platform} ${process.arch}`,
  );
  log.info(`Settings: ${JSON.stringify(settings.nonDefault())}`);
}
