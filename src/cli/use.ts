import * as path from 'node:path';
import type { Command } from 'commander';
import { BioBertError, errorCodes } from '../core/errors';
import { standardInput } from './inputs';

/**
 * What can be said of the files before any is read.
 * @param output The file to write, if it is one.
 * @throws {CommanderError} on wrong use.
 */
export function checkFiles(files: readonly string[], output: string | undefined, command: Command): void {
  if (files.length === 0 && process.stdin.isTTY) {
    command.error('error: no document. Name files, or - to type the text and end it with Ctrl+D.');
  }
  if (files.filter((file) => file === standardInput).length > 1) {
    command.error('error: standard input (-) can be read once only.');
  }
  if (output !== undefined && files.some((file) => path.resolve(file) === path.resolve(output))) {
    command.error(`error: --output ${output} would replace a document.`);
  }
}

/** The model's own spelling of the types that the user named, in whatever case. */
export function chooseTypes(
  named: readonly string[] | undefined,
  known: readonly string[],
  command: Command,
): readonly string[] | undefined {
  return named?.map(
    (name) =>
      known.find((type) => type.toLowerCase() === name.toLowerCase()) ??
      command.error(`error: the model has no type ${name}. It knows ${known.join(', ')}.`),
  );
}

/** What to do about a missing folder: at a terminal, another one is one option away. @param model Such as `a relation model`. */
export function modelHint(model: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof BioBertError) || error.code !== errorCodes.MODEL_NOT_FOUND) throw error;
    throw new BioBertError(
      error.code,
      error.message,
      `Name the folder of ${model} with --model, or install BioBERT again.`,
      { cause: error },
    );
  };
}
