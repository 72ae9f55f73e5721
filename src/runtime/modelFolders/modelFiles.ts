/** Reads the files of a model folder. Every error names the file and a way to repair it. */
import { createHash } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BioBertError, errorCodes } from '../../core/errors';
import { isRecord } from '../../protocol/guards';
import { type ModelTask, taskTable } from '../../protocol/tasks';

/** The size and hash of a file as recorded in `biobert.json`. */
export interface FileRecord {
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

const megabyte = 1 << 20;

/** Maximum size of a text file that is read into memory. The limit protects against folders from unknown sources. */
const maxTextBytes = 64 * megabyte;

export class ModelFiles {
  /** @param task The task that the model is loaded for. */
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

  /**
   * @returns the object in the file, or `undefined` if there is no file.
   * @throws {BioBertError} if it is not a JSON object.
   */
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
      const size = await this.sizeOf(name);
      if (size !== bytes) throw this.damaged(name, `has ${size} bytes where biobert.json says ${bytes}`);
    }
    for (const [name, { sha256 }] of files) {
      if ((await this.hashOf(name)) !== sha256)
        throw this.damaged(name, 'differs from its sha256 in biobert.json');
    }
  }

  /** @returns the SHA-256 of a file, in hexadecimal. */
  async hashOf(name: string): Promise<string> {
    const hash = createHash('sha256');
    // All reads share one buffer, because a stream would allocate as much memory as the file is long.
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
    return new BioBertError(errorCodes.MODEL_FILE_MISSING, message, repairStep(name));
  }

  /** @throws {BioBertError} MODEL_FILE_MISSING */
  async sizeOf(name: string): Promise<number> {
    try {
      const stats = await stat(this.pathOf(name));
      if (stats.isFile()) return stats.size;
    } catch {
      // An unreachable file is reported as missing: the user repairs both in the same way.
    }
    throw this.missing(name);
  }

  damaged(name: string, what: string, cause?: unknown): BioBertError {
    const message = `The model's file ${this.pathOf(name)} ${what}.`;
    return new BioBertError(errorCodes.MODEL_FILE_DAMAGED, message, repairStep(name), { cause });
  }
}

function repairStep(name: string): string {
  return `Copy ${name} into it again; for the model that ships with BioBERT, reinstall the extension.`;
}

async function isKind(path: string, kind: 'file' | 'directory'): Promise<boolean> {
  try {
    const stats = await stat(path);
    return kind === 'file' ? stats.isFile() : stats.isDirectory();
  } catch {
    return false;
  }
}
