/** Several windows, each a process, that pin evidence into one workspace at the same time. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { readEvidence } from '../../src/core/curation/evidenceFile';
import { bundle, LineProcess } from './processes';

export interface EvidenceRace {
  /** Folder of the repository. */
  readonly root: string;
  readonly seed: number;
  /** Pins of all windows together. */
  readonly pins: number;
  /** Mean pause of a window between two pins, in milliseconds. */
  readonly gapMs: number;
  /** Default: 2. */
  readonly windows?: number;
}

export interface EvidenceRaceResult {
  /** Pins that the file has in the end. */
  readonly kept: number;
  /** Pins that a window refused with an error. */
  readonly refused: number;
  /** Pins that were accepted and are not in the file. */
  readonly lost: number;
  /** How often the file was read during the race, and how often it was no valid file. */
  readonly reads: number;
  readonly invalidReads: number;
  /** Files beside the table in the end. */
  readonly files: readonly string[];
  /** The messages of refused pins. */
  readonly messages: readonly string[];
}

/**
 * Runs the race in a new folder.
 *
 * @example
 * const { kept, lost } = await raceForEvidence({ root, seed: 1, pins: 100, gapMs: 10 });
 */
export async function raceForEvidence({
  root,
  seed,
  pins,
  gapMs,
  windows = 2,
}: EvidenceRace): Promise<EvidenceRaceResult> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-race-'));
  try {
    const script = await bundle(root, 'test/support/evidenceWriter.ts', folder);
    const workspace = path.join(folder, 'workspace');
    fs.mkdirSync(workspace);
    const each = Math.ceil(pins / windows);
    const processes = Array.from({ length: windows }, (_, i) => {
      const count = Math.max(0, Math.min(each, pins - i * each));
      return new LineProcess(root, script, [
        workspace,
        `w${i}`,
        String(count),
        String(gapMs),
        String(seed + i),
      ]);
    });
    await Promise.all(processes.map((window) => window.line()));
    for (const window of processes) window.send('go');
    const reader = new Reader(path.join(workspace, '.biobert', 'evidence.json'));
    const reading = reader.run();
    const reports = await Promise.all(processes.map(async (window) => parseReport(await window.line())));
    reader.isDone = true;
    await reading;
    const refused = reports.reduce((sum, report) => sum + report.refused, 0);
    const kept = reader.entries() ?? 0;
    return {
      kept,
      refused,
      lost: pins - refused - kept,
      reads: reader.reads,
      invalidReads: reader.invalidReads,
      files: fs.readdirSync(path.join(workspace, '.biobert')).sort(),
      messages: reports.flatMap((report) => report.messages),
    };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Reads the file over and over, as git or another window may at any moment. */
class Reader {
  isDone = false;
  reads = 0;
  invalidReads = 0;

  constructor(private readonly file: string) {}

  async run(): Promise<void> {
    while (!this.isDone) {
      if (fs.existsSync(this.file)) {
        this.reads++;
        if (this.entries() === undefined) this.invalidReads++;
      }
      await nextTurn();
    }
  }

  /** Number of entries; undefined if the file is not valid. */
  entries(): number | undefined {
    try {
      return readEvidence(fs.readFileSync(this.file, 'utf8'))?.evidence.length;
    } catch {
      return undefined;
    }
  }
}

function parseReport(line: string) {
  return JSON.parse(line) as { readonly refused: number; readonly messages: readonly string[] };
}
