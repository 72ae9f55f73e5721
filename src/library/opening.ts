import { statSync } from 'node:fs';
import * as path from 'node:path';
import type { BioBertEngine } from '../protocol/engine';
import { byTask, type ModelTask, taskTable } from '../protocol/tasks';
import { createEngine } from '../runtime/engine/engine';
import type { EngineOptions } from '../runtime/engine/engineOptions';
import { nullLogger, warnOnce } from '../runtime/log';
import { devices } from '../runtime/onnx/platform';
import { packageFolder } from '../runtime/packageFolder';
import { createChildEngine } from '../runtime/process/childEngine';
import { checkSending } from '../runtime/remote/inferenceClient';
import { adviseProgram } from './advice';
import { checkWhole, wrongArgument } from './checks';
import type { OpenOptions } from './types';

type ModelOption = keyof NonNullable<OpenOptions['models']>;

/** The option of each task's model. */
export const modelOptions: Readonly<Record<ModelTask, ModelOption>> = {
  'token-classification': 'tagger',
  'relation-extraction': 'relations',
  'question-answering': 'questions',
};

const maxThreads = 64;
const maxIdleMinutes = 24 * 60;

/**
 * Creates the engine behind the library; it starts nothing.
 * @throws {BioBertError} ARGUMENT_INVALID, SERVER_NOT_ALLOWED
 */
export function createOpened(options: OpenOptions): BioBertEngine {
  const { inProcess = false, idleMinutes } = options;
  checkWhole('idleMinutes', idleMinutes, 0, maxIdleMinutes);
  const setup = engineOptionsOf(options);
  if (inProcess) return createEngine(setup);
  return createChildEngine({
    ...setup,
    childPath: path.join(packageFolder, 'dist', 'child.js'),
    idleMinutes,
  });
}

function engineOptionsOf(options: OpenOptions): EngineOptions {
  const { models = {}, threads, device, server, onWarning = emitWarning } = options;
  checkWhole('threads', threads, 0, maxThreads);
  if (device !== undefined && !devices.includes(device)) {
    throw wrongArgument('There is no such device.', `Name one of ${devices.join(', ')}.`);
  }
  if (server) checkServer(server);
  return {
    modelPaths: byTask(
      (task) => models[modelOptions[task]] ?? path.join(packageFolder, 'models', taskTable[task].folder),
    ),
    terminologyPath: terminologyPath(options.terminology),
    threads,
    device,
    server,
    log: warnOnce({ ...nullLogger, warn: onWarning }),
  };
}

function checkServer(server: NonNullable<OpenOptions['server']>): void {
  try {
    checkSending(server);
  } catch (error) {
    adviseProgram(error);
  }
}

/** A folder that was named and is missing is a mistake; without the one that ships, mentions have no concepts. */
function terminologyPath(chosen: OpenOptions['terminology']): string | undefined {
  if (chosen === false) return undefined;
  if (chosen === undefined) return path.join(packageFolder, 'models', 'terminology');
  if (statSync(chosen, { throwIfNoEntry: false })?.isDirectory() === true) return chosen;
  throw wrongArgument(
    'The folder of the terminology does not exist.',
    'Correct its path in the option terminology, or give false to do without.',
  );
}

function emitWarning(message: string): void {
  process.emitWarning(message, 'BioBertWarning');
}
