import * as fs from 'node:fs';
import type * as wasm from 'node-sqlite3-wasm';
import { errorCode } from '../files/errorCode';

export type SqlValue = string | number | Uint8Array | null;
export type SqlRow = Readonly<Record<string, unknown>>;

/** The part of SQLite that the index uses. Both implementations behave alike. */
export interface Sql {
  /** Name of the implementation, for the log. */
  readonly name: string;
  exec(sql: string): void;
  run(sql: string, ...values: readonly SqlValue[]): void;
  all(sql: string, ...values: readonly SqlValue[]): readonly SqlRow[];
  close(): void;
}

interface NodeStatement {
  run(...values: readonly SqlValue[]): unknown;
  all(...values: readonly SqlValue[]): readonly SqlRow[];
}

interface NodeDatabase {
  exec(sql: string): void;
  prepare(sql: string): NodeStatement;
  close(): void;
}

interface NodeSqlite {
  readonly DatabaseSync: new (file: string) => NodeDatabase;
}

/**
 * Opens a database with full-text search, and creates it if it is missing. It uses the SQLite of Node if the host has it,
 * otherwise a WebAssembly build. The caller must hold the lock of the database and close it before the lock is released.
 *
 * Changes go to a write-ahead log first, so that a process that is killed leaves the database whole: the next one to
 * open it completes or drops the last transaction. A rollback journal would not do, because the WebAssembly build takes
 * its own lock for that of another process and never plays a journal back. The log needs shared memory unless one
 * connection has the database for itself, hence the exclusive mode.
 *
 * @throws the error of SQLite; see {@link isDamage}.
 */
export function openSql(file: string, prefer: 'node' | 'wasm' = 'node'): Sql {
  const sql = (prefer === 'node' ? nodeSql(file) : undefined) ?? wasmSql(file);
  try {
    // The index can be built again after a power cut, so that speed matters more than durability.
    sql.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000;',
    );
    return sql;
  } catch (error) {
    sql.close();
    throw error;
  }
}

/** @throws an error that {@link isDamage} recognises. Reads the whole database. */
export function checkIntegrity(sql: Sql): void {
  const [check] = sql.all('PRAGMA quick_check(1)');
  if (check?.['quick_check'] !== 'ok') throw new DamageError();
}

class DamageError extends Error {
  override readonly name = 'SQLite3Error';
  constructor() {
    super('database disk image is malformed');
  }
}

/** Whether SQLite threw the error. */
export function isSqlError(error: unknown): error is Error {
  return error instanceof Error && (error.name === 'SQLite3Error' || errorCode(error) === 'ERR_SQLITE_ERROR');
}

/**
 * Whether the database itself is damaged (SQLITE_CORRUPT, SQLITE_NOTADB). A database that is busy, that cannot be opened
 * or that has no space is not.
 */
export function isDamage(error: unknown): boolean {
  // The WebAssembly build has no codes. SQLite's words for these two have been the same since 2004.
  return isSqlError(error) && /malformed|not a database|fts5: corruption/iu.test(error.message);
}

/** @returns undefined if this Node has no SQLite, or one without full-text search. */
function nodeSql(file: string): Sql | undefined {
  // Older hosts do not have `getBuiltinModule` either.
  const builtin = (process as { getBuiltinModule?: (id: string) => object | undefined }).getBuiltinModule;
  const sqlite = builtin?.('node:sqlite') as NodeSqlite | undefined;
  if (!sqlite) return undefined;
  const database = new sqlite.DatabaseSync(file);
  if (!hasFullText((sql) => database.prepare(sql).all())) {
    database.close();
    return undefined;
  }
  const prepared = new Map<string, NodeStatement>();
  const prepare = (sql: string): NodeStatement => {
    const statement = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
  return {
    name: 'node:sqlite',
    exec: (sql) => database.exec(sql),
    run: (sql, ...values) => void prepare(sql).run(...values),
    all: (sql, ...values) => prepare(sql).all(...values),
    close: () => database.close(),
  };
}

function wasmSql(file: string): Sql {
  // The package brings a megabyte of WebAssembly; it is loaded only where it is needed.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- A static import would load it everywhere.
  const { Database } = require('node-sqlite3-wasm') as typeof wasm;
  // The lock of this build is a folder, which a killed process leaves behind. Nobody else has the database open now.
  fs.rmSync(`${file}.lock`, { recursive: true, force: true });
  const database = new Database(file);
  const prepared = new Map<string, wasm.Statement>();
  const prepare = (sql: string): wasm.Statement => {
    const statement = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
  return {
    name: 'WebAssembly',
    exec: (sql) => {
      database.exec(sql);
    },
    run: (sql, ...values) => {
      prepare(sql).run([...values]);
    },
    all: (sql, ...values) => prepare(sql).all([...values]),
    close: () => {
      for (const statement of prepared.values()) statement.finalize();
      database.close();
    },
  };
}

function hasFullText(all: (sql: string) => readonly SqlRow[]): boolean {
  return all('PRAGMA compile_options').some((row) => Object.values(row).includes('ENABLE_FTS5'));
}
