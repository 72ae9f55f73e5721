/** The ranking of records in the real worker. */
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CancelledError, errorCodes } from '../../src/core/errors';
import { createRanker } from '../../src/core/screening/ranker';
import { ScreeningClient } from '../../src/runtime/screening/screeningClient';
import { screeningRecords } from '../support/screeningRecords';

const workerPath = path.resolve(import.meta.dirname, '../../dist/screeningWorker.js');
const records = screeningRecords(40, 4);
const question = 'Does music lower the anxiety of patients before surgery?';
const decisions = [
  { id: 'r0', relevant: true },
  { id: 'r39', relevant: false },
];

let clients: ScreeningClient[] = [];

function openClient(script = workerPath): ScreeningClient {
  const client = new ScreeningClient({ workerPath: script });
  clients.push(client);
  return client;
}

afterEach(() => {
  for (const client of clients) client.dispose();
  clients = [];
});

describe('the screening worker', () => {
  it('gives the order that the ranker gives, and the progress', async () => {
    const client = openClient();
    await client.load(records, question);
    const { order, scores, progress } = await client.rank(decisions);
    const expected = createRanker(records, { question }).rank(decisions);
    expect(order).toEqual(expected.order);
    expect(scores).toEqual(expected.scores);
    expect(progress).toMatchObject({ total: 40, decided: 2, found: 1 });
  });

  it('cancels a ranking when a newer one is asked for', async () => {
    const client = openClient();
    await client.load(records, question);
    const first = client.rank([]);
    const second = client.rank(decisions.slice(0, 1));
    const third = client.rank(decisions);
    await expect(first).rejects.toThrow(CancelledError);
    await expect(second).rejects.toThrow(CancelledError);
    expect((await third).progress.decided).toBe(2);
  });

  it('ranks the records that were loaded last', async () => {
    const client = openClient();
    const first = client.load(records, question);
    const second = client.load(records.slice(0, 3), '');
    await expect(first).rejects.toThrow(CancelledError);
    await second;
    expect((await client.rank([])).order).toEqual(['r0', 'r1', 'r2']);
  });

  it('cancels what is being made when it is disposed, and makes nothing afterwards', async () => {
    const client = openClient();
    await client.load(records, question);
    const ranking = client.rank(decisions);
    client.dispose();
    await expect(ranking).rejects.toThrow(CancelledError);
    await expect(client.rank(decisions)).rejects.toThrow(CancelledError);
  });

  it('says that the worker has ended, and starts it again with the same records', async () => {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'screening-'));
    const script = path.join(folder, 'worker.cjs');
    const started = JSON.stringify(path.join(folder, 'started'));
    await fs.writeFile(
      script,
      `const fs = require('node:fs');
       if (fs.existsSync(${started})) require(${JSON.stringify(workerPath)});
       else fs.writeFileSync(${started}, '');`,
    );
    const client = openClient(script);
    await expect(client.load(records, question)).rejects.toMatchObject({
      code: errorCodes.CONNECTION_CLOSED,
    });
    expect((await client.rank(decisions)).order).toHaveLength(38);
    client.dispose();
    await fs.rm(folder, { recursive: true });
  });
});
