import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes } from '../../../../src/core/errors';
import { emptySettings } from '../../../../src/core/review/settings';
import { RecordImporter } from '../../../../src/runtime/review/recordImporter';
import { ReviewFolder } from '../../../../src/runtime/review/reviewFolder';
import { recordFiles } from '../../../support/recordFiles';

let folder: string;
let importer: RecordImporter;
beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-import-'));
  await ReviewFolder.create(folder, emptySettings);
  importer = new RecordImporter();
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

const when = '2026-11-01T00:00:00.000Z';
const { ris = '', medline = '' } = recordFiles;
function write(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, content);
  return file;
}
const readFile = (file: string, isChosen = true) => importer.readFile({ path: file, isChosen, folder });
const importOf = (...names: string[]) =>
  importer.import({
    folder,
    when,
    sources: names.map((name) => ({
      path: path.join(folder, name),
      file: name,
      database: 'Embase',
      kind: 'database' as const,
    })),
  });
const state = async () => (await ReviewFolder.open(folder))?.state;

describe('reading a file', () => {
  it('recognises its format, its records and its database', async () => {
    expect(await readFile(write('embase.txt', ris))).toEqual({
      path: path.join(folder, 'embase.txt'),
      database: 'Embase',
      kind: 'database',
      decisions: 0,
      summary: {
        format: 'RIS',
        records: 1,
        withAbstract: 1,
        withDoi: 1,
        withPmid: 0,
        withoutTitle: 0,
        unreadLines: [],
      },
    });
  });

  it('decodes files of other programs', async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(ris, 'utf16le')]);
    expect((await readFile(write('a.ris', utf16)))?.summary.records).toBe(1);
  });

  it.each([
    ['a letter', 'letter.txt', 'Dear Anna, see the attached papers.'],
    ['settings', 'settings.json', '{"title": "x", "a": 1}'],
    ['a table of other data', 'data.csv', 'a,b\n1,2\n'],
    [
      'a page of the web',
      'page.html',
      '<html><head><title>Zinc in colds</title></head><body><p>x</p></body></html>',
    ],
    [
      'an export of this extension',
      'evidence.csv',
      'topic,document,publication,citation,line,start,end,answer,sentence,denied,supposed,probability,note,annotator,model_sha256,subject_id,object_id\n',
    ],
    ['an empty file of records', 'empty.ris', ''],
  ])('leaves out %s of a folder', async (_what, name, text) => {
    expect(await readFile(write(name, text), false)).toBeUndefined();
  });

  it('takes files of records from a folder, and any text that the user chose', async () => {
    expect((await readFile(write('set.nbib', medline), false))?.database).toBe('PubMed');
    expect((await readFile(write('notes.txt', 'Zinc in colds\n\nIt helps.')))?.summary.records).toBe(1);
  });

  it('refuses a binary file and a missing one', async () => {
    await expect(readFile(write('a.ris', Buffer.alloc(5000)))).rejects.toMatchObject({
      code: errorCodes.DOCUMENT_BINARY,
    });
    await expect(readFile(path.join(folder, 'missing.ris'))).rejects.toMatchObject({
      code: errorCodes.DOCUMENT_UNREADABLE,
    });
  });
});

describe('an import', () => {
  it('writes records, sources and duplicates of several files', async () => {
    await readFile(write('embase.ris', ris));
    await readFile(write('pubmed.nbib', medline));
    expect(await importOf('embase.ris', 'pubmed.nbib')).toEqual({ records: 2, merged: 1, doubtful: 0 });
    const review = await state();
    expect(review?.records.map(({ id, source, index }) => ({ id, source, index }))).toEqual([
      { id: 'doi:10.1000/zinc.1', source: 's1', index: 0 },
      { id: 'pmid:33000001', source: 's2', index: 0 },
    ]);
    expect(review?.settings.sources).toMatchObject([
      { id: 's1', file: 'embase.ris', records: 1, imported: when },
      { id: 's2', file: 'pubmed.nbib', records: 1 },
    ]);
    expect(review?.duplicates.merged).toMatchObject([{ reason: 'doi', when }]);
  });

  it('compares with what was imported before, and gives each record an identifier of its own', async () => {
    await readFile(write('embase.ris', ris));
    await importOf('embase.ris');
    await readFile(write('copy.ris', ris));
    expect(await importOf('copy.ris')).toMatchObject({ records: 1, merged: 1 });
    const review = await state();
    expect(review?.records.map(({ id }) => id)).toEqual(['doi:10.1000/zinc.1', 'doi:10.1000/zinc.1#2']);
    expect(review?.duplicates.keptOf).toEqual(new Map([['doi:10.1000/zinc.1#2', 'doi:10.1000/zinc.1']]));
  });

  it('needs a review', async () => {
    fs.rmSync(path.join(folder, '.biobert'), { recursive: true });
    await expect(importOf()).rejects.toMatchObject({ code: errorCodes.ARGUMENT_INVALID });
  });
});

describe('a file that was imported before', () => {
  it('is recognised by its records, also under another name', async () => {
    await readFile(write('embase.ris', ris));
    await importOf('embase.ris');
    for (const name of ['embase.ris', 'renamed.ris']) {
      expect((await readFile(write(name, ris)))?.before).toEqual({ imported: when, isSame: true });
    }
  });

  it('is recognised by its name if its records have changed', async () => {
    await readFile(write('embase.ris', ris));
    await importOf('embase.ris');
    const changed = ris.replace('gout', 'colds');
    expect((await readFile(write('embase.ris', changed)))?.before).toEqual({ imported: when, isSame: false });
    expect((await readFile(write('other.ris', changed)))?.before).toBeUndefined();
  });
});
