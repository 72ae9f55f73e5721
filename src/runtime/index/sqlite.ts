import * as fs from 'node:fs';
import type * as wasm from 'node-sqlite3-wasm';
import { BioBertError, errorCodes } from '../../core/errors';

export type SqlValue = string | number | Uint8Array | null;
export type SqlRow = Readonly<Record<string, unknown>>;

/** The little of SQLite that the index uses; both implementations give the same. */
export interface Sql {
  /** Which one it is. */
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
 * Opens a database with full-text search: with Node's own SQLite where the host has it, otherwise with a
 * WebAssembly build. A damaged file is made anew: everything in it can be read again from the folder.
 *
 * @throws {BioBertError} OUTPUT_UNWRITABLE when the file cannot be written.
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
    // What is in it can be made again: speed before safety.
    sql.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000;');
    const [check] = sql.all('PRAGMA quick_check(1)');
    if (check?.['quick_check'] !== 'ok') throw new Error('damaged');
    return sql;
  } catch (error) {
    sql.close();
    throw error;
  }
}

/** @returns undefined where this Node has no SQLite, or one without full-text search. */
function nodeSql(file: string): Sql | undefined {
  // Older hosts do not have the function either.
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
  // Loaded where it is needed alone: it brings a megabyte of WebAssembly.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- A static import would load it everywhere.
  const { Database } = require('node-sqlite3-wasm') as typeof wasm;
  // Its lock is a folder, which a crash leaves behind; one window has one worker, and one workspace one window.
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
