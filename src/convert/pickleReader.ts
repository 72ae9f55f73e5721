/** Reads the numbers and texts of a pickle, and makes the errors that name its file. */
import { damaged, unsafe } from './errors';

/** Maximum length of a pickled integer, in bytes. */
const maxLongBytes = 10;

export class PickleReader {
  private readonly view: DataView;

  /** @param at Offset in `bytes` at which reading begins. */
  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
    private readonly file: string,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Offset of the next byte. */
  get offset(): number {
    return this.at;
  }

  uint8(): number {
    return this.view.getUint8(this.advance(1));
  }

  uint16(): number {
    return this.view.getUint16(this.advance(2), true);
  }

  uint32(): number {
    return this.view.getUint32(this.advance(4), true);
  }

  int32(): number {
    return this.view.getInt32(this.advance(4), true);
  }

  uint64(): number {
    return Number(this.view.getBigUint64(this.advance(8), true));
  }

  /** Reads a double; it is the only big-endian number in a pickle. */
  float64(): number {
    return this.view.getFloat64(this.advance(8), false);
  }

  /**
   * Reads an integer in two's complement, little-endian. Above 2^53 (the magic number of a file) the result is the
   * nearest double.
   */
  long(length: number): number {
    if (length > maxLongBytes) throw this.rejection('holds a number of many digits');
    const start = this.advance(length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i -= 1) value = (value << 8n) | BigInt(this.bytes[start + i] ?? 0);
    return Number(BigInt.asIntN(8 * length, value));
  }

  text(length: number): string {
    const start = this.advance(length);
    return new TextDecoder().decode(this.bytes.subarray(start, start + length));
  }

  raw(length: number): Uint8Array {
    const start = this.advance(length);
    return this.bytes.subarray(start, start + length);
  }

  line(): string {
    const end = this.bytes.indexOf(10, this.at);
    if (end < 0) throw this.damage();
    const text = this.text(end - this.at);
    this.advance(1);
    return text;
  }

  /** The error for a pickle that ends early or breaks the rules of its format. */
  damage(): Error {
    return damaged(this.file, 'is cut off, or is no pickle');
  }

  /** The error for what no state dict needs. @param what Begins with a verb. */
  rejection(what: string): Error {
    return unsafe(this.file, `${what}, which no saved weights need and which could run any program`);
  }

  private advance(count: number): number {
    const start = this.at;
    if (count > this.bytes.byteLength - start) throw this.damage();
    this.at += count;
    return start;
  }
}
