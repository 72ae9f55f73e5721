import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import * as path from 'node:path';
import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter, type Writer } from 'hyparquet-writer';
import {
  type IndexTable,
  indexTables,
  type TableColumn,
  type TableRow,
  tableRows,
} from '../core/exports/indexTables';
import type { JsonIndexed } from '../core/exports/jsonl';
import { moveOver } from '../runtime/files/wholeFile';
import { partOf } from './indexFile';
import { fileError } from '../runtime/documents/fileErrors';

/** A group of rows is in memory before it is written; passages fill one by their length and not by their number. */
const maxGroupRows = 100_000;
const maxGroupCharacters = 32_000_000;

/**
 * The four tables of an index as Parquet files. Lines are given one after the other; a group of rows of each table is kept
 * in memory. The same lines give the same bytes.
 *
 * @example
 * ```ts
 * const tables = await ParquetTables.create('tables', {});
 * try { tables.add(line); await tables.finish(); } finally { await tables.close(); }
 * ```
 */
export class ParquetTables {
  private constructor(private readonly files: ReadonlyMap<IndexTable, TableFile>) {}

  /**
   * @param folder Is created if it is missing.
   * @param metadata Is written into each file.
   * @param groupRows Maximum number of rows in a group.
   * @throws {BioBertError} OUTPUT_UNWRITABLE
   */
  static async create(
    folder: string,
    metadata: Readonly<Record<string, string>>,
    groupRows = maxGroupRows,
  ): Promise<ParquetTables> {
    const files = new Map<IndexTable, TableFile>();
    try {
      await mkdir(folder, { recursive: true });
      for (const table of Object.keys(indexTables) as IndexTable[])
        files.set(
          table,
          new TableFile(path.join(folder, `${table}.parquet`), indexTables[table], { metadata, groupRows }),
        );
    } catch (error) {
      for (const file of files.values()) await file.close();
      throw fileError(error, 'write');
    }
    return new ParquetTables(files);
  }

  /** @throws {BioBertError} OUTPUT_UNWRITABLE */
  add(line: JsonIndexed): void {
    const rows = tableRows(line);
    try {
      for (const [table, file] of this.files) for (const row of rows[table]) file.add(row);
    } catch (error) {
      throw fileError(error, 'write');
    }
  }

  /** Completes the files, which then replace former ones. @throws {BioBertError} OUTPUT_UNWRITABLE */
  async finish(): Promise<void> {
    try {
      for (const file of this.files.values()) file.finish();
      for (const file of this.files.values()) await file.move();
    } catch (error) {
      throw fileError(error, 'write');
    }
  }

  /** Frees the files. What was not finished is removed. */
  async close(): Promise<void> {
    for (const file of this.files.values()) await file.close();
  }
}

type Column = (string | number | boolean | readonly string[] | null)[];

class TableFile {
  private readonly part: string;
  private readonly writer: ParquetWriter;
  private readonly handle: number;
  private isOpen = true;
  private readonly groupRows: number;
  private columns: Column[];
  private rows = 0;
  private characters = 0;

  constructor(
    private readonly path: string,
    private readonly schema: readonly TableColumn[],
    {
      metadata,
      groupRows,
    }: { readonly metadata: Readonly<Record<string, string>>; readonly groupRows: number },
  ) {
    this.part = partOf(path);
    this.groupRows = groupRows;
    this.columns = schema.map(() => []);
    this.handle = openSync(this.part, 'w');
    this.writer = new ParquetWriter({
      writer: appendingWriter(this.handle),
      schema: schemaOf(schema),
      kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
      createdBy: 'biobert',
    });
  }

  add(row: TableRow): void {
    for (const [index, { name, type }] of this.schema.entries()) {
      const cell = row[name] ?? null;
      this.columns[index]?.push(cell);
      if (type === 'string' && typeof cell === 'string') this.characters += cell.length;
    }
    this.rows += 1;
    if (this.rows >= this.groupRows || this.characters >= maxGroupCharacters) this.flush();
  }

  finish(): void {
    if (this.rows > 0) this.flush();
    // The file is written without pauses, so that nothing is to be waited for.
    void this.writer.finish();
    fsyncSync(this.handle);
    this.closeHandle();
  }

  move(): Promise<void> {
    return moveOver(this.part, this.path);
  }

  async close(): Promise<void> {
    this.closeHandle();
    await rm(this.part, { force: true });
  }

  private flush(): void {
    const columnData = this.schema.map(({ name }, index) => ({ name, data: this.columns[index] ?? [] }));
    void this.writer.write({ columnData, rowGroupSize: this.rows });
    this.columns = this.schema.map(() => []);
    this.rows = 0;
    this.characters = 0;
  }

  private closeHandle(): void {
    if (this.isOpen) closeSync(this.handle);
    this.isOpen = false;
  }
}

/** A writer that appends to an open file after each group of rows. */
function appendingWriter(handle: number): Writer {
  const bytes = new ByteWriter();
  const writer: Writer = bytes;
  const flush = () => {
    const written = bytes.getBytes();
    for (let at = 0; at < written.length;) at += writeSync(handle, written, at);
    bytes.index = 0;
  };
  writer.flush = flush;
  writer.finish = flush;
  return writer;
}

function schemaOf(columns: readonly TableColumn[]): SchemaElement[] {
  return [{ name: 'root', num_children: columns.length }, ...columns.flatMap(elementsOf)];
}

const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } } as const;
const types = {
  string: text,
  int32: { type: 'INT32' },
  double: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
} as const;

function elementsOf({ name, type, isRequired }: TableColumn): SchemaElement[] {
  const repetition_type = isRequired ? 'REQUIRED' : 'OPTIONAL';
  if (type !== 'strings') return [{ name, repetition_type, ...types[type] }];
  return [
    { name, repetition_type, num_children: 1, converted_type: 'LIST', logical_type: { type: 'LIST' } },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', repetition_type: 'REQUIRED', ...text },
  ];
}
