/** Parts that the subcommands of `npm run accuracy` share. */
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { decodeBytes } from '../../src/core/text/decodeBytes';
import { modelFlags, modelOption, readThreads } from '../../src/cli/engineOptions';
import { exitCodes } from '../../src/cli/exitCodes';
import { errorLine } from '../../src/cli/report';
import { fileError } from '../../src/runtime/documents/fileErrors';
import type { ModelTask } from '../../src/protocol/tasks';

/** The bundle lies in `dist/`. */
const root = path.join(__dirname, '..');

/** The folder of the models that ship. */
export const models = path.join(root, 'models');

/** Our own marked sentences and statements, the default files of two subcommands. */
export function ownFile(name: string): string {
  return path.join(root, 'test', 'accuracy', name);
}

export interface SessionOptions {
  readonly model: string;
  readonly threads: number;
}

/** Adds the options of the model of a task. */
export function withSessionOptions(command: Command, task: ModelTask): Command {
  return command
    .addOption(modelOption(task, models, { flags: modelFlags, help: 'Model folder.' }))
    .option('--threads <number>', 'Threads of the model. 0: half the cores, at most 4.', readThreads, 0);
}

/** The terminology that ships, or another. */
export function terminologyOption(): Option {
  const file = path.join(models, 'terminology', 'terms.bin');
  return new Option('--terminology <file>', 'The file of a terminology.').default(file);
}

/** Reads a number that may be 0. */
export function readWholeNumber(value: string): number {
  if (/^\d+$/.test(value)) return Number(value);
  throw new InvalidArgumentError('It is a whole number.');
}

export function readBytes(file: string): Promise<Uint8Array> {
  return readFile(file).catch((error: unknown) => {
    throw fileError(error, 'read');
  });
}

export async function readText(file: string): Promise<string> {
  return decodeBytes(await readBytes(file)).text;
}

/** Reads and joins what several files hold. */
export async function readAll<T>(
  files: readonly string[],
  read: (text: string) => readonly T[],
): Promise<readonly T[]> {
  const parts: T[] = [];
  for (const file of files) parts.push(...read(await readText(file)));
  return parts;
}

/** Measures each file. A file that cannot be measured is reported, and the others are measured. */
export async function eachFile(
  files: readonly string[],
  measure: (file: string) => Promise<void>,
): Promise<number> {
  let failures = 0;
  for (const file of files) {
    try {
      await measure(file);
    } catch (error) {
      failures += 1;
      process.stderr.write(errorLine(error, file));
    }
  }
  return failures > 0 ? exitCodes.failed : exitCodes.ok;
}
