import { BioBertError, errorCodes } from '../../core/errors';
import { writeFailureOf } from '../files/errorCode';
import { workQueue } from '../workQueue';
import { removeDatabase, withIndexLock } from './indexFiles';
import { PassageStore } from './passageStore';
import { checkIntegrity, isDamage, isSqlError, openSql, type Sql } from './sqlite';
import { VectorSearch } from './vectorSearch';

export interface IndexDatabaseOptions {
  /** Default: the SQLite of Node, if the host has it. */
  readonly prefer?: 'node' | 'wasm';
  /** Time to wait for another window, in milliseconds. Default: a minute. */
  readonly waitMs?: number;
}

const defaultWaitMs = 60_000;

/**
 * The index of a folder, shared by all windows that have the folder open. Each piece of work has the database for
 * itself: it takes the lock, opens the database and closes it. That costs some milliseconds, and a document takes many
 * times as long to read. A connection that stayed open would need shared memory, which the WebAssembly build does not
 * have.
 *
 * @example
 * ```ts
 * const database = new IndexDatabase('index.sqlite');
 * const { documents } = await database.run((store) => store.stats());
 * ```
 */
export class IndexDatabase {
  private readonly queue = workQueue();
  private readonly vectors = new VectorSearch();
  private isChecked = false;

  constructor(
    private readonly file: string,
    private readonly options: IndexDatabaseOptions = {},
  ) {}

  /**
   * Runs `work` on the database. A damaged database is replaced by an empty one, because the index can be built again
   * from the folder; in every other case of an error the database stays.
   *
   * @throws {BioBertError} FILE_BUSY if another window does not finish in time, OUTPUT_UNWRITABLE.
   */
  run<T>(work: (store: PassageStore) => T): Promise<T> {
    return this.queue(() =>
      withIndexLock(this.file, this.options.waitMs ?? defaultWaitMs, async () => {
        try {
          return await this.runOrReplace(work);
        } catch (error) {
          throw isSqlError(error) ? unwritable(error) : error;
        }
      }),
    );
  }

  private async runOrReplace<T>(work: (store: PassageStore) => T): Promise<T> {
    try {
      return this.runOnce(work);
    } catch (error) {
      if (!isDamage(error)) throw error;
    }
    await removeDatabase(this.file);
    this.vectors.clear();
    return this.runOnce(work, true);
  }

  private runOnce<T>(work: (store: PassageStore) => T, isReplaced = false): T {
    const sql = openSql(this.file, this.options.prefer);
    let result;
    try {
      if (!this.isChecked) checkIntegrity(sql);
      this.isChecked = true;
      result = work(new PassageStore(sql, this.vectors, isReplaced));
    } catch (error) {
      closeQuietly(sql);
      throw error;
    }
    // Closing writes the log back into the database, which may fail.
    sql.close();
    return result;
  }
}

function closeQuietly(sql: Sql): void {
  try {
    sql.close();
  } catch {
    // The first error says what went wrong.
  }
}

function unwritable(cause: Error): BioBertError {
  const isFull = writeFailureOf(cause) === 'full';
  return new BioBertError(
    errorCodes.OUTPUT_UNWRITABLE,
    isFull
      ? 'The disk is full: the index of the folder cannot be written.'
      : 'The index of the folder cannot be written.',
    isFull
      ? 'Free some space, then index again. What is indexed stays.'
      : 'Check that the disk has room and that you may write to the storage folder of the extension.',
    { cause },
  );
}
