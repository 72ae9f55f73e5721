import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { JsonIndexed } from '../../src/core/exports/jsonl';
import { type FakeServer, startFakeServer } from '../support/fakeInferenceServer';
import { servedFolder } from '../support/servedFolder';
import { writeTinyRelations } from '../support/tinyRelations';
import { writeTinyTagger } from '../support/tinyTagger';
import { disposables, root, sentences, until } from './engines';

const { folder } = disposables();
const cli = path.join(root, 'dist/cli.js');

let server: FakeServer | undefined;
afterEach(() => server?.close());

interface Ended {
  readonly status: number | null;
  readonly stderr: string;
}

/** Creates a folder with documents, both models, and the command. */
function setUp(documents: Readonly<Record<string, string>>, slowness = 0) {
  const cwd = folder();
  const tagger = writeTinyTagger(path.join(cwd, 'models/tagger'), { slowness });
  const relations = writeTinyRelations(path.join(cwd, 'models/relations'));
  const write = (name: string, text: string) => {
    const file = path.join(cwd, 'papers', name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  };
  for (const [name, text] of Object.entries(documents)) write(name, text);
  const output = path.join(cwd, 'out.jsonl');
  const args = ['--output', output, '--tagger', tagger];
  const start = (more: readonly string[] = ['--relations', relations], folders = ['papers']) =>
    spawn(process.execPath, [cli, 'index', ...folders, ...args, ...more], { cwd });
  const run = (more?: readonly string[], folders?: string[]) => ended(start(more, folders));
  const lines = () => {
    const written = fs.existsSync(output) ? fs.readFileSync(output, 'utf8') : '';
    return written.split('\n').filter((line) => line !== '');
  };
  const read = () =>
    lines()
      .map((line) => JSON.parse(line) as JsonIndexed)
      .sort((a, b) => (a.document < b.document ? -1 : 1));
  return { cwd, tagger, relations, output, write, start, run, lines, read };
}

function ended(child: ChildProcess): Promise<Ended> {
  let stderr = '';
  child.stderr?.on('data', (chunk) => (stderr += String(chunk)));
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, stderr })));
}

const entitiesAlone = ['--no-relations'];

const documents = {
  'a.txt': 'Aspirin may not inhibit BRCA1.\n',
  'deep/b.md': 'Carriers of asthma took **tamoxifen**.\n',
  'c.txt': 'Nothing here.\n',
};

describe('biobert index', () => {
  it('writes a line of JSON for each document, with spans of its text', async () => {
    const { run, read, cwd } = setUp(documents);
    expect(await run()).toEqual({
      status: 0,
      stderr: 'biobert: 3 of 3 documents, 0 of them unchanged; 4 entities.\n',
    });
    const found = read();
    expect(found.map(({ document }) => document)).toEqual([
      path.join('papers', 'a.txt'),
      path.join('papers', 'c.txt'),
      path.join('papers', 'deep', 'b.md'),
    ]);
    const [first, , deep] = found;
    expect(first?.relations).toMatchObject([{ type: 'inhibitor', negated: { text: 'not' } }]);
    const text = fs.readFileSync(path.join(cwd, deep?.document ?? ''), 'utf8');
    expect(deep?.entities.map(({ start, end }) => text.slice(start, end))).toEqual(['asthma', 'tamoxifen']);
  });

  it('reads only changed documents again, and leaves out deleted ones', async () => {
    const { run, read, write, cwd } = setUp(documents);
    await run();
    const before = read();
    write('a.txt', 'TP53 alone.\n');
    fs.rmSync(path.join(cwd, 'papers/c.txt'));
    const again = await run();
    expect(again.stderr).toBe('biobert: 2 of 2 documents, 1 of them unchanged; 3 entities.\n');
    const [changed, kept, ...rest] = read();
    expect(rest).toEqual([]);
    expect(changed?.entities.map(({ text }) => text)).toEqual(['TP53']);
    expect(kept).toEqual(before[2]);
  });

  it('reads a document again whose content changed while its time and size did not', async () => {
    const { run, read, write, cwd } = setUp({ 'a.txt': 'BRCA1 alone.\n' });
    await run(entitiesAlone);
    const file = path.join(cwd, 'papers/a.txt');
    const { atime, mtime } = fs.statSync(file);
    write('a.txt', 'asthma only.');
    write('a.txt', 'asthma here.\n');
    fs.utimesSync(file, atime, mtime);
    expect((await run(entitiesAlone)).stderr).toContain('0 of them unchanged');
    expect(read()[0]?.entities.map(({ text }) => text)).toEqual(['asthma']);
  });

  it('adds the folders of several runs up, and keeps documents of folders that it does not read', async () => {
    const { run, read, lines, cwd } = setUp({ 'a.txt': 'BRCA1.\n', 'b.txt': 'TP53.\n' });
    fs.mkdirSync(path.join(cwd, 'more'));
    fs.writeFileSync(path.join(cwd, 'more/c.txt'), 'asthma.\n');
    await run(entitiesAlone);
    await run(entitiesAlone, ['more']);
    expect(read()).toHaveLength(3);
    const before = lines();
    const misspelt = await run(entitiesAlone, ['paperz']);
    expect(misspelt.status).toBe(1);
    expect(misspelt.stderr).toMatch(/^biobert: There is no file or folder paperz\. .*\(BB303\)\n$/u);
    // The disk of the folder is not mounted: the folder is empty.
    fs.renameSync(path.join(cwd, 'papers'), path.join(cwd, 'elsewhere'));
    fs.mkdirSync(path.join(cwd, 'papers'));
    const unmounted = await run(entitiesAlone);
    expect(unmounted).toMatchObject({ status: 1, stderr: expect.stringContaining('BB307') as string });
    expect(lines()).toEqual(before);
    expect((await run([...entitiesAlone, '--prune'])).status).toBe(0);
    expect(read().map(({ document }) => document)).toEqual([path.join('more', 'c.txt')]);
  });

  it.skipIf(process.platform === 'win32')(
    'refuses a second run on the same file, and names the first',
    async () => {
      const { start, run, output, lines, cwd } = setUp({ 'a.txt': 'BRCA1.\n' });
      // The first run waits for somebody who writes to the pipe.
      spawnSync('mkfifo', [path.join(cwd, 'pipe')]);
      const first = start(entitiesAlone, ['papers', 'pipe']);
      await until(() => lines().length === 1);
      const owner = JSON.parse(fs.readFileSync(`${output}.lock`, 'utf8')) as { readonly pid: number };
      const second = await run(entitiesAlone);
      expect(second.status).toBe(1);
      expect(second.stderr).toContain(`process ${owner.pid} on `);
      expect(second.stderr).toContain('BB306');
      const end = ended(first);
      first.kill('SIGTERM');
      expect((await end).status).toBe(143);
      expect(fs.existsSync(`${output}.lock`)).toBe(false);
      expect(lines()).toHaveLength(1);
    },
  );

  it('keeps everything that was finished when it is killed, and takes over its lock', async () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`${i}.txt`, `BRCA1 number ${i}.`]));
    const { start, run, lines, read, output } = setUp(many);
    const child = start(entitiesAlone);
    const end = ended(child);
    await until(() => lines().length > 5);
    child.kill('SIGKILL');
    await end;
    expect(fs.existsSync(`${output}.lock`)).toBe(true);
    const kept = lines().slice(0, 5);
    const again = await run(entitiesAlone);
    expect(again.stderr).toContain('60 of 60 documents');
    expect(again.stderr).not.toContain(' 0 of them unchanged');
    expect(lines().slice(0, 5)).toEqual(kept);
    expect(new Set(read().map(({ document }) => document)).size).toBe(60);
    expect(lines()).toHaveLength(60);
    expect(fs.readdirSync(path.dirname(output)).sort()).toEqual(['models', 'out.jsonl', 'papers']);
  });

  it.skipIf(process.platform === 'win32')(
    'skips pipes in a folder, and reads a pipe that is named',
    async () => {
      const { run, read, cwd, tagger } = setUp({ 'a.txt': 'BRCA1.\n' });
      expect(spawnSync('mkfifo', [path.join(cwd, 'papers/b.txt')]).status).toBe(0);
      expect(await run(entitiesAlone)).toEqual({
        status: 0,
        stderr:
          'biobert: papers/b.txt: warning: skipped, because it is a named pipe.\n' +
          'biobert: 1 of 1 documents, 0 of them unchanged; 1 entities.\n',
      });
      expect(read()).toHaveLength(1);
      const script = `"$1" "$2" tag --model "$3" <(echo TP53 and asthma.)`;
      const piped = spawnSync('bash', ['-c', script, 'bash', process.execPath, cli, tagger], {
        encoding: 'utf8',
      });
      expect(piped).toMatchObject({ status: 0, stderr: '' });
      expect((JSON.parse(piped.stdout) as JsonIndexed).entities.map(({ text }) => text)).toEqual([
        'TP53',
        'asthma',
      ]);
    },
  );

  it('reads all documents again if the models, their manifest or an option changed', async () => {
    const { run, read, tagger } = setUp(documents);
    await run();
    const withoutRelations = await run(entitiesAlone);
    expect(withoutRelations.stderr).toContain('0 of them unchanged');
    expect(read().every((line) => line.relations === undefined)).toBe(true);
    expect((await run(['--no-relations', '--min-probability', '0.9'])).stderr).toContain(
      '0 of them unchanged',
    );
    expect((await run(['--no-relations', '--min-probability', '0.9'])).stderr).toContain(
      '3 of them unchanged',
    );
    expect(
      (await run(['--no-relations', '--min-probability', '0.9', '--language', 'latex'])).stderr,
    ).toContain('0 of them unchanged');
    const manifest = path.join(tagger, 'biobert.json');
    const calibration = { Gene: { scale: 1, offset: 1 } };
    const json = JSON.parse(fs.readFileSync(manifest, 'utf8')) as Record<string, unknown>;
    fs.writeFileSync(manifest, JSON.stringify({ ...json, calibration }));
    expect(
      (await run(['--no-relations', '--min-probability', '0.9', '--language', 'latex'])).stderr,
    ).toContain('0 of them unchanged');
  });

  it.skipIf(process.platform === 'win32')(
    'keeps finished documents at Ctrl+C, and continues from there',
    async () => {
      // This is far more work than can be done before the signal.
      const many = Object.fromEntries(
        Array.from({ length: 400 }, (_, i) => [`${i}.txt`, `${sentences(20)} Number ${i} of BRCA1.`]),
      );
      const { start, run, lines, cwd } = setUp(many, 700);
      const child = start();
      const end = ended(child);
      await until(() => lines().length > 0);
      child.kill('SIGINT');
      expect(await end).toMatchObject({ status: 130, stderr: expect.stringContaining('to go on') as string });
      const done = lines().length;
      expect(done).toBeLessThan(400);
      const left = new Set(lines().map((line) => (JSON.parse(line) as JsonIndexed).document));
      const rest = Object.keys(many).filter((name) => !left.has(path.join('papers', name)));
      for (const name of rest.slice(2)) fs.rmSync(path.join(cwd, 'papers', name));
      expect((await run()).stderr).toContain(
        `${done + 2} of ${done + 2} documents, ${done} of them unchanged`,
      );
      expect(lines()).toHaveLength(done + 2);
    },
  );

  it('repairs truncated and damaged lines, and does not change files of another format', async () => {
    const { run, read, lines, output } = setUp(documents);
    await run();
    fs.writeFileSync(output, lines().join('\n').slice(0, -30));
    expect((await run()).stderr).toContain('2 of them unchanged');
    expect(read()).toHaveLength(3);
    const [first = '', ...others] = lines();
    fs.writeFileSync(output, [first.slice(0, 40), ...others, ''].join('\n'));
    const repaired = await run();
    expect(repaired).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('2 of them unchanged') as string,
    });
    expect(repaired.stderr).toContain('warning: 1 damaged line is ignored');
    expect(read()).toHaveLength(3);
    for (const foreign of ['My notes.\n', '{"document":1}\nMy notes.\n', '[1]\n']) {
      fs.writeFileSync(output, foreign);
      const refused = await run();
      expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('BB305') as string });
      expect(fs.readFileSync(output, 'utf8')).toBe(foreign);
    }
    expect(fs.existsSync(`${output}.part`)).toBe(false);
  });

  it('skips a document that fails, and names it', async () => {
    const { run, write, read } = setUp(documents);
    write('bad.txt', '\0'.repeat(5000));
    const { status, stderr } = await run();
    expect(status).toBe(1);
    expect(stderr).toContain(`${path.join('papers', 'bad.txt')}: `);
    expect(stderr).toContain('BB302');
    expect(read()).toHaveLength(3);
    // A failed document is read again, because it may have been repaired.
    write('bad.txt', 'BRCA1.\n');
    expect((await run()).status).toBe(0);
    expect(read()).toHaveLength(4);
  });

  it('sends as many documents at a time to a server as it may, and ends if the server fails', async () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${i}.txt`, `BRCA1 number ${i}.`]));
    const { run, read, tagger } = setUp(many);
    const model = await servedFolder(tagger, {
      inputs: ['input_ids', 'attention_mask', 'token_type_ids'],
      outputs: ['logits'],
    });
    let now = 0;
    let most = 0;
    let left = 20;
    let open = (): void => undefined;
    const five = new Promise<void>((resolve) => (open = resolve));
    const served = {
      ...model,
      infer: async (...asked: Parameters<typeof model.infer>) => {
        most = Math.max(most, ++now);
        // The first request tries the model. None of the others is answered before five have arrived.
        if (now >= 5) open();
        if (left < 19) await five;
        const found = await model.infer(...asked);
        now -= 1;
        return found;
      },
    };
    server = await startFakeServer({ tagger: served });
    server.whim = (request, response) => {
      if (!request.url?.endsWith('/infer') || left-- > 0) return false;
      response.writeHead(401).end();
      return true;
    };
    const options = ['--no-relations', '--concurrency', '5', '--engine-url', server.url];
    const failed = await run(options);
    expect(failed.status).toBe(1);
    expect(failed.stderr).toContain('BB852');
    const done = read().length;
    expect(done).toBeGreaterThan(0);
    expect(most).toBe(5);
    left = 1000;
    expect((await run(options)).stderr).toContain(`30 of 30 documents, ${done} of them unchanged`);
  });
});
