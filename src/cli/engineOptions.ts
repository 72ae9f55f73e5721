import { InvalidArgumentError, Option } from 'commander';
import { serverTokenVariable } from '../runtime/remote/serverToken';
import type { EngineOptions } from '../runtime/engine';

/** What every command that runs a model can be told of where it runs. */
export interface EngineCommandOptions {
  readonly threads: number;
  /** The server has each model under the name of its folder. */
  readonly engineUrl?: string;
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
    new Option(
      '--engine-url <url>',
      'A server of the Open Inference Protocol that runs the model; text leaves this machine.',
    ),
  ];
}

export const engineHelp = `
A server of --engine-url (KServe, Triton, OpenVINO Model Server, MLServer) has the model under the name of its folder. A
token for it is read from ${serverTokenVariable}.
`;

/** Says where text goes, if it leaves this machine. */
export function engineOf(
  { threads, engineUrl }: EngineCommandOptions,
  quiet: boolean,
): Pick<EngineOptions, 'threads' | 'server'> {
  if (engineUrl === undefined) return { threads };
  if (!quiet) process.stderr.write(`biobert: The text is sent to ${engineUrl}.\n`);
  return { threads, server: { url: engineUrl, token: process.env[serverTokenVariable] } };
}
