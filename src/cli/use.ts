import * as path from 'node:path';
import type { Command } from 'commander';
import { isDefaultType } from '../core/entityTypes';
import type { EntityType } from '../core/types';
import { standardInput } from './inputs';
import { allTypes } from './options';

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

/**
 * The types of entities that a command finds. Variants and cell lines of the tagger that ships are off unless they are
 * named, as in the editor; whoever names a tagger of their own wants what it finds.
 * @param named As the user named them. Default: {@link defaultTypes} for the tagger that ships, all for another one.
 * @param known The tagger's types.
 * @param option The option that names the tagger.
 * @returns undefined for all.
 * @throws {CommanderError} on a type that the tagger does not have.
 */
export function chooseEntityTypes(
  named: readonly string[] | undefined,
  { known, option }: { readonly known: readonly EntityType[]; readonly option: 'model' | 'tagger' },
  command: Command,
): readonly EntityType[] | undefined {
  const isShipped = command.getOptionValueSource(option) === 'default';
  if (named === undefined) return isShipped ? known.filter(isDefaultType) : undefined;
  if (named.length === 1 && named[0]?.toLowerCase() === allTypes) return undefined;
  return chooseTypes(named, known, command);
}
