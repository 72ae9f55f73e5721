import { lstat, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { BioBertError, errorCodes } from '../core/errors';
import { errnoOf } from '../runtime/documents/fileErrors';
import type { Input } from '../runtime/documents/folderListing';
import { documentsIn } from './inputs';
import { nameInFolder, type Shard, shardOf } from './shard';

/** The documents of a run, and the folders whose deleted documents leave the index. */
export interface IndexInputs {
  /** Each document of the run once. */
  readonly inputs: readonly Input[];
  /** Absolute paths of the documents that belong to other shards. */
  readonly elsewhere: ReadonlySet<string>;
  readonly folders: readonly ListedFolder[];
}

/** A folder that was named and listed completely. */
export interface ListedFolder {
  readonly path: string;
  /** Number of documents in it, of all shards. */
  readonly documents: number;
}

/**
 * Finds the documents of the named folders and files.
 * @param options.shard Default: all documents.
 * @throws {BioBertError} DOCUMENT_UNREADABLE if one of them does not exist: it is misspelt, or its disk is not mounted.
 */
export async function findIndexInputs(
  paths: readonly string[],
  { quiet, shard }: { readonly quiet: boolean; readonly shard?: Shard | undefined },
): Promise<IndexInputs> {
  const found = new Map<string, { readonly input: Input; readonly name: string }>();
  const folders: ListedFolder[] = [];
  for (const given of paths) {
    if (!(await isFolder(given))) {
      found.set(path.resolve(given), { input: { path: given }, name: path.basename(given) });
      continue;
    }
    const listing = await documentsIn(given, quiet);
    for (const input of listing.inputs)
      found.set(path.resolve(input.path), { input, name: nameInFolder(input.path, given) });
    if (listing.inputs.every(({ error }) => error === undefined))
      folders.push({ path: given, documents: listing.inputs.length });
  }
  const inputs: Input[] = [];
  const elsewhere = new Set<string>();
  for (const [absolute, { input, name }] of found) {
    // Documents of every shard may be in a folder that cannot be read.
    if (shard === undefined || input.isFolder || shardOf(name, shard.count) === shard.number)
      inputs.push(input);
    else elsewhere.add(absolute);
  }
  return { inputs, elsewhere, folders };
}

async function isFolder(given: string): Promise<boolean> {
  try {
    return (await stat(given)).isDirectory();
  } catch (error) {
    if (!isMissing(error)) return false;
    throw new BioBertError(
      errorCodes.DOCUMENT_UNREADABLE,
      `There is no file or folder ${given}.`,
      'Check the path, and that its disk is mounted. The index was not changed.',
      { cause: error },
    );
  }
}

/**
 * Finds the documents of an index that belong to other shards, which their runs write elsewhere: their lines here would
 * become outdated.
 * @param output The index, as the user named it.
 * @throws {BioBertError} OUTPUT_UNWRITABLE if there are some and they must not go: the number of shards may be mistaken.
 */
export function findElsewhere(
  documents: readonly string[],
  { elsewhere }: IndexInputs,
  { output, prune }: { readonly output: string; readonly prune: boolean },
): readonly string[] {
  const found = documents.filter((document) => elsewhere.has(path.resolve(document)));
  if (found.length === 0 || prune) return found;
  throw new BioBertError(
    errorCodes.OUTPUT_UNWRITABLE,
    `${output} has lines of ${found.length} documents of other shards.`,
    'Give each shard a file of its own, or add --prune to remove these lines. No line was removed.',
  );
}

/** A smaller number of deleted documents is not worth a question. */
const manyDocuments = 10;

/**
 * Finds the documents of an index that were deleted: they lie in a folder that was listed completely, and do not exist.
 * Documents elsewhere stay in the index, whether they exist or not.
 * @param documents The documents of the index.
 * @param prune Whether any number of documents may go.
 * @throws {BioBertError} DOCUMENTS_GONE if a folder has no documents left, or has lost more than half of them and more
 *   than ten: it may be another folder of the same name, or its disk may not be mounted.
 */
export async function findDeleted(
  documents: readonly string[],
  { inputs, folders }: Pick<IndexInputs, 'inputs' | 'folders'>,
  prune: boolean,
): Promise<readonly string[]> {
  const listed = new Set(inputs.map((input) => path.resolve(input.path)));
  const unlisted = documents.filter((document) => !listed.has(path.resolve(document)));
  const all = new Set<string>();
  for (const folder of folders) {
    const isInside = (document: string) => liesIn(document, folder.path);
    const deleted: string[] = [];
    // A document that was named itself, or is passed over today, is not listed but exists.
    for (const document of unlisted.filter(isInside)) if (await isDeleted(document)) deleted.push(document);
    const indexed = documents.filter(isInside).length;
    const isEmptied = folder.documents === 0 && deleted.length > 0;
    const areMost = deleted.length > manyDocuments && 2 * deleted.length > indexed;
    if (!prune && (isEmptied || areMost)) throw mostlyGone(folder.path, deleted.length, indexed);
    for (const document of deleted) all.add(document);
  }
  return [...all];
}

function liesIn(document: string, folder: string): boolean {
  const relative = path.relative(folder, document);
  return relative !== '' && relative.split(path.sep)[0] !== '..' && !path.isAbsolute(relative);
}

async function isDeleted(document: string): Promise<boolean> {
  return lstat(document).then(() => false, isMissing);
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '');
}

function mostlyGone(folder: string, deleted: number, indexed: number): BioBertError {
  return new BioBertError(
    errorCodes.DOCUMENTS_GONE,
    `Of the ${indexed} indexed documents in ${folder}, ${deleted} are gone.`,
    'Check that it is the right folder and that its disk is mounted, or add --prune to remove them from the index. No line was removed.',
  );
}
