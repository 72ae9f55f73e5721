import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parquetMetadata } from 'hyparquet';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type FakeServer, startFakeServer } from '../support/fakeInferenceServer';
import { linesOf } from '../support/indexKills';
import { closed } from '../support/processes';
import { servedFolder } from '../support/servedFolder';
import { writeTinyRelations } from '../support/tinyRelations';
import { writeTinyTagger } from '../support/tinyTagger';
import { disposables, root, until } from './engines';

const { folder } = disposables();
const cli = path.join(root, 'dist/cli.js');

// Each test runs the command several times.
vi.setConfig({ testTimeout: 240_000 });

let server: FakeServer | undefined;
afterEach(() => server?.close());

const sorted = (lines: readonly string[]) => [...lines].sort();

/** A folder with documents, both models, and the command. */
function setUp(documents: number, slowness = 0) {
  const cwd = folder();
  const tagger = writeTinyTagger(path.join(cwd, 'tagger'), { slowness });
  const relations = writeTinyRelations(path.join(cwd, 'relations'));
  const write = (name: string, text: string) => {
    const file = path.join(cwd, 'papers', name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  };
  for (let number = 0; number < documents; number += 1)
    write(`${number % 3}/${number}.txt`, `Aspirin may not inhibit BRCA1 in group ${number}.\n`);
  const models = ['--tagger', tagger, '--relations', relations];
  const start = (args: readonly string[]) => spawn(process.execPath, [cli, ...args], { cwd });
  const run = async (args: readonly string[]) => {
    const child = start(args);
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    const [status] = await closed(child);
    return { status, stderr };
  };
  const indexArgs = (name: string, more: readonly string[] = []) => [
    'index',
    'papers',
    '--output',
    name,
    ...models,
    '--quiet',
    ...more,
  ];
  const index = (name: string, more?: readonly string[]) => run(indexArgs(name, more));
  const at = (name: string) => path.join(cwd, name);
  return {
    cwd,
    tagger,
    relations,
    write,
    at,
    start,
    run,
    index,
    indexArgs,
    lines: (name: string) => linesOf(at(name)),
  };
}

/** Whether a run holds the lock of an output, and not a killed one before it. */
function isLocked(output: string, since: number): boolean {
  return fs.existsSync(`${output}.lock`) && fs.statSync(`${output}.lock`).mtimeMs >= since;
}

const ok = { status: 0, stderr: '' };

describe('biobert index --shard', () => {
  it('writes in all shards together the lines of one run', async () => {
    const { index, lines, at } = setUp(20);
    expect(await index('whole.jsonl')).toEqual(ok);
    const shards = ['1/3', '2/3', '3/3'];
    for (const [number, shard] of shards.entries())
      expect(await index(`${number}.jsonl`, ['--shard', shard])).toEqual(ok);
    const parts = shards.map((_, number) => lines(`${number}.jsonl`));
    expect(parts.every((part) => part.length > 0)).toBe(true);
    expect(sorted(parts.flat())).toEqual(sorted(lines('whole.jsonl')));
    expect(fs.existsSync(at('whole.jsonl.done'))).toBe(false);
    const done = JSON.parse(fs.readFileSync(at('1.jsonl.done'), 'utf8')) as unknown;
    const { models } = JSON.parse(parts[1]?.[0] ?? '') as { models: string };
    expect(done).toMatchObject({ shard: '2/3', models, documents: parts[1]?.length, failed: 0 });
  });

  it('goes on after kills at several moments, and says only then that it is complete', async () => {
    const { index, indexArgs, start, lines, at } = setUp(40, 100);
    await index('expected.jsonl', ['--shard', '1/2']);
    let kept: readonly string[] = [];
    // The first one is killed when it has the lock, the others when they have written a few lines more.
    for (const more of [0, 1, 3, 2]) {
      const started = Date.now();
      const child = start(indexArgs('killed.jsonl', ['--shard', '1/2']));
      const end = closed(child);
      await until(
        () => isLocked(at('killed.jsonl'), started) && lines('killed.jsonl').length >= kept.length + more,
      );
      child.kill('SIGKILL');
      await end;
      // The lock stays, and the next run takes it over.
      expect(fs.existsSync(at('killed.jsonl.lock'))).toBe(true);
      expect(fs.existsSync(at('killed.jsonl.done'))).toBe(false);
      expect(lines('killed.jsonl').slice(0, kept.length)).toEqual(kept);
      kept = lines('killed.jsonl');
    }
    expect(kept.length).toBeGreaterThan(5);
    expect(kept.length).toBeLessThan(lines('expected.jsonl').length);
    expect(await index('killed.jsonl', ['--shard', '1/2'])).toEqual(ok);
    expect(lines('killed.jsonl').slice(0, kept.length)).toEqual(kept);
    expect(fs.existsSync(at('killed.jsonl.lock'))).toBe(false);
    expect(sorted(lines('killed.jsonl'))).toEqual(sorted(lines('expected.jsonl')));
    expect(fs.readFileSync(at('killed.jsonl.done'), 'utf8')).toBe(
      fs.readFileSync(at('expected.jsonl.done'), 'utf8'),
    );
  });

  it('goes on after a kill on another machine only when it is told that no run is left there', async () => {
    const { index, run, lines, at } = setUp(6);
    const since = '2026-11-30T12:00:00.000Z';
    const lock = JSON.stringify({ pid: process.pid, host: `not-${os.hostname()}`, since });
    const shard = ['--shard', '1/1'];
    fs.writeFileSync(at('one.jsonl.lock'), lock);
    expect(await index('one.jsonl', shard)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`on not-${os.hostname()}, since ${since}`) as string,
    });
    expect(await index('one.jsonl', [...shard, '--take-over'])).toEqual(ok);
    expect(lines('one.jsonl')).toHaveLength(6);
    fs.writeFileSync(at('all.jsonl.lock'), lock);
    const merge = ['merge', 'one.jsonl', '--output', 'all.jsonl', '-q'];
    expect((await run(merge)).status).toBe(1);
    expect(await run([...merge, '--take-over'])).toEqual(ok);
    expect(fs.readdirSync(at('.')).filter((name) => name.endsWith('.lock'))).toEqual([]);
  });

  it('follows the changes of its own documents, and refuses a file that has those of other shards', async () => {
    const { index, write, lines, at } = setUp(12);
    await index('one.jsonl', ['--shard', '1/2']);
    const [first = '', second = ''] = lines('one.jsonl').map(
      (line) => (JSON.parse(line) as { document: string }).document,
    );
    fs.rmSync(at(first));
    write(path.relative('papers', second), 'Asthma alone.\n');
    expect(await index('one.jsonl', ['--shard', '1/2'])).toEqual(ok);
    expect(lines('one.jsonl').some((line) => line.includes(JSON.stringify(first)))).toBe(false);
    expect(lines('one.jsonl').find((line) => line.includes(JSON.stringify(second)))).toContain('Asthma');
    const before = lines('one.jsonl');
    const refused = await index('one.jsonl', ['--shard', '2/2']);
    expect(refused).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('of other shards') as string,
    });
    expect(lines('one.jsonl')).toEqual(before);
    expect(fs.existsSync(at('one.jsonl.done'))).toBe(true);
    expect(await index('one.jsonl', ['--shard', '2/2', '--prune'])).toEqual(ok);
    expect(lines('one.jsonl').some((line) => before.includes(line))).toBe(false);
    // A run without a shard reads the whole folder again.
    expect(await index('one.jsonl')).toEqual(ok);
    expect(lines('one.jsonl')).toHaveLength(11);
    expect(fs.existsSync(at('one.jsonl.done'))).toBe(false);
  });

  it('says how many documents it could not read', async () => {
    const { index, write, at } = setUp(3);
    write('bad.txt', '\0'.repeat(5000));
    expect((await index('one.jsonl', ['--shard', '1/1'])).status).toBe(1);
    expect(JSON.parse(fs.readFileSync(at('one.jsonl.done'), 'utf8'))).toMatchObject({
      documents: 3,
      failed: 1,
    });
  });

  it('works with a server as with the models of this machine', async () => {
    const { index, lines, tagger, relations } = setUp(12);
    const inputs = ['input_ids', 'attention_mask', 'token_type_ids'];
    server = await startFakeServer({
      tagger: await servedFolder(tagger, { inputs, outputs: ['logits'] }),
      relations: await servedFolder(relations, { inputs: [...inputs, 'pairs'], outputs: ['pair_logits'] }),
    });
    await index('whole.jsonl');
    for (const shard of ['1/2', '2/2'])
      expect(await index(`${shard[0]}.jsonl`, ['--engine-url', server.url, '--shard', shard])).toEqual(ok);
    expect(lines('whole.jsonl').some((line) => line.includes('"relations":[{'))).toBe(true);
    // The key of a line names the server; all else is the same.
    const content = (line: string) => line.replace(/"models":"\w+"/u, '');
    const both = [...lines('1.jsonl'), ...lines('2.jsonl')];
    expect(sorted(both.map(content))).toEqual(sorted(lines('whole.jsonl').map(content)));
  });

  it('refuses a shard that does not exist', async () => {
    const { index } = setUp(1);
    const refused = await index('one.jsonl', ['--shard', '3/2']);
    expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining('3/64') as string });
  });
});

describe('biobert merge', () => {
  it('makes one file of the shards, equal to that of one run', async () => {
    const { index, run, at } = setUp(20);
    await index('whole.jsonl', ['--passages']);
    for (const number of [1, 2, 3])
      await index(`shard${number}.jsonl`, ['--passages', '--shard', `${number}/3`]);
    expect(await run(['merge', 'whole.jsonl', '-o', 'whole.sorted.jsonl', '-q'])).toEqual(ok);
    const shards = ['shard3.jsonl', 'shard1.jsonl', 'shard2.jsonl'];
    const outputs = ['--output', 'all.jsonl', '--parquet', 'tables'];
    expect(await run(['merge', ...shards, ...outputs, '--shards', '3'])).toEqual({
      status: 0,
      stderr: 'biobert: 20 documents.\n',
    });
    expect(fs.readFileSync(at('all.jsonl'), 'utf8')).toBe(fs.readFileSync(at('whole.sorted.jsonl'), 'utf8'));
    const tables = fs.readFileSync(at('tables/passages.parquet'));
    const { num_rows, key_value_metadata = [] } = parquetMetadata(new Uint8Array(tables).buffer);
    expect(num_rows).toBe(20n);
    const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(Object.fromEntries(key_value_metadata.map(({ key, value }) => [key, value]))).toMatchObject({
      'biobert.version': version,
      'biobert.tagger': expect.stringMatching(/, sha256 [0-9a-f]{64}$/u) as string,
      'biobert.relations': expect.stringMatching(/, sha256 [0-9a-f]{64}$/u) as string,
    });
    // A shard is forgotten.
    expect(await run(['merge', 'shard1.jsonl', '--output', 'all.jsonl'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('Of 3 shards, 2 are missing: 2, 3.') as string,
    });
    await index('other.jsonl', ['--no-relations']);
    const mixed = ['merge', 'whole.jsonl', 'other.jsonl', '--output', 'mixed.jsonl'];
    expect(await run(mixed)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('made with different models, options or versions') as string,
    });
    expect(fs.existsSync(at('mixed.jsonl'))).toBe(false);
    // The same documents in two ways are no index, whatever is allowed.
    expect((await run([...mixed, '--mixed-models'])).stderr).toContain('has other models');
  });
});
