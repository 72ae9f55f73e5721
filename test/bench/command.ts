/** Runs the built `biobert` command and measures its process from outside. */
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** The measurements and the output of one run of `biobert`. */
export interface CommandRun {
  readonly output: string;
  /** Time from the start of the process to the first byte of the first result, after the head of the file. */
  readonly firstMs: number;
  readonly wholeMs: number;
  /** Time on processors, which other programs of the machine lengthen less than `wholeMs`. */
  readonly cpuMs: number;
  /** The largest resident memory of the process that does the work. */
  readonly peakBytes: number;
}

export interface CommandOptions {
  /** Folder of the repository. */
  readonly root: string;
  /** Folder for what is measured; it must exist. */
  readonly work: string;
  /** The text with which the first result begins. */
  readonly firstResult: string;
}

/** @throws {Error} with what it wrote to stderr if its exit code is not 0. */
export async function runMeasured(
  args: readonly string[],
  { root, work, firstResult }: CommandOptions,
): Promise<CommandRun> {
  const reports = path.join(fs.mkdtempSync(path.join(work, 'run-')), 'reports.jsonl');
  const preload = path.join(path.dirname(reports), 'preload.cjs');
  fs.writeFileSync(preload, reporter(reports));
  const started = performance.now();
  // The command forks the process that does the work, which is started with the same --require.
  const child = spawn(process.execPath, ['--require', preload, path.join(root, 'dist/cli.js'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  const errors: Buffer[] = [];
  let firstMs = Number.NaN;
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    if (Number.isNaN(firstMs) && Buffer.concat(chunks).includes(firstResult))
      firstMs = performance.now() - started;
  });
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const wholeMs = performance.now() - started;
  if (exitCode !== 0)
    throw new Error(`biobert ended with ${String(exitCode)}: ${String(Buffer.concat(errors))}`);
  return { output: String(Buffer.concat(chunks)), firstMs, wholeMs, ...readReports(reports) };
}

interface ProcessReport {
  readonly cpuMs: number;
  readonly peakBytes: number;
}

/**
 * A script that reports what its process has used, when it exits. `maxRSS` counts the process that called exec too, which
 * is this one with a model in it, so that Linux is asked for the peak of the program itself.
 */
function reporter(file: string): string {
  return `
    const { appendFileSync, readFileSync } = require('node:fs');
    function peakKB() {
      try {
        return Number(/^VmHWM:\\s+(\\d+) kB$/mu.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
      } catch {
        return process.resourceUsage().maxRSS;
      }
    }
    if (require('node:worker_threads').isMainThread)
      process.on('exit', () => {
        const { userCPUTime, systemCPUTime } = process.resourceUsage();
        const report = { cpuMs: (userCPUTime + systemCPUTime) / 1000, peakBytes: 1024 * peakKB() };
        appendFileSync(${JSON.stringify(file)}, JSON.stringify(report) + '\\n');
      });`;
}

function readReports(file: string): ProcessReport {
  const lines = fs.readFileSync(file, 'utf8').trim().split('\n');
  const reports = lines.map((line) => JSON.parse(line) as ProcessReport);
  return {
    cpuMs: reports.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    peakBytes: Math.max(...reports.map(({ peakBytes }) => peakBytes)),
  };
}
