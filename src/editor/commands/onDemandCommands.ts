import * as vscode from 'vscode';
import type { BioBertEngine } from '../../protocol/engine';
import type { ModelTask } from '../../protocol/tasks';
import { type OnDemandCommandId, onDemandCommandIds } from '../commandIds';
import type { EngineSetup } from '../engine/engineHost';
import { createEngine, engineSetup, shippedFolder } from '../engine/setup';
import { bundlePath, loadBundle } from '../loadBundle';
import { ReportDocuments } from '../models/reportDocuments';
import type { CommandParts } from './parts';
import { registerCommand } from './registerCommand';

/** Creates engines beside the one in use. */
export interface EngineFactory {
  /** The models in use. A configured server is ignored, so that all of them run on this machine. */
  readonly localSetup: () => EngineSetup;
  readonly shippedFolder: (task: ModelTask) => string;
  readonly create: (setup: EngineSetup) => BioBertEngine;
}

/** The parts that commands on demand use. Their bundle gets the engine from here, so that it needs no copy of it. */
export interface OnDemandParts extends CommandParts {
  readonly engines: EngineFactory;
  readonly reports: ReportDocuments;
}

/** The commands that need not be loaded until they are called. */
export interface OnDemandCommands {
  run(id: OnDemandCommandId, args: readonly unknown[]): Promise<void>;
}

/** The exports of `dist/onDemand.js` that commands use. */
export interface OnDemandCommandBundle {
  createCommands(parts: OnDemandParts): OnDemandCommands;
}

/** Registers the commands of `dist/onDemand.js`, which is loaded when the first of them is called. */
export function register(parts: CommandParts): vscode.Disposable {
  const { context, settings, log } = parts;
  const reports = new ReportDocuments();
  const engines: EngineFactory = {
    localSetup: () => engineSetup(context, settings, { current: undefined }),
    shippedFolder: (task) => shippedFolder(context, task),
    create: (setup) => createEngine(context, setup, log),
  };
  let commands: OnDemandCommands | undefined;
  const load = (): OnDemandCommands => {
    const bundle = loadBundle(bundlePath(context, 'onDemand')) as OnDemandCommandBundle;
    return bundle.createCommands({ ...parts, engines, reports });
  };
  const registered = Object.values(onDemandCommandIds).map((id) =>
    registerCommand(id, log, (...args) => (commands ??= load()).run(id, args)),
  );
  return vscode.Disposable.from(reports, ...registered);
}
