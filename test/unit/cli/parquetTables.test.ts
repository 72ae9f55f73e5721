import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { asyncBufferFromFile, parquetMetadata, parquetReadObjects } from 'hyparquet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ParquetTables } from '../../../src/cli/parquetTables';
import { indexTables } from '../../../src/core/exports/indexTables';
import type { JsonIndexed } from '../../../src/core/exports/jsonl';

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-parquet-'))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const names = Object.keys(indexTables);
const fileOf = (table: string, to = folder) => path.join(to, `${table}.parquet`);
const metadataOf = (table: string) => parquetMetadata(new Uint8Array(fs.readFileSync(fileOf(table))).buffer);

async function read(table: string): Promise<readonly Record<string, unknown>[]> {
  return parquetReadObjects({ file: await asyncBufferFromFile(fileOf(table)) });
}

async function write(lines: readonly JsonIndexed[], to = folder, groupRows?: number): Promise<void> {
  const tables = await ParquetTables.create(to, { 'biobert.key': 'm' }, groupRows);
  try {
    for (const line of lines) tables.add(line);
    await tables.finish();
  } finally {
    await tables.close();
  }
}

const gene = { start: 140, end: 145, text: 'BRCA1', type: 'Gene', probability: 0.99 };
const linked = {
  start: 120,
  end: 134,
  text: 'TNF-$\\alpha$ 😀',
  name: 'TNF-α',
  type: 'Gene',
  probability: 0.5,
  concepts: [
    { id: 'NCBIGene:7124', name: 'TNF', source: 'NCBI Gene', method: 'name', species: 'Homo sapiens' },
    { id: 'FPLX:TNF', name: 'TNF family', source: 'FamPlex', method: 'context' },
  ],
} as const;
const records: JsonIndexed = {
  document: 'papers/a.nbib',
  stamp: 's',
  models: 'm',
  publications: [
    {
      start: 0,
      end: 100,
      publication: 'Zinc 2021, A',
      title: 'A',
      year: 2021,
      pmid: '33000001',
      doi: '10.1/a',
    },
    { start: 100, end: 300, title: 'B' },
  ],
  entities: [{ start: 5, end: 11, text: 'niacin', type: 'Chemical', probability: 0.9 }, linked, gene],
  relations: [
    {
      type: 'inhibitor',
      subject: linked,
      object: { ...gene, start: 200, end: 205 },
      probability: 0.75,
      evidence: { start: 110, end: 210, text: 'TNF-α may not inhibit BRCA1.' },
      negated: { start: 150, end: 153, text: 'not' },
      speculated: false,
    },
  ],
  passages: [
    { start: 0, end: 99, text: 'Niacin.' },
    { start: 101, end: 210, text: 'TNF-α may not inhibit BRCA1.' },
  ],
};
const plain: JsonIndexed = { document: 'papers/b.txt', stamp: 't', models: 'm', entities: [gene] };

describe('ParquetTables', () => {
  it('writes a row for each publication, or for a document that names none', async () => {
    await write([records, plain]);
    expect(await read('documents')).toEqual([
      {
        document: 'papers/a.nbib',
        record: 0,
        start: 0,
        end: 100,
        publication: 'Zinc 2021, A',
        title: 'A',
        year: 2021,
        pmid: '33000001',
        pmcid: null,
        doi: '10.1/a',
        id: null,
        entities: 1,
        relations: 0,
        passages: 1,
        stamp: 's',
        models: 'm',
      },
      expect.objectContaining({ record: 1, title: 'B', pmid: null, entities: 2, relations: 1, passages: 1 }),
      expect.objectContaining({
        document: 'papers/b.txt',
        record: 0,
        start: null,
        title: null,
        entities: 1,
        relations: null,
        passages: null,
      }),
    ]);
  });

  it('writes mentions with their concepts, and what they are from', async () => {
    await write([records, plain]);
    const [first, second, , last] = await read('entities');
    expect(first).toMatchObject({
      record: 0,
      pmid: '33000001',
      doi: '10.1/a',
      entity: 0,
      concept_ids: undefined,
    });
    expect(second).toEqual({
      document: 'papers/a.nbib',
      record: 1,
      pmid: null,
      doi: null,
      entity: 1,
      start: 120,
      end: 134,
      text: 'TNF-$\\alpha$ 😀',
      name: 'TNF-α',
      type: 'Gene',
      probability: 0.5,
      concept_ids: ['NCBIGene:7124', 'FPLX:TNF'],
      concept_names: ['TNF', 'TNF family'],
      concept_sources: ['NCBI Gene', 'FamPlex'],
      link_methods: ['name', 'context'],
      species: ['Homo sapiens'],
    });
    expect(last).toMatchObject({ document: 'papers/b.txt', record: 0, entity: 0, name: 'BRCA1' });
  });

  it('writes relations that lead to their mentions, and passages', async () => {
    await write([records]);
    expect(await read('relations')).toEqual([
      {
        document: 'papers/a.nbib',
        record: 1,
        pmid: null,
        doi: null,
        relation: 0,
        type: 'inhibitor',
        subject: 1,
        object: null,
        subject_name: 'TNF-α',
        subject_type: 'Gene',
        subject_ids: ['NCBIGene:7124', 'FPLX:TNF'],
        object_name: 'BRCA1',
        object_type: 'Gene',
        object_ids: undefined,
        probability: 0.75,
        negated: true,
        negation_cue: 'not',
        speculated: false,
        speculation_cue: null,
        evidence_start: 110,
        evidence_end: 210,
        evidence: 'TNF-α may not inhibit BRCA1.',
      },
    ]);
    expect(await read('passages')).toMatchObject([
      { record: 0, pmid: '33000001', passage: 0, start: 0, end: 99, text: 'Niacin.' },
      { record: 1, pmid: null, passage: 1, start: 101, end: 210 },
    ]);
  });

  it('writes the same bytes for the same lines', async () => {
    const again = path.join(folder, 'again');
    await write([records, plain]);
    await write([records, plain], again);
    for (const table of names)
      expect(fs.readFileSync(fileOf(table, again))).toEqual(fs.readFileSync(fileOf(table)));
  });

  it('writes tables without rows, with their columns and metadata', async () => {
    await write([]);
    for (const table of names) {
      const { schema, num_rows, key_value_metadata } = metadataOf(table);
      expect(num_rows).toBe(0n);
      const columns = indexTables[table as keyof typeof indexTables].map(({ name }) => name);
      expect(schema.map(({ name }) => name)).toEqual(expect.arrayContaining(columns));
      expect(key_value_metadata).toEqual([{ key: 'biobert.key', value: 'm' }]);
    }
  });

  it('writes rows in groups, so that it holds no more than one', async () => {
    const lines = Array.from({ length: 25 }, (_, index) => ({ ...plain, document: `${index}.txt` }));
    await write(lines, folder, 10);
    const { row_groups } = metadataOf('entities');
    expect(row_groups.map(({ num_rows }) => num_rows)).toEqual([10n, 10n, 5n]);
    expect((await read('entities')).map(({ document }) => document)).toEqual(
      lines.map(({ document }) => document),
    );
  });

  it('keeps the former tables until all are complete, and leaves nothing beside them', async () => {
    await write([plain]);
    const before = fs.readFileSync(fileOf('documents'));
    const tables = await ParquetTables.create(folder, {});
    tables.add(records);
    await tables.close();
    expect(fs.readFileSync(fileOf('documents'))).toEqual(before);
    expect(fs.readdirSync(folder).sort()).toEqual(names.map((name) => `${name}.parquet`).sort());
  });

  it('says so if the folder cannot be written', async () => {
    fs.writeFileSync(path.join(folder, 'file'), '');
    await expect(ParquetTables.create(path.join(folder, 'file', 'tables'), {})).rejects.toMatchObject({
      code: 'BB305',
    });
  });
});
