import { mkdir, open, readdir, writeFile, type FileHandle } from 'node:fs/promises';
import * as path from 'node:path';
import { BioBertError, errorCodes } from '../../core/errors';
import { errorCode } from './errorCode';

/** A text file that is written in parts and never held in memory as a whole. An existing file is replaced. */
export class TextFile {
  private constructor(
    private readonly file: FileHandle,
    private readonly path: string,
  ) {}

  /** @throws {BioBertError} OUTPUT_UNWRITABLE. */
  static async create(file: string): Promise<TextFile> {
    return new TextFile(await checked(file, () => open(file, 'w')), file);
  }

  /** @throws {BioBertError} OUTPUT_UNWRITABLE, for example if the disk is full. */
  async write(text: string): Promise<void> {
    if (text !== '') await checked(this.path, () => this.file.writeFile(text));
  }

  async close(): Promise<void> {
    await checked(this.path, () => this.file.close());
  }
}

/**
 * Makes an empty folder for output.
 *
 * @throws {BioBertError} OUTPUT_UNWRITABLE, also if the folder is not empty, because its files may be somebody's work.
 */
export async function createEmptyFolder(folder: string): Promise<void> {
  const names = await checked(folder, async () => {
    await mkdir(folder, { recursive: true });
    return readdir(folder);
  });
  if (names.length === 0) return;
  throw new BioBertError(
    errorCodes.OUTPUT_UNWRITABLE,
    `The folder ${path.basename(folder)} is not empty.`,
    'Name another one, or empty it.',
  );
}

/** Writes a small file and creates its parent folders. @throws {BioBertError} OUTPUT_UNWRITABLE. */
export async function writeTextFile(file: string, content: string): Promise<void> {
  await checked(file, async () => {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  });
}

async function checked<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const code = errorCode(cause) ?? 'unknown';
    throw new BioBertError(
      errorCodes.OUTPUT_UNWRITABLE,
      `${path.basename(file)} cannot be written (${code}).`,
      'Check the disk space and that you may write there.',
      { cause },
    );
  }
}
