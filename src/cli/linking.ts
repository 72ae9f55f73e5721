/** The options of commands that link names to concepts. */
import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import { type Command, Option } from 'commander';
import { typeNamed } from '../core/entities/entityTypes';
import { BioBertError } from '../core/errors';
import { maxUserTerms, type ParsedTerms, parseUserTerms } from '../core/linking/userTerms';
import { decodeBytes } from '../core/text/decodeBytes';
import type { UserTerm } from '../core/types';
import type { TagRequest, TagResult } from '../protocol/engine';
import { readInput, standardInput } from './inputs';

export interface LinkCommandOptions {
  /** Whether mentions are linked to concepts of the terminology. */
  readonly link: boolean;
  /** Files with terms of the user. */
  readonly terms?: readonly string[];
  /** Folder of the terminology. */
  readonly terminology: string;
  /** Whether warnings are left out. */
  readonly quiet: boolean;
}

/** @param models The folder of the models that ship. */
export function linkOptions(models: string): readonly Option[] {
  return [
    new Option('--no-link', 'Leave out the identifiers of what names refer to.'),
    new Option(
      '--terms <file>',
      'Your own terms, which are marked and identified: a name, an identifier and a type in a line, with tabs between them. May be repeated.',
    ).argParser((file: string, before: readonly string[] | undefined) => [...(before ?? []), file]),
    new Option('--terminology <folder>', 'Another terminology, which gives names their identifiers.').default(
      path.join(models, 'terminology'),
    ),
  ];
}

/** The options as an engine and its requests take them. */
export interface Linking {
  readonly request: Required<Pick<TagRequest, 'link' | 'terms'>>;
  /** For the engine. Undefined if nothing is linked to it. */
  readonly terminologyPath: string | undefined;
  /** Says once on stderr that a result has no identifiers, because there is no terminology. */
  readonly warn: (result: Pick<TagResult, 'terminology'>) => void;
}

/**
 * Reads the files of terms. Lines that cannot be read as terms are reported on stderr, and the other lines are used.
 * @throws {CommanderError} if a file or the folder of the terminology is missing, or if a file has no term at all.
 */
export async function readLinking(options: LinkCommandOptions, command: Command): Promise<Linking> {
  const { link, terms: files = [], terminology, quiet } = options;
  const isChosen = command.getOptionValueSource('terminology') !== 'default';
  if (link && isChosen && !(await isFolder(terminology))) {
    command.error(`error: --terminology: there is no folder ${terminology}.`);
  }
  const terms: UserTerm[] = [];
  for (const file of files) for (const term of await readTerms(file, command)) terms.push(term);
  if (terms.length > maxUserTerms) {
    const most = maxUserTerms.toLocaleString('en');
    command.error(`error: --terms: the files have more than ${most} terms. Leave out some.`);
  }
  let isDue = link && !quiet;
  return {
    request: { link, terms },
    terminologyPath: link ? terminology : undefined,
    warn: ({ terminology: found }) => {
      if (isDue && found === undefined) process.stderr.write(noTerminologyLine(terminology));
      isDue = false;
    },
  };
}

function isFolder(folder: string): Promise<boolean> {
  return stat(folder).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

function noTerminologyLine(folder: string): string {
  return `biobert: warning: names have no identifiers, because there is no terminology that can be read in ${folder}. Name its folder with --terminology, install BioBERT again, or add --no-link to do without.\n`;
}

/** Maximum number of lines of a file that are reported one by one. */
const maxProblems = 20;

async function readTerms(file: string, command: Command): Promise<readonly UserTerm[]> {
  const { terms, problems } = await parsedTerms(file, command);
  const [first, ...others] = problems.map(({ line, message }) => `${file}: line ${line}: ${message}`);
  if (first === undefined) return terms;
  if (terms.length === 0) command.error(`error: --terms ${first}`);
  const shown = [first, ...others.slice(0, maxProblems - 1)];
  if (problems.length > shown.length) {
    shown.push(
      `${file}: ${(problems.length - shown.length).toLocaleString('en')} further lines are no terms.`,
    );
  }
  for (const line of shown) process.stderr.write(`biobert: ${line}\n`);
  return terms;
}

async function parsedTerms(file: string, command: Command): Promise<ParsedTerms> {
  // Standard input is for documents.
  if (file === standardInput) command.error('error: --terms: name a file.');
  try {
    const bytes = await readInput(file, new AbortController().signal);
    return parseUserTerms(decodeBytes(bytes).text, typeNamed);
  } catch (error) {
    const reason = error instanceof BioBertError ? error.userMessage : String(error);
    return command.error(`error: --terms ${file}: ${reason}`);
  }
}
