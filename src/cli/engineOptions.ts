import * as path from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { isReadable } from '../runtime/httpRequest';
import { checkSending } from '../runtime/remote/inferenceClient';
import { serverTokenVariable } from '../runtime/remote/serverToken';
import type { EngineOptions } from '../runtime/engine/engineOptions';
import { type ModelTask, taskTable } from '../protocol/tasks';
import { nullLogger, warnOnce } from '../runtime/log';
import { type Device, devices } from '../runtime/onnx/platform';

/** The options of every command that runs a model: where it runs. */
export interface EngineCommandOptions {
  readonly threads: number;
  /** The server has each model under the name of its folder. */
  readonly engineUrl?: string;
  /** Whether text may be sent over a connection that is not encrypted. */
  readonly allowHttp?: boolean;
  readonly device: Device;
}

export function readThreads(value: string): number {
  const threads = /^\d+$/.test(value) ? Number(value) : NaN;
  if (threads <= 64) return threads;
  throw new InvalidArgumentError('It is a whole number from 0 (chosen for you) to 64.');
}

export function engineOptions(): readonly Option[] {
  return [
    new Option('--threads <number>', 'Threads of the model; 0: half the cores, at most 4.')
      .argParser(readThreads)
      .default(0),
    new Option('--device <name>', 'Where the model is computed, if its runtime can.')
      .choices(devices)
      .default('cpu'),
    new Option(
      '--engine-url <url>',
      'A server of the Open Inference Protocol that runs the model; text leaves this machine.',
    ),
    new Option('--allow-http', 'Send text to a server over http://, which others on the way can read.'),
  ];
}

/**
 * The option that names the folder of another model of a task.
 * @param models The folder of the models that ship.
 * @param how Default: the option of the table of tasks.
 */
export function modelOption(
  task: ModelTask,
  models: string,
  how: { readonly flags?: string; readonly help?: string } = {},
): Option {
  const { folder, option, optionHelp } = taskTable[task];
  return new Option(how.flags ?? `${option} <folder>`, how.help ?? optionHelp).default(
    path.join(models, folder),
  );
}

/** The flags of {@link modelOption} in the command that is about that model. */
export const modelFlags = '-m, --model <folder>';

export const engineHelp = `
A server of --engine-url (KServe, Triton, OpenVINO Model Server, MLServer) has the model under the name of its folder. A
token for it is read from ${serverTokenVariable}.
`;

/**
 * Says where text goes, if it leaves this machine.
 * @throws {BioBertError} ARGUMENT_INVALID, SERVER_NOT_ALLOWED
 */
export function engineOf(
  { threads, engineUrl, allowHttp, device }: EngineCommandOptions,
  quiet: boolean,
): Pick<EngineOptions, 'threads' | 'device' | 'log' | 'server'> {
  const warn = (message: string) => void process.stderr.write(`biobert: ${message}\n`);
  // A command may make several engines.
  const local = { threads, device, ...(!quiet && { log: warnOnce({ ...nullLogger, warn }) }) };
  if (engineUrl === undefined) return local;
  const server = { url: engineUrl, token: process.env[serverTokenVariable], allowHttp };
  const how = isReadable(checkSending(server)) ? ', not encrypted' : '';
  if (!quiet) warn(`The text is sent to ${engineUrl}${how}.`);
  return { ...local, server };
}
