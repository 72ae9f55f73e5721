import { createReadStream } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { BioBertError, errorCodes } from '../core/errors';
import type { JsonIndexed } from '../core/exports/jsonl';
import { isArrayOf, isRecord, isShape, isString } from '../protocol/guards';
import { errnoOf, fileError } from './report';

/** The state of a document and of the models. A document is read again if its key differs. */
export type IndexKey = Pick<JsonIndexed, 'stamp' | 'models'>;

type Line = IndexKey & Pick<JsonIndexed, 'document' | 'entities'>;

const isLine = isShape<Line>({
  document: isString,
  stamp: isString,
  models: isString,
  entities: isArrayOf((value): value is Line['entities'][number] => isRecord(value)),
});

/**
 * A file with one line for each document, which later runs continue. Only names and counts are kept in memory. An
 * incomplete last line of an interrupted run is dropped.
 */
export class IndexFile {
  private readonly mentions = new Map<string, number>();
  private handle: FileHandle | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly path: string) {}

  /**
   * Removes the lines that are out of date, and opens the file to append more.
   * @param keyOf Returns the current key of a document, or undefined if the document was deleted.
   * @throws {BioBertError} OUTPUT_UNWRITABLE, also for a file that is not an index.
   */
  async open(keyOf: (document: string) => IndexKey | undefined): Promise<void> {
    const kept = `${this.path}.part`;
    try {
      const handle = await open(kept, 'w');
      try {
        await this.keep(handle, keyOf);
      } catch (error) {
        await handle.close();
        await rm(kept, { force: true });
        throw error;
      }
      await handle.close();
      await rename(kept, this.path);
      this.handle = await open(this.path, 'a');
    } catch (error) {
      throw fileError(error, 'write');
    }
  }

  /** Number of mentions in a document that is up to date. Undefined if it has to be read. */
  mentionsIn(document: string): number | undefined {
    return this.mentions.get(document);
  }

  /** Appends a line made by `writeJsonIndexed`. Concurrent calls write one line after the other. */
  add(line: string): Promise<void> {
    const written = this.writing.then(() => this.handle?.appendFile(line));
    this.writing = written.catch(() => undefined);
    return written.catch((error: unknown) => {
      throw fileError(error, 'write');
    });
  }

  async close(): Promise<void> {
    await this.writing;
    await this.handle?.close();
    this.handle = undefined;
  }

  private async keep(kept: FileHandle, keyOf: (document: string) => IndexKey | undefined): Promise<void> {
    let isIncomplete = false;
    for await (const text of linesOf(this.path)) {
      // Only the last line may be incomplete, after a crash.
      if (isIncomplete) throw notAnIndex(this.path);
      const line = parse(text);
      isIncomplete = line === undefined;
      if (!line) {
        if (!text.startsWith('{"document":')) throw notAnIndex(this.path);
        continue;
      }
      const { document, stamp, models, entities } = line;
      const key = keyOf(document);
      if (key?.stamp !== stamp || key.models !== models || this.mentions.has(document)) continue;
      await kept.appendFile(`${text}\n`);
      this.mentions.set(document, entities.length);
    }
  }
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const stream = createReadStream(path, 'utf8');
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Infinity }))
      if (line !== '') yield line;
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  } finally {
    stream.destroy();
  }
}

function parse(text: string): Line | undefined {
  try {
    const line: unknown = JSON.parse(text);
    return isLine(line) ? line : undefined;
  } catch {
    return undefined;
  }
}

function notAnIndex(path: string): BioBertError {
  return new BioBertError(
    errorCodes.OUTPUT_UNWRITABLE,
    `${path} is no index of BioBERT.`,
    'Name another file with --output.',
  );
}
