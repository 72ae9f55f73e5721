/**
 * Reads LevelDB's sorted string table, in which TensorFlow stores the index of a checkpoint.
 * https://github.com/google/leveldb/blob/main/doc/table_format.md
 */
import { uncompress } from 'snappyjs';
import { crc32c, unmask } from './crc32c';
import { damaged } from './errors';

const footerBytes = 48;
const magic = 0xdb4775248b80fb57n;

/** Size of the trailer after each block: a byte for the compression, and the checksum of both. */
const trailerBytes = 5;

/** Maximum size of a block: the index of a few hundred tensors has tens of kilobytes. */
const maxBlockBytes = 16 << 20;
const maxEntries = 100_000;

export interface TableEntry {
  readonly key: string;
  readonly value: Uint8Array;
}

/**
 * Reads all entries of a table.
 *
 * @throws {BioBertError} CHECKPOINT_DAMAGED
 */
export function readSortedTable(bytes: Uint8Array, file: string): TableEntry[] {
  if (bytes.byteLength < footerBytes) throw damaged(file, 'is cut off');
  const footer = new Reader(bytes.subarray(bytes.byteLength - footerBytes), file);
  if (footer.view.getBigUint64(footerBytes - 8, true) !== magic) {
    throw damaged(file, 'is no index of a TensorFlow checkpoint, or is cut off');
  }
  footer.handle(); // The meta index: it lists filters, which a checkpoint does not have.
  const entries: TableEntry[] = [];
  for (const { value } of blockEntries(readBlock(bytes, footer.handle(), file), file)) {
    const handle = new Reader(value, file).handle();
    for (const entry of blockEntries(readBlock(bytes, handle, file), file)) {
      if (entries.push(entry) > maxEntries) throw damaged(file, 'names more tensors than any model has');
    }
  }
  return entries;
}

interface BlockHandle {
  readonly offset: number;
  readonly size: number;
}

function readBlock(bytes: Uint8Array, { offset, size }: BlockHandle, file: string): Uint8Array {
  const end = offset + size;
  if (end + trailerBytes > bytes.byteLength) throw damaged(file, 'is cut off');
  const sum = new DataView(bytes.buffer, bytes.byteOffset).getUint32(end + 1, true);
  if (crc32c(bytes.subarray(offset, end + 1)) !== unmask(sum)) throw damaged(file, 'fails its checksum');
  const stored = bytes.subarray(offset, end);
  const compression = bytes[end];
  if (compression === 0) return stored;
  if (compression !== 1) throw damaged(file, `has a block of the unknown compression ${compression ?? ''}`);
  try {
    return uncompress(new Uint8Array(stored), maxBlockBytes);
  } catch (error) {
    throw damaged(file, 'has a block that cannot be unpacked', error);
  }
}

/**
 * Reads the entries of a block. Each key is stored without the prefix that it shares with the previous key. The block
 * ends with the offsets of the entries that are stored completely.
 */
function blockEntries(block: Uint8Array, file: string): TableEntry[] {
  if (block.byteLength < 4) throw damaged(file, 'has an empty block');
  const restarts = new DataView(block.buffer, block.byteOffset).getUint32(block.byteLength - 4, true);
  const end = block.byteLength - 4 * (restarts + 1);
  if (end < 0) throw damaged(file, 'has a block that is cut off');
  const reader = new Reader(block.subarray(0, end), file);
  const entries: TableEntry[] = [];
  let key = new Uint8Array();
  while (!reader.isAtEnd) {
    const shared = reader.varint();
    const rest = reader.varint();
    const length = reader.varint();
    if (shared > key.length) throw damaged(file, 'has a key that cannot be read');
    key = concatenate(key.subarray(0, shared), reader.readBytes(rest));
    entries.push({ key: new TextDecoder().decode(key), value: reader.readBytes(length) });
  }
  return entries;
}

function concatenate(start: Uint8Array, rest: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(start.length + rest.length);
  whole.set(start);
  whole.set(rest, start.length);
  return whole;
}

class Reader {
  readonly view: DataView;
  private at = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly file: string,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isAtEnd(): boolean {
    return this.at >= this.bytes.byteLength;
  }

  /** Reads an integer stored in little-endian groups of seven bits. */
  varint(): number {
    let value = 0;
    for (let factor = 1; factor <= 2 ** 49; factor *= 128) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) break;
      value += (byte & 127) * factor;
      if (byte < 128 && Number.isSafeInteger(value)) return value;
    }
    throw damaged(this.file, 'has a number that cannot be read');
  }

  readBytes(count: number): Uint8Array {
    const start = this.at;
    if (count > this.bytes.byteLength - start) throw damaged(this.file, 'is cut off');
    this.at += count;
    return this.bytes.subarray(start, this.at);
  }

  handle(): BlockHandle {
    return { offset: this.varint(), size: this.varint() };
  }
}
