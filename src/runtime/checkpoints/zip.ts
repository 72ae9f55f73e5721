import type { Readable } from 'node:stream';
import { type Entry, fromFdPromise, type ZipFile } from 'yauzl';
import { damaged } from '../../convert/errors';
import type { PartFile } from './files';

export interface ZipEntry {
  /** Unpacked. */
  readonly bytes: number;
  readonly crc32: number;
  /** Whether the bytes stand in the archive as they are. */
  readonly isStored: boolean;
  /** @returns where the bytes begin in the file. */
  locate(): Promise<number>;
  /** Unpacks the entry. Fails where it has other than `bytes` bytes. */
  stream(): Promise<Readable>;
}

/** A checkpoint of the largest BERT has some 800. */
const maxEntries = 20_000;

/** The entries of an archive by name, folders left out. @throws {BioBertError} CHECKPOINT_DAMAGED */
export async function listZip(file: PartFile): Promise<Map<string, ZipEntry>> {
  const entries = new Map<string, ZipEntry>();
  try {
    // The descriptor stays ours: yauzl may not close it.
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
