import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { BioBertError } from '../../../core/errors';
import { decodeBytes } from '../../../core/text/decodeBytes';
import { damagedPaper, paperTooLarge } from '../errors';

/** A part is unpacked up to this size. The text of a thesis takes some 10 MB of XML. */
const maxPartBytes = 96 * (1 << 20);
/** All parts that are read, together. */
const maxTotalBytes = 192 * (1 << 20);
const maxEntries = 20_000;

/** The parts of an Office document. Sizes are checked as declared, and again while a part is unpacked. */
export class ZipParts {
  private total = 0;

  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
    private readonly kind: string,
  ) {}

  /** @param kind Names the file in errors: `Word document`. @throws {BioBertError} PAPER_DAMAGED. */
  static async open(bytes: Uint8Array, kind: string): Promise<ZipParts> {
    try {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const zip = await fromBufferPromise(buffer, { lazyEntries: true });
      if (zip.entryCount > maxEntries) throw new Error('too many entries');
      const entries = new Map<string, Entry>();
      for await (const entry of zip.eachEntry()) entries.set(entry.fileName.replace(/^\//, ''), entry);
      return new ZipParts(zip, entries, kind);
    } catch (error) {
      throw damagedPaper(kind, error);
    }
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /**
   * The text of a part. Returns undefined if the archive has no part of this name.
   * @throws {BioBertError} DOCUMENT_TOO_LARGE, PAPER_DAMAGED.
   */
  async text(name: string): Promise<string | undefined> {
    const entry = this.entries.get(name);
    if (!entry) return undefined;
    if (entry.uncompressedSize > maxPartBytes) throw tooLarge();
    try {
      const stream = await this.zip.openReadStreamPromise(entry);
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        size += chunk.length;
        this.total += chunk.length;
        if (size > maxPartBytes || this.total > maxTotalBytes) {
          stream.destroy();
          throw tooLarge();
        }
        chunks.push(chunk);
      }
      return decodeBytes(Buffer.concat(chunks), 'utf-8').text;
    } catch (error) {
      throw error instanceof BioBertError ? error : damagedPaper(this.kind, error);
    }
  }
}

function tooLarge(): BioBertError {
  return paperTooLarge('Unpacked, it takes more than 96 MB.');
}
