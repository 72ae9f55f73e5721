// `npm run test:workflow`: plans workflow/Snakefile with each profile, runs it on this machine with the models that ship on a
// few documents and three shards, kills a shard once, lets Snakemake go on, and compares the results with those of a single
// run, byte for byte.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

const root = path.resolve(import.meta.dirname, '../..');
const cli = path.join(root, 'dist/cli.js');
const shards = 3;

/** In $SNAKEMAKE, in the environment that .ci/run makes, or on the path. */
function findSnakemake() {
  const own = path.join(root, 'workflow/.venv/bin/snakemake');
  const candidates = [process.env.SNAKEMAKE, own, 'snakemake'].filter(Boolean);
  const found = candidates.find((command) => spawnSync(command, ['--version']).status === 0);
  if (found) return found;
  console.error(
    'Snakemake is missing. Install it:\n' +
      '  python3 -m venv workflow/.venv\n' +
      '  workflow/.venv/bin/pip install -r workflow/requirements.txt\n' +
      'or name the program in SNAKEMAKE.',
  );
  process.exit(1);
}

/** A folder with documents of some formats, and a file as those of the PubMed baseline. */
function prepare(folder) {
  const papers = path.join(folder, 'papers');
  fs.mkdirSync(path.join(papers, 'abstracts'), { recursive: true });
  fs.mkdirSync(path.join(folder, 'baseline'));
  const copy = (from, to) => {
    for (const entry of fs.readdirSync(path.join(root, from), { withFileTypes: true })) {
      if (entry.isFile() && entry.name !== 'README.md')
        fs.copyFileSync(path.join(root, from, entry.name), path.join(to, entry.name));
    }
  };
  copy('samples', papers);
  copy('test/fixtures/abstracts', path.join(papers, 'abstracts'));
  const drugs = ['Aspirin', 'Metformin', 'Tamoxifen', 'Cisplatin'];
  const articles = Array.from({ length: 48 }, (_, index) => {
    const text = `${drugs[index % 4]} inhibits BRCA1 in breast cancer. It may not induce asthma in group ${index}.`;
    return `<PubmedArticle><MedlineCitation><PMID Version="1">${33000000 + index}</PMID><Article><ArticleTitle>Trial ${index} of ${drugs[index % 4]}.</ArticleTitle><Abstract><AbstractText>${text}</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>`;
  });
  const xml = `<?xml version="1.0"?>\n<PubmedArticleSet>\n${articles.join('\n')}\n</PubmedArticleSet>\n`;
  fs.writeFileSync(path.join(folder, 'baseline/pubmed25n0001.xml.gz'), gzipSync(xml));
}

function run(command, args, cwd) {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, output })));
}

/** Whether a profile has only options that Snakemake and its plugins know, and plans every job. Nothing is started. */
async function plan(snakemake, profile, folder, more = []) {
  const args = [
    '-s',
    path.join(root, 'workflow/Snakefile'),
    '--configfile',
    'config.json',
    '--dry-run',
    ...more,
  ];
  const { status, output } = await run(
    snakemake,
    [...args, '--profile', path.join(root, 'workflow/profiles', profile)],
    folder,
  );
  assert.equal(status, 0, output);
  const counts = [...output.matchAll(/^(all|merge|shard|split) +(\d+)$/gmu)].map(([, rule, count]) => [
    rule,
    Number(count),
  ]);
  assert.deepEqual(Object.fromEntries(counts), { all: 1, merge: 1, shard: shards, split: 1 }, output);
  assert.match(output, /mem_mb=8000/u);
  console.log(`The profile ${profile} plans its jobs.`);
}

const read = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '');

/** Kills the first shard that has written a line and is not complete. @returns its file and what it had written; undefined if there was none. */
async function killShard(folder, isOver) {
  while (!isOver()) {
    for (let number = 1; number <= shards; number += 1) {
      const file = path.join(folder, `results/shards/${number}.jsonl`);
      const owner = read(`${file}.lock`);
      if (!read(file).includes('\n') || owner === '' || fs.existsSync(`${file}.done`)) continue;
      process.kill(JSON.parse(owner).pid, 'SIGKILL');
      const written = read(file);
      return { file, lines: written.slice(0, written.lastIndexOf('\n') + 1) };
    }
    await sleep(5);
  }
  return undefined;
}

async function main() {
  const snakemake = findSnakemake();
  assert.ok(fs.existsSync(cli), 'dist/cli.js is missing: run npm run build.');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-workflow-'));
  prepare(folder);
  const biobert = `"${process.execPath}" "${cli}"`;
  // Snakemake would take the quotes off a value on its command line.
  const config = { shards, baseline: 'baseline', records: 4, biobert };
  fs.writeFileSync(path.join(folder, 'config.json'), JSON.stringify(config));
  const args = ['-s', path.join(root, 'workflow/Snakefile'), '-c', '2', '--configfile', 'config.json'];

  await plan(snakemake, 'slurm', folder);
  const volume = ['--default-storage-prefix', folder, '--config', `volume=${folder}`];
  await plan(snakemake, 'kubernetes', folder, volume);

  let isOver = false;
  const first = run(snakemake, args, folder).finally(() => (isOver = true));
  const killed = await killShard(folder, () => isOver);
  const failed = await first;
  assert.ok(killed, `No shard could be killed before all were complete.\n${failed.output}`);
  assert.notEqual(failed.status, 0, 'Snakemake should notice the killed shard.');
  console.log(`Killed ${path.basename(killed.file)} after ${killed.lines.split('\n').length - 1} lines.`);
  assert.ok(read(killed.file).startsWith(killed.lines), 'The lines of the killed shard are lost.');

  const second = await run(snakemake, [...args, '--rerun-incomplete'], folder);
  assert.equal(second.status, 0, second.output);
  assert.ok(read(killed.file).startsWith(killed.lines), 'The killed shard was begun again.');

  const single = [
    'index',
    'papers',
    '-o',
    'single.jsonl',
    '--shard',
    '1/1',
    '--passages',
    '--threads',
    '1',
    '-q',
  ];
  const whole = await run(process.execPath, [cli, ...single], folder);
  assert.equal(whole.status, 0, whole.output);
  const merge = ['merge', 'single.jsonl', '-o', 'sorted.jsonl', '--parquet', 'tables', '-q'];
  const merged = await run(process.execPath, [cli, ...merge], folder);
  assert.equal(merged.status, 0, merged.output);
  const same = (a, b) =>
    assert.ok(
      fs.readFileSync(path.join(folder, a)).equals(fs.readFileSync(path.join(folder, b))),
      `${a} differs`,
    );
  same('results/papers.jsonl', 'sorted.jsonl');
  const tables = fs.readdirSync(path.join(folder, 'tables'));
  assert.equal(tables.length, 4);
  for (const table of tables) same(`results/tables/${table}`, `tables/${table}`);
  const documents = read(path.join(folder, 'sorted.jsonl')).split('\n').length - 1;
  console.log(`${documents} documents in ${shards} shards: lines and tables equal those of a single run.`);
  fs.rmSync(folder, { recursive: true, force: true });
}

await main();
