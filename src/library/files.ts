import { throwIfCancelled } from '../core/errors';
import { isEncoding } from '../core/text/decodeBytes';
import { documentText } from '../runtime/documents/documentText';
import { listFolder } from '../runtime/documents/folderListing';
import { readDocumentFile } from '../runtime/documents/readFile';
import type { PaperReader } from '../runtime/papers/paperReader';
import { checkString, wrongArgument } from './checks';
import type { FolderOptions, ReadOptions, TextDocument } from './types';

/** @throws as `Engine.readDocument`. */
export async function readDocument(
  file: string,
  { encoding, format: chosen, signal = new AbortController().signal }: ReadOptions,
  papers: PaperReader,
): Promise<TextDocument> {
  checkString('path of the file', file);
  if (encoding !== undefined && !isEncoding(encoding)) {
    throw wrongArgument('There is no such encoding.', 'Give a name such as utf-8, windows-1252 or gb18030.');
  }
  const bytes = await readDocumentFile(file, signal);
  const read = await documentText(bytes, { fileName: file, encoding, papers, signal });
  const { text, format, pages, decoded } = read;
  return {
    name: file,
    text,
    format: decoded ? (chosen ?? format) : format,
    ...(pages && pages.textless.length > 0 && { textlessPages: pages.textless }),
    ...(decoded && decoded.unreadable > 0 && { unreadable: decoded.unreadable }),
  };
}

/** @param read Reads a file. @throws as `Engine.documentsIn`. */
export async function* documentsIn(
  folder: string,
  { signal, onError }: FolderOptions,
  read: (path: string) => Promise<TextDocument>,
): AsyncGenerator<TextDocument, void, undefined> {
  checkString('path of the folder', folder);
  const { inputs } = await listFolder(folder);
  for (const input of inputs) {
    throwIfCancelled(signal);
    try {
      if (input.error !== undefined) throw input.error;
      yield await read(input.path);
    } catch (error) {
      throwIfCancelled(signal);
      if (onError === undefined || input.path === folder || !(error instanceof Error)) throw error;
      onError(error, input.path);
    }
  }
}
