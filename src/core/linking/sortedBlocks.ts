import { ByteReader } from './byteReader';
import { blockSize } from './terminologyFormat';

/** An entry of a table, with a reader of what follows its key. */
export interface BlockEntry {
  readonly key: string;
  readonly reader: ByteReader;
}

/** A sorted table in front-coded blocks: see terminologyFormat.ts. */
export class SortedBlocks {
  private readonly offsets: DataView;
  /** The first key of each block, for the binary search. */
  private readonly firstKeys: readonly string[];

  /**
   * @param offsets Offsets of the blocks in `table`.
   * @param count Number of entries.
   * @param skipValue Moves a reader over what follows a key.
   */
  constructor(
    offsets: Uint8Array,
    private readonly table: Uint8Array,
    private readonly count: number,
    private readonly skipValue: (reader: ByteReader) => void,
  ) {
    this.offsets = new DataView(offsets.buffer, offsets.byteOffset, offsets.byteLength);
    this.firstKeys = Array.from({ length: this.blocks }, (_, block) => {
      const reader = this.readerOf(block);
      reader.number();
      return reader.ascii(reader.number());
    });
  }

  /** The first entry that is not before `key`. */
  seek(key: string): BlockEntry | undefined {
    const [first] = this.entriesFrom(key);
    return first;
  }

  /** The entry with a number. */
  entryAt(index: number): BlockEntry | undefined {
    let place = index - (index % blockSize);
    for (const entry of this.entriesOfBlock(Math.floor(index / blockSize))) {
      if (place === index) return entry;
      place += 1;
    }
    return undefined;
  }

  /** The number of a key. */
  indexOf(key: string): number | undefined {
    const block = this.blockOf(key);
    let index = block * blockSize;
    for (const entry of this.entriesOfBlock(block)) {
      if (entry.key === key) return index;
      index += 1;
    }
    return undefined;
  }

  /** The entries from the first key on that is not before `key`. */
  *entriesFrom(key: string): Generator<BlockEntry> {
    for (let block = this.blockOf(key); block < this.blocks; block += 1) {
      for (const entry of this.entriesOfBlock(block)) if (entry.key >= key) yield entry;
    }
  }

  /**
   * Visits all entries in order, quickly: a key is put together only if it is asked for.
   * @param visit Moves the reader over the value. `keyOf` gives the key of the entry.
   */
  forEach(visit: (reader: ByteReader, keyOf: () => string) => void): void {
    for (let block = 0; block < this.blocks; block += 1) {
      const reader = this.readerOf(block);
      const parts: { readonly shared: number; readonly start: number; readonly length: number }[] = [];
      const keyOf = () => {
        let key = '';
        for (const { shared, start, length } of parts)
          key = key.slice(0, shared) + new ByteReader(this.table, start).ascii(length);
        return key;
      };
      const end = Math.min(blockSize, this.count - block * blockSize);
      for (let i = 0; i < end; i += 1) {
        const [shared, length] = [reader.number(), reader.number()];
        parts.push({ shared, start: reader.position, length });
        reader.skip(length);
        visit(reader, keyOf);
      }
    }
  }

  private get blocks(): number {
    return Math.ceil(this.count / blockSize);
  }

  /** The block that `key` is in if the table has it. */
  private blockOf(key: string): number {
    let low = 0;
    let high = this.blocks - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.firstKeys[middle] ?? '') <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private readerOf(block: number): ByteReader {
    return new ByteReader(this.table, this.offsets.getUint32(block * 4, true));
  }

  /** The entries of a block. A block past the end is empty. */
  private *entriesOfBlock(block: number): Generator<BlockEntry> {
    if (block >= this.blocks) return;
    const reader = this.readerOf(block);
    let key = '';
    const end = Math.min(blockSize, this.count - block * blockSize);
    for (let i = 0; i < end; i += 1) {
      key = key.slice(0, reader.number()) + reader.ascii(reader.number());
      yield { key, reader: reader.copy() };
      this.skipValue(reader);
    }
  }
}
