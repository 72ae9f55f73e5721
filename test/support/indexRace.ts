/** Several windows, each a process, that index documents into one database. Some of them are killed. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { IndexDatabase } from '../../src/runtime/index/indexDatabase';
import { indexLock } from '../../src/runtime/index/indexFiles';
import { checkIntegrity, openSql } from '../../src/runtime/index/sqlite';
import { bundle, LineProcess } from './processes';
import { Random } from './random';

export interface IndexRace {
  /** Folder of the repository. */
  readonly root: string;
  readonly seed: number;
  /** Documents of each of the two windows that are not killed. */
  readonly documents: number;
  /** Windows that are killed while they write, one after another. */
  readonly kills: number;
}

export interface IndexRaceResult {
  /** Documents that a window reported as indexed. */
  readonly indexed: number;
  /** Reported documents that are not in the index in the end. */
  readonly lost: number;
  /** Windows that ended by themselves before they were done. */
  readonly died: number;
  /** Windows that were killed and left the lock; others may have taken it over already. */
  readonly interrupted: number;
  /** Whether the database passes the checks of SQLite and of its full-text index, and every document is complete. */
  readonly isWhole: boolean;
}

/** A window makes some hundred writes for each document. */
const maxWrites = 1_000;

/**
 * Runs the race in a new folder.
 *
 * @example
 * const { lost, isWhole } = await raceForIndex({ root, seed: 1, documents: 20, kills: 5 });
 */
export async function raceForIndex({ root, seed, documents, kills }: IndexRace): Promise<IndexRaceResult> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-index-race-'));
  const file = path.join(folder, 'index.sqlite');
  try {
    const script = await bundle(root, 'test/support/indexWindow.ts', folder);
    const open = (...args: readonly unknown[]) => new LineProcess(root, script, [file, ...args.map(String)]);
    const windows = await Promise.all(['a', 'b'].map((name) => ready(open(name, documents))));
    const running = windows.map(untilEnd);
    const random = new Random(seed);
    const killed = await killSome(kills, indexLock(file), (i) =>
      open(`k${i}`, documents, random.between(1, maxWrites)),
    );
    const ended = await Promise.all(running);
    const indexed = [...killed.names, ...ended.flatMap(({ names }) => names)];
    const known = await new IndexDatabase(file).run((store) => store.known());
    const present = new Set(known.map(({ document }) => document));
    return {
      indexed: indexed.length,
      lost: indexed.filter((name) => !present.has(name)).length,
      died: ended.filter(({ isDone }) => !isDone).length,
      interrupted: killed.interrupted,
      isWhole: isWhole(file),
    };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function ready(window: LineProcess): Promise<LineProcess> {
  await window.line();
  window.send('go');
  return window;
}

/** Collects what the window reports until it is done or has ended. */
async function untilEnd(window: LineProcess): Promise<{ names: readonly string[]; isDone: boolean }> {
  const names: string[] = [];
  try {
    for (let name = await window.line(); name !== 'end'; name = await window.line()) names.push(name);
    return { names, isDone: true };
  } catch {
    return { names, isDone: false };
  }
}

/** Lets windows write, one after another, each until it is killed at a write. */
async function killSome(kills: number, lock: string, open: (i: number) => LineProcess) {
  const names: string[] = [];
  let interrupted = 0;
  for (let i = 0; i < kills; i++) {
    const window = await ready(open(i));
    const { names: reported } = await untilEnd(window);
    names.push(...reported);
    if (textOf(lock).includes(`"pid":${String(window.pid)},`)) interrupted++;
  }
  return { names, interrupted };
}

function textOf(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function isWhole(file: string): boolean {
  const sql = openSql(file);
  try {
    checkIntegrity(sql);
    sql.exec(`INSERT INTO words (words) VALUES ('integrity-check')`);
    const [orphans] = sql.all(
      `SELECT count(*) AS n FROM passages WHERE document NOT IN (SELECT id FROM documents)
       OR id NOT IN (SELECT rowid FROM words)`,
    );
    const [partial] = sql.all(
      `SELECT count(*) AS n FROM documents WHERE
       (SELECT count(*) FROM passages WHERE document = documents.id) != 20`,
    );
    return orphans?.['n'] === 0 && partial?.['n'] === 0;
  } catch {
    return false;
  } finally {
    sql.close();
  }
}
