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
      entries.set(entry.fileName, zipEntry(zip, entry));
    }
  } catch (error) {
    throw damaged(file.name, 'is no whole ZIP archive', error);
  }
  return entries;
}

function zipEntry(zip: ZipFile, entry: Entry): ZipEntry {
  return {
    bytes: entry.uncompressedSize,
    crc32: entry.crc32,
    isStored: entry.compressionMethod === 0 && !entry.isEncrypted(),
    locate: async () => (await zip.readLocalFileHeaderPromise(entry, { minimal: true })).fileDataStart,
    stream: () => zip.openReadStreamPromise(entry),
  };
}
