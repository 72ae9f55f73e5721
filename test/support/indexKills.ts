/** `biobert index` under random kills: what it has finished must never be lost, and the end must be as without kills. */
import { type ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { closed } from './processes';
import type { Random } from './random';
import { writeTinyTagger } from './tinyTagger';
import { hung, within } from './within';

export interface IndexKillsOptions {
  /** `dist/cli.js` */
  readonly cli: string;
  /** An empty folder for documents, the model and both indexes. */
  readonly folder: string;
  readonly documents: number;
  /** Number of runs that get a signal. A last one runs to its end. */
  readonly kills: number;
  readonly random: Random;
}

/** All counts but the first two must be 0. */
export interface IndexKillsReport {
  readonly kills: Readonly<Record<KillSignal, number>>;
  /** Runs that ended before their signal came. */
  readonly completed: number;
  /** Lines that were in the file before a kill and not after it. */
  readonly lost: number;
  /** Lines that differ from those of a run without kills, exit codes other than that of the signal, files left behind. */
  readonly wrong: number;
  /** Runs that did not end after their signal. */
  readonly hung: number;
}

const signals = ['SIGKILL', 'SIGINT', 'SIGTERM'] as const;
type KillSignal = (typeof signals)[number];

const exitCodes: Readonly<Record<KillSignal, number | null>> = { SIGKILL: null, SIGINT: 130, SIGTERM: 143 };

/**
 * @example
 * ```ts
 * const report = await soakIndexKills({ cli: 'dist/cli.js', folder, documents: 2000, kills: 50, random });
 * assert.deepEqual([report.lost, report.wrong, report.hung], [0, 0, 0]);
 * ```
 */
export async function soakIndexKills(options: IndexKillsOptions): Promise<IndexKillsReport> {
  const { folder, kills, random } = options;
  const tagger = writeTinyTagger(path.join(folder, 'tagger'), { slowness: 100 });
  writeDocuments(options);
  const index = (name: string): Index => {
    const output = path.join(folder, name);
    const args = ['index', 'papers', '--output', name, '--tagger', tagger, '--no-relations', '--quiet'];
    return { output, start: () => spawn(process.execPath, [options.cli, ...args], { cwd: folder }) };
  };
  const expected = index('expected.jsonl');
  await closed(expected.start());
  const killed = index('killed.jsonl');
  const report = { kills: { SIGKILL: 0, SIGINT: 0, SIGTERM: 0 }, completed: 0, lost: 0, wrong: 0, hung: 0 };
  for (let run = 0; run < kills; run += 1) {
    const signal = random.pick(signals);
    const before = linesOf(killed.output);
    const outcome = await runAndKill(killed, signal, options);
    if (outcome === 'killed') report.kills[signal] += 1;
    else report[outcome] += 1;
    const after = new Set(linesOf(killed.output));
    report.lost += before.filter((line) => !after.has(line)).length;
  }
  const [exitCode] = await closed(killed.start());
  if (exitCode !== 0) report.wrong += 1;
  report.wrong += differences(linesOf(expected.output), linesOf(killed.output));
  report.wrong += fs.readdirSync(folder).filter((name) => /\.(?:part|lock|removal)$/u.test(name)).length;
  return report;
}

function writeDocuments({ folder, documents, random }: IndexKillsOptions): void {
  const names = ['BRCA1', 'TP53', 'asthma', 'aspirin', 'tamoxifen'];
  const papers = path.join(folder, 'papers');
  fs.mkdirSync(papers);
  for (let number = 0; number < documents; number += 1) {
    const sentences = Array.from(
      { length: random.between(1, 8) },
      () => `Carriers of ${random.pick(names)} in group ${number}.`,
    );
    fs.writeFileSync(path.join(papers, `${number}.txt`), `${sentences.join(' ')}\n`);
  }
}

interface Index {
  readonly output: string;
  readonly start: () => ChildProcess;
}

type Outcome = 'completed' | 'killed' | 'wrong' | 'hung';

/** Starts a run and sends the signal when it has written a random number of lines more, or while it starts. */
async function runAndKill(
  { output, start }: Index,
  signal: KillSignal,
  { documents, kills, random }: IndexKillsOptions,
): Promise<Outcome> {
  const target = sizeOf(output) + random.between(0, Math.floor((2 * sizeOfLine * documents) / kills));
  const isEarly = random.oneIn(5);
  const maxPolls = isEarly ? random.between(0, 99) : hungMs / pollMs;
  const child = start();
  const ended = closed(child);
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  for (let polls = 0; polls < maxPolls && isRunning() && (isEarly || sizeOf(output) <= target); polls += 1)
    await sleep(pollMs);
  if (isRunning()) child.kill(signal);
  const end = await within(ended, hungMs);
  if (end === hung) {
    child.kill('SIGKILL');
    return 'hung';
  }
  const [code] = end;
  if (code === 0) return 'completed';
  // Before the program has started, the system ends it.
  const isKilled = code === exitCodes[signal] || (isEarly && child.signalCode === signal);
  return isKilled ? 'killed' : 'wrong';
}

const pollMs = 10;

/** Longest time of a run after its signal, in milliseconds; a busy machine may need it. */
const hungMs = 60_000;

/** Bytes of a usual line, from which a kill is planned. */
const sizeOfLine = 500;

function sizeOf(file: string): number {
  return fs.existsSync(file) ? fs.statSync(file).size : 0;
}

/** The complete lines of a file. @returns an empty list for a missing file. */
export function linesOf(file: string): readonly string[] {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
}

function differences(expected: readonly string[], found: readonly string[]): number {
  const [left, right] = [new Set(expected), new Set(found)];
  const missing = expected.filter((line) => !right.has(line)).length;
  const extra = found.filter((line) => !left.has(line)).length;
  // Each line of both files stands there once.
  return missing + extra + Math.abs(found.length - right.size) + Math.abs(expected.length - left.size);
}
