/** Reads the files of a model folder; every failure names the file and the mend. */
import { createHash } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BioBertError, errorCodes } from '../../core/errors';
import { isRecord } from '../../protocol/guards';
import { type ModelTask, taskTable } from '../../protocol/tasks';

/** What `biobert.json` promises of a file. */
export interface FileRecord {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

const megabyte = 1 << 20;

/** A model folder may come from anywhere: no file is read whole that is larger than its kind ever is. */
const maxTextBytes = 64 * megabyte;

export class ModelFiles {
  /** @param task What the folder is read for. */
  constructor(
    readonly folder: string,
    readonly task: ModelTask,
  ) {}

  /** @throws {BioBertError} MODEL_NOT_FOUND */
  async checkFolder(): Promise<void> {
    if (await isKind(this.folder, 'directory')) return;
    throw new BioBertError(
      errorCodes.MODEL_NOT_FOUND,
      `There is no model folder at ${this.folder}.`,
      taskTable[this.task].notFoundStep,
    );
  }

  pathOf(name: string): string {
    return join(this.folder, name);
  }

  has(name: string): Promise<boolean> {
    return isKind(this.pathOf(name), 'file');
  }

  /** @throws {BioBertError} MODEL_FILE_MISSING, MODEL_FILE_DAMAGED */
  async readText(name: string): Promise<string> {
    const bytes = await this.sizeOf(name);
    if (bytes > maxTextBytes) throw this.damaged(name, `is larger than ${maxTextBytes / megabyte} MB`);
    try {
      return await readFile(this.pathOf(name), 'utf8');
    } catch (error) {
      throw this.damaged(name, 'cannot be read', error);
    }
  }

  /** @returns the object in the file, or `undefined` without the file. @throws {BioBertError} when it holds none. */
  async readJson(name: string): Promise<Record<string, unknown> | undefined> {
    if (!(await this.has(name))) return undefined;
    const text = await this.readText(name);
    try {
      const value: unknown = JSON.parse(text);
      if (isRecord(value)) return value;
    } catch (error) {
      throw this.damaged(name, 'is not JSON', error);
    }
    throw this.damaged(name, 'does not hold a JSON object');
  }

  /** @returns the sha256 of each file. @throws {BioBertError} MODEL_FILE_MISSING, MODEL_FILE_DAMAGED */
  async check(files: ReadonlyMap<string, FileRecord>): Promise<void> {
    for (const [name, { bytes }] of files) {
      const found = await this.sizeOf(name);
      if (found !== bytes) throw this.damaged(name, `has ${found} bytes where biobert.json says ${bytes}`);
    }
    for (const [name, { sha256 }] of files) {
      if ((await this.hashOf(name)) !== sha256)
        throw this.damaged(name, 'differs from its sha256 in biobert.json');
    }
  }

  /** @returns sha256, hexadecimal. */
  async hashOf(name: string): Promise<string> {
    const hash = createHash('sha256');
    // One buffer for all of it: streams leave the collector a copy of the file.
    const buffer = Buffer.allocUnsafe(megabyte);
    try {
      const file = await open(this.pathOf(name));
      try {
        for (;;) {
          const { bytesRead } = await file.read(buffer, 0, buffer.length);
          if (bytesRead === 0) break;
          hash.update(buffer.subarray(0, bytesRead));
        }
      } finally {
        await file.close();
      }
    } catch (error) {
      throw this.damaged(name, 'cannot be read', error);
    }
    return hash.digest('hex');
  }

  missing(name: string): BioBertError {
    const message = `The model folder ${this.folder} has no ${name}.`;
    return new BioBertError(errorCodes.MODEL_FILE_MISSING, message, mend(name));
  }

  /** @throws {BioBertError} MODEL_FILE_MISSING */
  async sizeOf(name: string): Promise<number> {
    try {
      const found = await stat(this.pathOf(name));
      if (found.isFile()) return found.size;
    } catch {
      // Told as missing: to whoever has to mend it, unreachable is the same.
    }
    throw this.missing(name);
  }

  damaged(name: string, what: string, cause?: unknown): BioBertError {
    const message = `The model's file ${this.pathOf(name)} ${what}.`;
    return new BioBertError(errorCodes.MODEL_FILE_DAMAGED, message, mend(name), { cause });
  }
}

function mend(name: string): string {
  return `Copy ${name} into it again; for the model that ships with BioBERT, reinstall the extension.`;
}

async function isKind(path: string, kind: 'file' | 'directory'): Promise<boolean> {
  try {
    const found = await stat(path);
    return kind === 'file' ? found.isFile() : found.isDirectory();
  } catch {
    return false;
  }
}
