import * as fs from 'node:fs';
import type * as wasm from 'node-sqlite3-wasm';
import { BioBertError, errorCodes } from '../../core/errors';

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
 * Opens a database with full-text search. It uses the SQLite of Node if the host has it, otherwise a WebAssembly build. A
 * damaged file is replaced by an empty one, because the index can be built again from the folder.
 *
 * @throws {BioBertError} OUTPUT_UNWRITABLE if the file cannot be written.
 */
export function openSql(file: string, prefer: 'node' | 'wasm' = 'node'): Sql {
  try {
    return tryOpen(file, prefer);
  } catch {
    for (const each of [file, `${file}-journal`, `${file}.lock`])
      fs.rmSync(each, { recursive: true, force: true });
  }
  try {
    return tryOpen(file, prefer);
  } catch (cause) {
    throw new BioBertError(
      errorCodes.OUTPUT_UNWRITABLE,
      'The index of the folder cannot be written.',
      'Check that the disk has room and that you may write to the storage folder of the extension.',
      { cause },
    );
  }
}

function tryOpen(file: string, prefer: 'node' | 'wasm'): Sql {
  const sql = (prefer === 'node' ? nodeSql(file) : undefined) ?? wasmSql(file);
  try {
    // The index can be built again, so that speed matters more than durability.
    sql.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000;');
    const [check] = sql.all('PRAGMA quick_check(1)');
    if (check?.['quick_check'] !== 'ok') throw new Error('damaged');
    return sql;
  } catch (error) {
    sql.close();
    throw error;
  }
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
  // The lock of this build is a folder, which a crash leaves behind. A workspace has one window, and a window one worker.
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
