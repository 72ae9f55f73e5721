import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { BioBertError, errorCodes, throwIfCancelled } from '../core/errors';
import { fileError } from './report';

/** The argument that stands for standard input. */
export const standardInput = '-';

/** Maximum size of an input file. Larger files are refused before they are read. */
export const maxBytes = 50 * (1 << 20);

/** Names of the files that `--recursive` reads in a folder. A file that the user names is read whatever its name. */
const documentName =
  /\.(?:txt|text|md|markdown|mdown|mkd|mdx|qmd|rmd|tex|ltx|latex|rnw|bib|nbib|medline|ris|xml|nxml|jats|html?|xhtml|ipynb)$/i;

export interface Input {
  /** Path that the user gave, or of a file in a folder that the user gave. */
  readonly path: string;
  /** An error that is known before the file is read. */
  readonly error?: BioBertError;
}

/** Replaces folders by their files, sorted by name. Hidden files and `node_modules` are skipped. */
export async function findInputs(
  paths: readonly string[],
  { recursive }: { readonly recursive: boolean },
): Promise<readonly Input[]> {
  const inputs: Input[] = [];
  for (const given of paths) {
    if (!(await isFolder(given))) inputs.push({ path: given });
    else if (recursive) for (const file of await filesIn(given)) inputs.push({ path: file });
    else inputs.push({ path: given, error: folderError() });
  }
  return inputs;
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

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const files: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const entryPath = path.join(folder, entry.name);
    if (entry.isDirectory()) for (const file of await filesIn(entryPath)) files.push(file);
    else if (documentName.test(entry.name)) files.push(entryPath);
  }
  return files;
}

/** @throws {BioBertError} DOCUMENT_TOO_LARGE, DOCUMENT_UNREADABLE. {@link CancelledError} after the signal aborts. */
export async function readInput(given: string, signal: AbortSignal): Promise<Uint8Array> {
  throwIfCancelled(signal);
  try {
    if (given === standardInput) return await readStream(process.stdin, signal);
    const stats = await stat(given);
    if (stats.isDirectory()) throw folderError();
    // The size of a pipe, such as <(zcat …), is not known before it is read.
    if (!stats.isFile()) return await readStream(createReadStream(given), signal);
    if (stats.size > maxBytes) throw tooLarge();
    return await readFile(given, { signal });
  } catch (error) {
    throwIfCancelled(signal);
    throw fileError(error, 'read');
  }
}

async function readStream(
  stream: NodeJS.ReadableStream & { destroy(): unknown },
  signal: AbortSignal,
): Promise<Uint8Array> {
  const stop = () => stream.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > maxBytes) throw tooLarge();
      chunks.push(bytes);
    }
    return Buffer.concat(chunks);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function tooLarge(): BioBertError {
  return new BioBertError(
    errorCodes.DOCUMENT_TOO_LARGE,
    `The file is larger than ${maxBytes / (1 << 20)} MB.`,
    'Split it into smaller files.',
  );
}
