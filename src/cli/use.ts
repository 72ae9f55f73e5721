import * as path from 'node:path';
import type { Command } from 'commander';
import { allTypes, spelledTypes, typesByDefault } from '../core/entities/entityTypes';
import type { EntityType } from '../core/types';
import { standardInput } from './inputs';

/**
 * Checks the file arguments before any file is read.
 * @param output The output file, or undefined for standard output.
 * @throws {CommanderError} if the arguments are wrong.
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

/** The types that the user named, as the model spells them. Letter case is ignored. */
export function chooseTypes(
  named: readonly string[] | undefined,
  known: readonly string[],
  command: Command,
): readonly string[] | undefined {
  return (
    named &&
    spelledTypes(named, known, (name) =>
      command.error(`error: the model has no type ${name}. It knows ${known.join(', ')}.`),
    )
  );
}

/**
 * The entity types that a command finds.
 * @param named The types that the user named. Default: see {@link typesByDefault}.
 * @param known The types of the tagger.
 * @param option The option that names the tagger.
 * @returns undefined for all types.
 * @throws {CommanderError} for a type that the tagger does not have.
 */
export function chooseEntityTypes(
  named: readonly string[] | undefined,
  { known, option }: { readonly known: readonly EntityType[]; readonly option: 'model' | 'tagger' },
  command: Command,
): readonly EntityType[] | undefined {
  const isShipped = command.getOptionValueSource(option) === 'default';
  if (named === undefined) return typesByDefault(known, isShipped);
  if (named.length === 1 && named[0]?.toLowerCase() === allTypes) return undefined;
  return chooseTypes(named, known, command);
}
