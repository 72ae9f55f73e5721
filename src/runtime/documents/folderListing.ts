import type { Dirent, Stats } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import * as path from 'node:path';
import {
  documentExtensions,
  extensionOf,
  headLength,
  isDocument,
  isOnlyExport,
} from '../../core/documents/format';
import { decodeBytes } from '../../core/text/decodeBytes';
import { fileError } from './fileErrors';
import { nameInGzip, unzippedHead } from './gzip';

/** Whether a file of this name is a document of its folder. A file that the user names is read whatever its name. */
function isDocumentName(name: string): boolean {
  return documentExtensions.includes(extensionOf(nameInGzip(name)));
}

export interface Input {
  /** Path that the user gave, or of a file in a folder that the user gave. */
  readonly path: string;
  /** An error that is known before the file is read. */
  readonly error?: Error;
  /** True for a subfolder that cannot be read, with its error: any number of documents may be in it. */
  readonly isFolder?: true;
}

export interface FolderListing {
  /** The documents in and below the folder, sorted by name, and the subfolders that cannot be read, with their errors. */
  readonly inputs: readonly Input[];
  /** Entries that have the name of a document but are no file, or data without records. */
  readonly skipped: readonly SkippedEntry[];
  /** Number of files of other kinds, by their extension; the empty string stands for files without one. */
  readonly others: ReadonlyMap<string, number>;
}

export interface SkippedEntry {
  readonly path: string;
  /** `a named pipe` */
  readonly kind: string;
}

/**
 * Lists the documents in a folder and below it. Hidden entries, files with which Word marks
 * open documents (`~$paper.docx`), `node_modules` and links to folders are passed over.
 * Entries that are no files are not opened: to open a named pipe blocks until something writes to it.
 */
export async function listFolder(folder: string): Promise<FolderListing> {
  const inputs: Input[] = [];
  const skipped: SkippedEntry[] = [];
  const others = new Map<string, number>();
  await list(folder);
  return { inputs, skipped, others };

  async function list(current: string): Promise<void> {
    let entries: Dirent[];
    try {
      entries = await readdir(current, { withFileTypes: true });
    } catch (error) {
      inputs.push({ path: current, error: fileError(error, 'read'), isFolder: true });
      return;
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const isHidden = entry.name.startsWith('.') || entry.name.startsWith('~$');
      if (isHidden || entry.name === 'node_modules') continue;
      const entryPath = path.join(current, entry.name);
      if (entry.isDirectory()) await list(entryPath);
      else if (isDocumentName(entry.name)) await add(entry, entryPath);
      else passOver(extensionOf(entry.name));
    }
  }

  function passOver(extension: string): void {
    others.set(extension, (others.get(extension) ?? 0) + 1);
  }

  async function add(entry: Dirent, entryPath: string): Promise<void> {
    try {
      const target = entry.isSymbolicLink() ? await stat(entryPath) : entry;
      const kind = target.isFile() ? await kindOfFile(entryPath) : kindOf(target);
      if (kind === 'file') inputs.push({ path: entryPath });
      else skipped.push({ path: entryPath, kind });
    } catch (error) {
      // The link leads nowhere, or back to itself.
      inputs.push({ path: entryPath, error: fileError(error, 'read') });
    }
  }
}

/** Tables and JSON files are documents only if they are exports of records. */
async function kindOfFile(file: string): Promise<string> {
  const fileName = nameInGzip(file);
  if (!isOnlyExport(fileName)) return 'file';
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headLength), 0, headLength, 0);
    const head = decodeBytes(unzippedHead(buffer.subarray(0, bytesRead))).text.slice(0, headLength);
    return isDocument({ fileName, head }) ? 'file' : 'data without the titles of publications';
  } finally {
    await handle.close();
  }
}

function kindOf(entry: Dirent | Stats): string {
  if (entry.isDirectory()) return 'a link to a folder';
  if (entry.isFIFO()) return 'a named pipe';
  if (entry.isSocket()) return 'a socket';
  if (entry.isBlockDevice() || entry.isCharacterDevice()) return 'a device';
  return 'no file';
}
