import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancelledError, errorCodes } from '../../src/core/errors';
import { emptySettings } from '../../src/core/review/settings';
import { ImportClient } from '../../src/editor/review/importClient';
import { ReviewFolder } from '../../src/runtime/review/reviewFolder';
import { bundle, LineProcess } from '../support/processes';
import { Random } from '../support/random';

const root = path.resolve(import.meta.dirname, '../..');
const worker = path.join(root, 'dist/reviewWorker.js');
const when = '2026-11-01T00:00:00.000Z';
let folder: string;
let client: ImportClient;
beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-review-'));
  client = new ImportClient(worker);
  await ReviewFolder.create(folder, emptySettings);
});
afterEach(async () => {
  await client.stop();
  fs.rmSync(folder, { recursive: true });
});

/** Records of an export; every tenth repeats the one before it. */
function writeRecords(name: string, count: number): string {
  const words = 'zinc iron copper gold lead niacin statin gout cold hair bone liver child mouse trial'.split(
    ' ',
  );
  const random = new Random(7);
  const records: string[] = [];
  for (let number = 0; records.length < count; number++) {
    const title = Array.from({ length: 8 }, () => random.pick(words)).join(' ');
    const record = `TY  - JOUR\nTI  - ${title} ${number}\nAU  - Author${number}, Anna\nPY  - 2020\nDO  - 10.1000/study.${number}\nAB  - ${'Text of it. '.repeat(100)}\nER  - \n`;
    records.push(...(records.length % 10 === 8 ? [record, record] : [record]));
  }
  const file = path.join(folder, name);
  fs.writeFileSync(file, records.join('\n'));
  return file;
}
const requestOf = (file: string) => ({
  folder,
  when,
  sources: [{ path: file, file: path.basename(file), database: 'Embase', kind: 'database' as const }],
});
async function review(): Promise<ReviewFolder> {
  const opened = await ReviewFolder.open(folder);
  if (!opened) throw new Error('No review');
  return opened;
}

describe('the worker that imports records', () => {
  it('reads a file, finds duplicates and writes the import', async () => {
    const file = writeRecords('a.ris', 50);
    expect(await client.readFile({ path: file, isChosen: true, folder })).toMatchObject({
      summary: { format: 'RIS', records: 50 },
    });
    expect(await client.import(requestOf(file))).toEqual({ records: 50, merged: 5, doubtful: 0 });
    expect((await review()).state.records).toHaveLength(50);
  });

  it('passes on errors and goes on', async () => {
    const missing = client.readFile({ path: path.join(folder, 'missing.ris'), isChosen: true });
    await expect(missing).rejects.toMatchObject({ code: errorCodes.DOCUMENT_UNREADABLE });
    expect(await client.readFile({ path: writeRecords('a.ris', 1), isChosen: true })).toBeDefined();
  });

  it('starts anew after it was stopped', async () => {
    const file = writeRecords('a.ris', 2);
    await client.readFile({ path: file, isChosen: true });
    await client.stop();
    expect((await client.readFile({ path: file, isChosen: true }))?.summary.records).toBe(2);
  });

  it('imports all or nothing when it is stopped at any moment, and leaves no lock', async () => {
    const file = writeRecords('a.ris', 400);
    const random = new Random(3);
    for (let run = 0; run < 12; run++) {
      const before = (await review()).state.records.length;
      await client.readFile({ path: file, isChosen: true });
      const controller = new AbortController();
      const importing = client.import(requestOf(file), controller.signal).catch((error: unknown) => error);
      await sleep(random.between(0, 700));
      controller.abort();
      const result = await importing;
      await client.stop();
      const { state, problems } = await review();
      const added = state.records.length - before;
      expect([0, 400]).toContain(added);
      if (!(result instanceof CancelledError)) expect(added).toBe(400);
      expect(
        problems.filter((each) => !each.startsWith('records.jsonl') && !each.startsWith('duplicates')),
      ).toEqual([]);
      expect(state.settings.sources).toHaveLength(state.records.length / 400);
      expect(fs.readdirSync(path.join(folder, '.biobert')).filter((name) => name.endsWith('.lock'))).toEqual(
        [],
      );
    }
  });
});

describe('windows that are killed while they screen', () => {
  it('lose no decision that they have accepted', async () => {
    const script = await bundle(root, 'test/support/reviewWindow.ts', folder);
    const random = new Random(5);
    let accepted = 0;
    for (let kill = 0; kill < 6; kill++) {
      const windows = ['Anna', 'Anna', 'Ben'].map((who) => new LineProcess(root, script, [folder, who]));
      const last = await Promise.all(
        windows.map(async (window) => {
          const decisions = random.between(1, 40);
          let line = '';
          for (let number = 0; number < decisions; number++) line = await window.line();
          await window.kill();
          return Number(line);
        }),
      );
      const { screening } = (await review()).state;
      for (const [index, who] of ['Anna', 'Anna', 'Ben'].entries()) {
        accepted += (last[index] ?? 0) + 1;
        for (let number = 0; number <= (last[index] ?? 0); number++) {
          expect(screening.decisionOf(String(number), 'abstract', who)).toBeDefined();
        }
      }
      for (const name of ['screening-anna.jsonl', 'screening-ben.jsonl'])
        fs.rmSync(path.join(folder, '.biobert', name));
    }
    expect(accepted).toBeGreaterThan(17);
  });
});
