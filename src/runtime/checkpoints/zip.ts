import type { Readable } from 'node:stream';
import { type Entry, fromFdPromise, type ZipFile } from 'yauzl';
import { damaged } from '../../convert/errors';
import type { PartFile } from './files';

export interface ZipEntry {
  /** Size after unpacking. */
  readonly bytes: number;
  readonly crc32: number;
  /** Whether the entry is neither compressed nor encrypted. */
  readonly isStored: boolean;
  /** @returns the offset of the content in the file. */
  locate(): Promise<number>;
  /** Unpacks the entry. Fails if its size is not `bytes`. */
  stream(): Promise<Readable>;
}

/** A checkpoint of BERT-large has about 800 entries. */
const maxEntries = 20_000;

/** Lists the files of an archive by name. @throws {BioBertError} CHECKPOINT_DAMAGED */
export async function listZip(file: PartFile): Promise<Map<string, ZipEntry>> {
  const entries = new Map<string, ZipEntry>();
  try {
    // The caller closes the descriptor, not yauzl.
    const zip = await fromFdPromise(file.descriptor, { lazyEntries: true, autoClose: false });
    if (zip.entryCount > maxEntries) throw new Error('too many entries');
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      if (entries.has(entry.fileName)) throw new Error('two entries of one name');
      entries.set(entry.fileName, zipEntry(file, zip, entry));
    }
  } catch (error) {
    throw incomplete(file, error);
  }
  return entries;
}

function incomplete(file: PartFile, cause: unknown): Error {
  return damaged(file.name, 'is no whole ZIP archive', cause);
}

function zipEntry(file: PartFile, zip: ZipFile, entry: Entry): ZipEntry {
  // The list of an archive may name places that its headers contradict, or that lie outside the file.
  const orIncomplete = async <Found>(found: Promise<Found>): Promise<Found> =>
    found.catch((error: unknown) => {
      throw incomplete(file, error);
    });
  return {
    bytes: entry.uncompressedSize,
    crc32: entry.crc32,
    isStored: entry.compressionMethod === 0 && !entry.isEncrypted(),
    locate: async () => {
      const header = await orIncomplete(zip.readLocalFileHeaderPromise(entry, { minimal: true }));
      return header.fileDataStart;
    },
    stream: () => orIncomplete(zip.openReadStreamPromise(entry)),
  };
}
