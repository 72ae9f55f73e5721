const utf8 = new TextDecoder();

/** Reads numbers and texts one after the other. Past the end it reads zeros and empty texts. */
export class ByteReader {
  constructor(
    private readonly bytes: Uint8Array,
    private at = 0,
  ) {}

  /** A variable-length integer (LEB128) below 2^31. */
  number(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.bytes[this.at++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return value >>> 0;
  }

  /** @param length In bytes of UTF-8. */
  text(length: number): string {
    const bytes = this.bytes.subarray(this.at, this.at + length);
    this.skip(length);
    return utf8.decode(bytes);
  }

  /** @param length In characters, which are all ASCII. */
  ascii(length: number): string {
    let text = '';
    const end = Math.min(this.at + length, this.bytes.length);
    for (let i = this.at; i < end; i += 1) text += String.fromCharCode(this.bytes[i] ?? 0);
    this.skip(length);
    return text;
  }

  /** A reader at the same place, which moves independently. */
  copy(): ByteReader {
    return new ByteReader(this.bytes, this.at);
  }

  /** Offset of the next byte. */
  get position(): number {
    return this.at;
  }

  skip(length: number): void {
    this.at += length;
  }
}
