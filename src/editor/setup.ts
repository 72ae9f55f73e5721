import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Engine } from '../protocol/engine';
import { createChildEngine } from '../runtime/childEngine';
import type { EngineSetup } from './engineHost';
import type { Log } from './log';
import type { Settings } from './settings';

/** The model that ships, or the user's own where the workspace is trusted. */
export function engineSetup(context: vscode.ExtensionContext, settings: Settings): EngineSetup {
  const own = vscode.workspace.isTrusted ? settings.modelPath : '';
  return {
    modelPath: own === '' ? context.asAbsolutePath(path.join('models', 'tagger')) : own,
    threads: settings.threads,
    idleMinutes: settings.idleMinutes,
  };
}

/** Starts nothing: the engine forks its process at the first question. */
export function createEngine(context: vscode.ExtensionContext, setup: EngineSetup, log: Log): Engine {
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
