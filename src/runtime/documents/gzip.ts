import { promisify } from 'node:util';
import { constants, gunzip, gunzipSync } from 'node:zlib';
import { BioBertError, errorCodes } from '../../core/errors';
import { errorCode } from '../files/errorCode';

const gunzipBytes = promisify(gunzip);

/** The name of a file without the ending of gzip: `pubmed.xml` of `pubmed.xml.gz`, which tells its format. */
export function nameInGzip(name: string): string {
  return name.replace(/(?<=[^/\\])\.gz$/iu, '');
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * The content of a file that gzip has compressed, which its first bytes show. Other content is returned as it is.
 * @param maxBytes Maximum size of the content: a small file may hold very much.
 * @throws {BioBertError} DOCUMENT_TOO_LARGE, DOCUMENT_UNREADABLE for a damaged or truncated file.
 */
export async function unzipped(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  if (!isGzip(bytes)) return bytes;
  try {
    return await gunzipBytes(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if (errorCode(error) === 'ERR_BUFFER_TOO_LARGE') {
      throw new BioBertError(
        errorCodes.DOCUMENT_TOO_LARGE,
        `Decompressed, the file is larger than ${maxBytes / (1 << 20)} MB.`,
        'Cut a file of PubMed into smaller ones with biobert split.',
        { cause: error },
      );
    }
    throw damagedGzip(error);
  }
}

/** The error for compressed data that cannot be read. */
export function damagedGzip(cause: unknown): BioBertError {
  return new BioBertError(
    errorCodes.DOCUMENT_UNREADABLE,
    'Its compressed data is damaged or incomplete.',
    'Download or copy the file again.',
    { cause },
  );
}

/** The beginning of the content of a file of which the beginning is given; damaged data gives what can be read. */
export function unzippedHead(head: Buffer): Buffer {
  if (!isGzip(head)) return head;
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}
