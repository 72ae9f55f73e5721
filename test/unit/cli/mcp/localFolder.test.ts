import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderFiles } from '../../../../src/cli/mcp/folderFiles';
import { LocalFolder, type LocalFolderParts } from '../../../../src/cli/mcp/localFolder';
import { CancelledError } from '../../../../src/core/errors';
import type { BioBertEngine } from '../../../../src/protocol/engine';
import { createEngine } from '../../../../src/runtime/engine/engine';
import { FakeIndexClient } from '../../../support/fakeIndexClient';
import { writeTinyTagger } from '../../../support/tinyTagger';

let base: string;
let client: FakeIndexClient;
let engine: BioBertEngine;
let folder: LocalFolder;
const { signal } = new AbortController();

const at = (name: string) => path.join(base, 'papers', name);
const document = (name: string) => pathToFileURL(at(name)).href;

/** Writes a file whose times differ from those of the file before, as they do after a while. */
function write(name: string, text: string): void {
  fs.writeFileSync(at(name), text);
  const later = fs.statSync(at(name)).mtimeMs / 1000 + ++writes;
  fs.utimesSync(at(name), later, later);
}
let writes = 0;

async function open(parts: Partial<LocalFolderParts> = {}): Promise<LocalFolder> {
  const files = await FolderFiles.open(path.join(base, 'papers'));
  const screening = {} as never;
  return new LocalFolder({ files, client, engine, version: '1', reviewer: 'Anna', screening, ...parts });
}

beforeEach(async () => {
  base = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-local-')));
  fs.mkdirSync(path.join(base, 'papers'));
  const model = path.join(base, 'model');
  writeTinyTagger(model);
  engine = createEngine({ modelPaths: { 'token-classification': model } });
  client = new FakeIndexClient();
  folder = await open();
});
afterEach(async () => {
  await folder.dispose();
  await engine.dispose();
  fs.rmSync(base, { recursive: true, force: true });
});

describe('LocalFolder', () => {
  it('reads what is new or has changed, and nothing twice', async () => {
    write('a.txt', 'BRCA1 carriers.');
    write('b.txt', 'TP53 carriers.');
    expect(await folder.refresh(signal)).toEqual({ documents: 2, read: 2, unreadable: [] });
    expect(client.put).toEqual([document('a.txt'), document('b.txt')]);
    write('b.txt', 'CD4 carriers.');
    fs.rmSync(at('a.txt'));
    expect(await folder.refresh(signal)).toEqual({ documents: 1, read: 1, unreadable: [] });
    await folder.refresh(signal);
    expect(client.put.slice(2)).toEqual([document('b.txt')]);
    expect(client.found.slice(2)).toEqual([document('b.txt')]);
    expect([...client.documents.keys()]).toEqual([document('b.txt')]);
  });

  it('says which documents cannot be read, each once, as long as they cannot', async () => {
    write('a.txt', 'BRCA1 carriers.');
    await folder.refresh(signal);
    fs.writeFileSync(path.join(base, 'outside.txt'), 'TP53 carriers.');
    fs.rmSync(at('a.txt'));
    fs.symlinkSync(path.join(base, 'outside.txt'), at('a.txt'));
    const reason = 'It is a link to a file outside of the folder. Copy the file into the folder. (BB303)';
    const state = { documents: 1, read: 0, unreadable: [{ document: 'a.txt', reason }] };
    for (let run = 0; run < 2; run++) expect(await folder.refresh(signal)).toEqual(state);
    expect(await folder.documents()).toEqual([document('a.txt')]);
    expect(await folder.text(document('a.txt'), signal)).toBeUndefined();
    fs.rmSync(at('a.txt'));
    expect(await folder.refresh(signal)).toEqual({ documents: 0, read: 0, unreadable: [] });
    write('a.txt', 'BRCA1 carriers.');
    expect(await folder.refresh(signal)).toEqual({ documents: 1, read: 1, unreadable: [] });
  });

  it('tells a text that the index has from one that was written since', async () => {
    write('a.txt', 'BRCA1 carriers.');
    await folder.refresh(signal);
    expect(await folder.text(document('a.txt'), signal)).toMatchObject({ isIndexed: true });
    write('a.txt', 'So: BRCA1 carriers.');
    const changed = { text: 'So: BRCA1 carriers.', format: 'plain', isIndexed: false };
    expect(await folder.text(document('a.txt'), signal)).toEqual(changed);
    await folder.refresh(signal);
    expect(await folder.text(document('a.txt'), signal)).toEqual({ ...changed, isIndexed: true });
  });

  it('returns what is known when reading takes longer than its patience, and reads on', async () => {
    write('a.txt', 'BRCA1 carriers.');
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const slow = await open({
      patienceMs: 0,
      client: { request: async (method, params) => (await gate, client.request(method, params)) },
    });
    const asked = slow.refresh(signal);
    release();
    expect((await asked).read).toBe(0);
    while ((await slow.refresh(signal)).read < 1) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(client.put).toEqual([document('a.txt')]);
    await slow.dispose();
  });

  it('stops to wait when the call is cancelled', async () => {
    const controller = new AbortController();
    const asked = folder.refresh(controller.signal);
    controller.abort();
    await expect(asked).rejects.toThrow(CancelledError);
  });

  it('passes the error of a run on to one call, and runs again', async () => {
    let failures = 1;
    const failing = await open({
      client: {
        request: (method, params) =>
          failures-- > 0 ? Promise.reject(new Error('full')) : client.request(method, params),
      },
    });
    await expect(failing.refresh(signal)).rejects.toThrow('full');
    expect(await failing.refresh(signal)).toMatchObject({ documents: 0 });
    await failing.dispose();
  });

  it('reads no folder that is not there', async () => {
    await expect(FolderFiles.open(at('missing'))).rejects.toMatchObject({ code: 'BB303' });
  });
});
