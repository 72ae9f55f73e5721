import { lstat, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { BioBertError, errorCodes } from '../core/errors';
import { errnoOf } from '../runtime/documents/fileErrors';
import type { Input } from '../runtime/documents/folderListing';
import { documentsIn } from './inputs';

/** The documents of a run, and the folders whose deleted documents leave the index. */
export interface IndexInputs {
  /** Each document once. */
  readonly inputs: readonly Input[];
  readonly folders: readonly ListedFolder[];
}

/** A folder that was named and listed completely. */
export interface ListedFolder {
  readonly path: string;
  /** Number of documents in it. */
  readonly documents: number;
}

/**
 * Finds the documents of the named folders and files.
 * @throws {BioBertError} DOCUMENT_UNREADABLE if one of them does not exist: it is misspelt, or its disk is not mounted.
 */
export async function findIndexInputs(paths: readonly string[], quiet: boolean): Promise<IndexInputs> {
  const inputs = new Map<string, Input>();
  const folders: ListedFolder[] = [];
  for (const given of paths) {
    if (!(await isFolder(given))) {
      inputs.set(path.resolve(given), { path: given });
      continue;
    }
    const listing = await documentsIn(given, quiet);
    for (const input of listing.inputs) inputs.set(path.resolve(input.path), input);
    if (listing.inputs.every(({ error }) => error === undefined))
      folders.push({ path: given, documents: listing.inputs.length });
  }
  return { inputs: [...inputs.values()], folders };
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
  { inputs, folders }: IndexInputs,
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
