import * as path from 'node:path';
import * as vscode from 'vscode';
import { createChildEngine } from '../../runtime/process/childEngine';
import type { BioBertEngine } from '../../protocol/engine';
import { byTask, type ModelTask, taskTable } from '../../protocol/tasks';
import type { EngineSetup } from './engineHost';
import type { Log } from '../log';
import type { ServerAccess } from './serverAccess';
import type { Settings } from '../settings';
import { extensionVersion } from '../version';

/** The current settings of the engine. Models from the settings are only used if the workspace is trusted. */
export function engineSetup(
  context: vscode.ExtensionContext,
  settings: Settings,
  access: Pick<ServerAccess, 'current'>,
): EngineSetup {
  const folderOf = (task: ModelTask): string => {
    const chosen = vscode.workspace.isTrusted ? settings.modelFolder(task) : '';
    return chosen === '' ? shippedFolder(context, task) : chosen;
  };
  const { current } = access;
  // The question about the server warns of a connection that is not encrypted.
  const server = current && { ...current, allowHttp: true };
  const terminologyPath = context.asAbsolutePath(path.join('models', 'terminology'));
  return { modelPaths: byTask(folderOf), terminologyPath, ...settings.engine, server };
}

/** The folder of the model for a task that ships with the extension. */
export function shippedFolder(context: vscode.ExtensionContext, task: ModelTask): string {
  return context.asAbsolutePath(path.join('models', taskTable[task].folder));
}

/** Creates an engine, which starts its process at the first request. */
export function createEngine(context: vscode.ExtensionContext, setup: EngineSetup, log: Log): BioBertEngine {
  return createChildEngine({
    ...setup,
    childPath: context.asAbsolutePath(path.join('dist', 'child.js')),
    log,
  });
}

/**
 * Logs the versions and the changed settings, which a report of a problem needs. The names of documents and folders are
 * not logged.
 */
export function logStart(context: vscode.ExtensionContext, settings: Settings, log: Log): void {
  const { node } = process.versions;
  log.info(
    `BioBERT ${extensionVersion(context)}, ${vscode.env.appName} ${vscode.version}, Node ${node}, ${process.platform} ${process.arch}`,
  );
  log.info(`Settings: ${JSON.stringify(settings.nonDefault())}`);
}
