import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { BioBertError, errorCodes, throwIfCancelled } from '../core/errors';
import { fileError } from './report';

/** Names standard input among the files. */
export const standardInput = '-';

/** A larger file is refused before it is read. */
export const maxBytes = 50 * (1 << 20);

/** What `--recursive` picks up in a folder; a file that is named is tagged whatever its name. */
const documentName =
  /\.(?:txt|text|md|markdown|mdown|mkd|mdx|qmd|rmd|tex|ltx|latex|rnw|bib|nbib|medline|ris|xml|nxml|jats|html?|xhtml|ipynb)$/i;

export interface Input {
  /** As the user gave it, or found in a folder that the user gave. */
  readonly path: string;
  /** Why it cannot be tagged, known before it is read. */
  readonly error?: BioBertError;
}

/** Puts the files of a folder in its place, sorted by name; hidden files and `node_modules` are passed over. */
export async function findInputs(
  paths: readonly string[],
  { recursive }: { readonly recursive: boolean },
): Promise<readonly Input[]> {
  const inputs: Input[] = [];
  for (const given of paths) {
    if (!(await isFolder(given))) inputs.push({ path: given });
    else if (recursive) for (const found of await filesIn(given)) inputs.push({ path: found });
    else inputs.push({ path: given, error: folderError() });
  }
  return inputs;
}

async function isFolder(given: string): Promise<boolean> {
  if (given === standardInput) return false;
  // What cannot be looked at is reported when it is read, in its turn.
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
    // A pipe, as of <(zcat …), has no size before it is read.
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
