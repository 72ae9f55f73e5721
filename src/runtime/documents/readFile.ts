import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { BioBertError, errorCodes, throwIfCancelled } from '../../core/errors';
import { orCancelled } from '../abort';
import { fileError } from './fileErrors';
import { unzipped } from './gzip';

/** Maximum size of a document file, compressed and not. Larger files are refused before they are read. */
export const maxBytes = 50 * (1 << 20);

/**
 * Reads a file, or a pipe to its end. What gzip has compressed is decompressed.
 * @throws {BioBertError} DOCUMENT_TOO_LARGE, DOCUMENT_UNREADABLE. {@link CancelledError} after the signal aborts.
 */
export function readDocumentFile(file: string, signal: AbortSignal): Promise<Uint8Array> {
  return withFileErrors(signal, async () => {
    const stats = await stat(file);
    // The size of a pipe, such as <(zcat …), is not known before it is read.
    // Opening a pipe takes until something writes to it, and cannot be cancelled.
    if (!stats.isFile() && !stats.isDirectory())
      return await orCancelled(chunksOf(createReadStream(file), signal), signal);
    if (stats.size > maxBytes) throw tooLarge();
    return await readFile(file, { signal });
  });
}

/** Reads a stream to its end. @throws as {@link readDocumentFile}. */
export function readStream(stream: ByteStream, signal: AbortSignal): Promise<Uint8Array> {
  return withFileErrors(signal, () => chunksOf(stream, signal));
}

async function withFileErrors(signal: AbortSignal, read: () => Promise<Uint8Array>): Promise<Uint8Array> {
  throwIfCancelled(signal);
  try {
    return await unzipped(await read(), maxBytes);
  } catch (error) {
    throw fileError(error, 'read');
  } finally {
    throwIfCancelled(signal);
  }
}

type ByteStream = NodeJS.ReadableStream & { destroy(): unknown };

async function chunksOf(stream: ByteStream, signal: AbortSignal): Promise<Uint8Array> {
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
