import { createReadStream, type Stats } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import * as path from 'node:path';
import { BioBertError, errorCodes } from '../../core/errors';
import { errorCode, writeFailureOf } from '../files/errorCode';
import { readTextIfPresent } from '../files/wholeFile';

/** Parsing so many bytes takes a few milliseconds. */
const sliceBytes = 1 << 18;

/** Identifies the content of a file at one moment: its size and time. Undefined for a missing or empty file. */
export type FileStamp = string | undefined;

export function fileStamp({ size, mtimeMs }: Pick<Stats, 'size' | 'mtimeMs'>): FileStamp {
  return size === 0 ? undefined : `${size} ${mtimeMs}`;
}

/** The stamps of a file around an {@link LineFile.append}. */
export interface Appended {
  readonly before: FileStamp;
  /** Undefined if another program has written to the file meanwhile. */
  readonly after: FileStamp;
}

/**
 * A file with one entry a line, to which lines are only added. A line is on the disk when {@link append} has finished,
 * so a crash at any moment loses at most the line that is being written.
 */
export class LineFile {
  private queue: Promise<unknown> = Promise.resolve();

  constructor(readonly path: string) {}

  get name(): string {
    return path.basename(this.path);
  }

  /** The text of the file, '' if there is none. @throws {BioBertError} DOCUMENT_UNREADABLE. */
  async read(): Promise<string> {
    try {
      return (await readTextIfPresent(this.path)) ?? '';
    } catch (cause) {
      throw this.unreadable(cause);
    }
  }

  /**
   * The text of the file in slices of whole lines; the last line may lack its break. A byte order mark is removed.
   *
   * @throws {BioBertError} DOCUMENT_UNREADABLE.
   */
  async *slices(): AsyncGenerator<string, void, undefined> {
    let rest = '';
    try {
      const decoder = new TextDecoder();
      for await (const chunk of createReadStream(this.path, { highWaterMark: sliceBytes })) {
        const text = rest + decoder.decode(chunk as Uint8Array, { stream: true });
        const end = text.lastIndexOf('\n') + 1;
        rest = text.slice(end);
        if (end > 0) yield text.slice(0, end);
      }
      rest += decoder.decode();
    } catch (cause) {
      if (errorCode(cause) !== 'ENOENT') throw this.unreadable(cause);
    }
    if (rest !== '') yield rest;
  }

  /**
   * Adds whole lines at the end. Calls are carried out one after the other.
   *
   * @param lines Each with its line break.
   * @throws {BioBertError} OUTPUT_UNWRITABLE, for example if the disk is full. The lines must be taken as not written.
   */
  append(lines: string): Promise<Appended> {
    const written = this.queue.then(() => this.write(lines));
    this.queue = written.catch(() => undefined);
    return written;
  }

  private unreadable(cause: unknown): BioBertError {
    return new BioBertError(
      errorCodes.DOCUMENT_UNREADABLE,
      `The file ${this.name} cannot be read.`,
      'Check that you may read the folder.',
      { cause },
    );
  }

  private async write(lines: string): Promise<Appended> {
    try {
      await mkdir(path.dirname(this.path), { recursive: true });
      const file = await open(this.path, 'a+');
      try {
        return await appendTo(file, lines);
      } finally {
        await file.close();
      }
    } catch (cause) {
      const isFull = writeFailureOf(cause) === 'full';
      throw new BioBertError(
        errorCodes.OUTPUT_UNWRITABLE,
        isFull
          ? `The disk is full: ${this.name} cannot be written.`
          : `The file ${this.name} cannot be written.`,
        isFull ? 'Free some space and try again.' : 'Check that you may write to the folder.',
        { cause },
      );
    }
  }
}

async function appendTo(file: FileHandle, lines: string): Promise<Appended> {
  const before = await file.stat();
  // A crash or an editor may have left a last line without its break; it must not run into the next one.
  const start = (await endsWithBreak(file, before.size)) ? '' : '\n';
  const bytes = Buffer.from(start + lines);
  try {
    await file.writeFile(bytes);
    await file.datasync();
  } catch (error) {
    await removePart(file, before.size, bytes).catch(() => undefined);
    throw error;
  }
  const after = await file.stat();
  const isAlone = after.size === before.size + bytes.length;
  return { before: fileStamp(before), after: isAlone ? fileStamp(after) : undefined };
}

async function endsWithBreak(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return true;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === 0x0a;
}

/** A full disk may have taken a part of the lines. It is removed, unless another window has added lines after it. */
async function removePart(file: FileHandle, start: number, bytes: Buffer): Promise<void> {
  const { size } = await file.stat();
  const length = size - start;
  if (length <= 0 || length > bytes.length) return;
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, start);
  if (buffer.equals(bytes.subarray(0, length))) await file.truncate(start);
}
