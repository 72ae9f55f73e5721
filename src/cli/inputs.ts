import { stat } from 'node:fs/promises';
import { BioBertError, errorCodes } from '../core/errors';
import { type FolderListing, type Input, listFolder } from '../runtime/documents/folderListing';
import { readDocumentFile, readStream } from '../runtime/documents/readFile';
import { standardInput } from './names';

export { standardInput } from './names';

/**
 * Replaces folders by their files, sorted by name; see {@link listFolder}.
 * @param quiet Whether no line on stderr says which entries are skipped because they are no files.
 */
export async function findInputs(
  paths: readonly string[],
  { recursive, quiet }: { readonly recursive: boolean; readonly quiet: boolean },
): Promise<readonly Input[]> {
  const inputs: Input[] = [];
  for (const given of paths) {
    if (!(await isFolder(given))) inputs.push({ path: given });
    else if (recursive) for (const input of (await documentsIn(given, quiet)).inputs) inputs.push(input);
    else inputs.push({ path: given, error: folderError() });
  }
  return inputs;
}

/** Lists a folder, and says on stderr what is skipped in it. */
export async function documentsIn(folder: string, quiet: boolean): Promise<FolderListing> {
  const listing = await listFolder(folder);
  if (!quiet) {
    for (const { path, kind } of listing.skipped)
      process.stderr.write(`biobert: ${path}: warning: skipped, because it is ${kind}.\n`);
    if (listing.others.size > 0) process.stderr.write(othersLine(folder, listing.others));
  }
  return listing;
}

/** The number of files of other kinds, the most frequent first: `14 files of other kinds (.png 9, .py 5)`. */
function othersLine(folder: string, others: ReadonlyMap<string, number>): string {
  const kinds = [...others].sort((a, b) => b[1] - a[1]);
  const total = kinds.reduce((sum, [, count]) => sum + count, 0);
  const named = kinds
    .slice(0, 8)
    .map(([extension, count]) => `${extension === '' ? 'no ending' : `.${extension}`} ${count}`);
  const more = kinds.length > named.length ? ', …' : '';
  const files = total === 1 ? '1 file of another kind was' : `${total} files of other kinds were`;
  return `biobert: ${folder}: ${files} passed over (${named.join(', ')}${more}).\n`;
}

async function isFolder(given: string): Promise<boolean> {
  if (given === standardInput) return false;
  // An error of `stat` is ignored here; it is reported when the file is read.
  return stat(given).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

function folderError(): BioBertError {
  return new BioBertError(
    errorCodes.DOCUMENT_UNREADABLE,
    'It is a folder.',
    'Add --recursive to read the documents in it.',
  );
}

/**
 * Reads a file or standard input. What gzip has compressed is decompressed.
 * @throws {BioBertError} DOCUMENT_TOO_LARGE, DOCUMENT_UNREADABLE. {@link CancelledError} after the signal aborts.
 */
export async function readInput(given: string, signal: AbortSignal): Promise<Uint8Array> {
  if (given === standardInput) return readStream(process.stdin, signal);
  if (await isFolder(given)) throw folderError();
  return readDocumentFile(given, signal);
}
