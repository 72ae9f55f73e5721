import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { requireFile, root } from './gold';

let folder: string;

beforeAll(() => {
  requireFile('dist/cli.js', 'npm run build');
  requireFile('models/tagger/model.onnx', 'git checkout -- models/tagger');
  folder = mkdtempSync(path.join(tmpdir(), 'biobert-shards-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: readonly string[]): string {
  const { status, stderr } = spawnSync(process.execPath, [path.join(root, 'dist/cli.js'), ...args, '-q'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect([0, 4], stderr).toContain(status);
  return stderr;
}

const at = (name: string) => path.join(folder, name);
const read = (name: string) => readFileSync(at(name));

// The same abstracts stand in files of several formats. 8-bit models round by the batch, so that a sentence must not take
// over what was found in another document.
it('finds in shards what one run finds, byte for byte, whatever is read at the same time', () => {
  const index = ['index', 'samples', 'test/fixtures/abstracts', '--passages', '--output'];
  run(...index, at('whole.jsonl'), '--concurrency', '4', '--shard', '1/1');
  for (const shard of ['1', '2'])
    run(...index, at(`${shard}.jsonl`), '--concurrency', '1', '--shard', `${shard}/2`);
  run('merge', at('whole.jsonl'), '--output', at('whole.sorted.jsonl'), '--parquet', at('whole'));
  run('merge', at('2.jsonl'), at('1.jsonl'), '--output', at('all.jsonl'), '--parquet', at('all'));
  expect(read('all.jsonl').equals(read('whole.sorted.jsonl'))).toBe(true);
  for (const table of ['documents', 'entities', 'relations', 'passages'])
    expect(read(`all/${table}.parquet`).equals(read(`whole/${table}.parquet`)), table).toBe(true);
});
