/** Reads parts of large files. */
import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { damaged } from '../../convert/errors';
import { isRecord } from '../../protocol/guards';

/** Maximum size of a file that is read as a whole: a configuration, a vocabulary, an index. */
export const maxSmallBytes = 64 << 20;

/** An open file of a checkpoint. */
export class PartFile {
  private constructor(
    readonly path: string,
    readonly bytes: number,
    private readonly handle: FileHandle,
  ) {}

  /** @throws {BioBertError} CHECKPOINT_DAMAGED if there is no file, or only a pointer of Git LFS. */
  static async open(path: string): Promise<PartFile> {
    let handle: FileHandle | undefined;
    try {
      handle = await open(path);
      const found = await handle.stat();
      if (!found.isFile()) throw new Error('no file');
      const file = new PartFile(path, found.size, handle);
      await file.refusePointer();
      return file;
    } catch (error) {
      await handle?.close();
      if (error instanceof Error && error.name === 'BioBertError') throw error;
      throw damaged(basename(path), 'cannot be read', error);
    }
  }

  get name(): string {
    return basename(this.path);
  }

  /** @throws {BioBertError} CHECKPOINT_DAMAGED if the file ends before the range. */
  async read(offset: number, bytes: number): Promise<Uint8Array> {
    if (!(offset >= 0 && offset + bytes <= this.bytes)) throw damaged(this.name, 'is cut off');
    const buffer = Buffer.allocUnsafeSlow(bytes);
    for (let at = 0; at < bytes;) {
      const { bytesRead } = await this.handle.read(buffer, at, bytes - at, offset + at);
      if (bytesRead === 0) throw damaged(this.name, 'is cut off');
      at += bytesRead;
    }
    return buffer;
  }

  get descriptor(): number {
    return this.handle.fd;
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  /** A clone without Git LFS has a few lines of text instead of each large file. */
  private async refusePointer(): Promise<void> {
    const start = await this.read(0, Math.min(this.bytes, 40));
    if (!Buffer.from(start).toString('latin1').startsWith('version https://git-lfs')) return;
    throw damaged(this.name, 'is only a pointer of Git LFS, without the weights');
  }
}

export async function isFile(path: string): Promise<boolean> {
  return (await kindOf(path)) === 'file';
}

export async function kindOf(path: string): Promise<'file' | 'folder' | undefined> {
  try {
    const found = await stat(path);
    if (found.isFile()) return 'file';
    return found.isDirectory() ? 'folder' : undefined;
  } catch {
    return undefined;
  }
}

/** @returns the text of a file. @throws {BioBertError} CHECKPOINT_DAMAGED if it cannot be read, or is too large. */
export async function readSmallFile(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > maxSmallBytes) throw new Error('too large');
    return await readFile(path, 'utf8');
  } catch (error) {
    throw damaged(basename(path), 'cannot be read', error);
  }
}

/** @throws {BioBertError} CHECKPOINT_DAMAGED if the file does not hold a JSON object. */
export async function readJson(path: string): Promise<Record<string, unknown>> {
  const text = await readSmallFile(path);
  try {
    const json: unknown = JSON.parse(text);
    if (isRecord(json)) return json;
  } catch (error) {
    throw damaged(basename(path), 'is not JSON', error);
  }
  throw damaged(basename(path), 'does not hold a JSON object');
}
