/** Locks by files: only one process at a time works on an output, a download or an index. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { link, mkdir, readFile, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { threadId } from 'node:worker_threads';
import { isOptional, isNumber, isShape, isString } from '../../protocol/guards';
import { errorCode, isInUse } from './errorCode';
import { type LockSystem, systemOfNode } from './lockSystem';
import { temporaryEnding } from './wholeFile';

/** The process that holds a lock, as the lock file says. */
export interface LockOwner {
  readonly pid: number;
  /** Name of the machine. */
  readonly host: string;
  /** When the lock was taken, in ISO 8601. */
  readonly since: string;
  /** Distinguishes the process from a later one with the same pid. Undefined where the system does not tell. */
  readonly processStart?: string | undefined;
  /** The worker thread of the process; undefined for its main thread. */
  readonly thread?: number | undefined;
}

export interface FileLock {
  /** Removes the lock file, which the end of the process does too. May be called twice. */
  release(): Promise<void>;
}

/** The lock, or the owner of a lock that is held. The owner is undefined while it is writing its name. */
export type LockAttempt = { readonly lock: FileLock } | { readonly owner: LockOwner | undefined };

const isOwner = isShape<LockOwner>({
  pid: isNumber,
  host: isString,
  since: isString,
  processStart: isOptional(isString),
  thread: isOptional(isNumber),
});

/** A lock file without a name, or a removal that is under way, is abandoned after this time in milliseconds. */
const abandonedMs = 10_000;
const waitMs = 20;
const maxAttempts = 50;

/**
 * Takes a lock, unless another process holds it. The lock of a process that has ended without releasing it is taken
 * over. A process on another machine cannot be checked; its lock counts as held, unless the system knows better.
 *
 * @param file Path of the lock file, in an existing folder.
 * @example
 * ```ts
 * const attempt = await tryLock('papers.jsonl.lock');
 * if ('owner' in attempt) throw new Error(`In use by process ${attempt.owner?.pid}`);
 * try { … } finally { await attempt.lock.release(); }
 * ```
 * @throws {Error} of the file system, if the lock file cannot be written.
 */
export async function tryLock(file: string, system: LockSystem = systemOfNode): Promise<LockAttempt> {
  const content = JSON.stringify(ownerOf(system));
  let owner: LockOwner | undefined;
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    if (await create(file, content)) return { lock: heldLock(file, content) };
    const state = await stateOf(file, system);
    if (state.kind === 'held') return { owner: state.owner };
    if (state.kind === 'free') continue;
    owner = state.owner;
    if (!(await removeStale(file, system))) await system.wait(waitMs);
  }
  return { owner };
}

/**
 * Like {@link tryLock}, but waits for the owner, and creates the folder of the lock file if it is missing.
 *
 * @param patienceMs Time to wait, in milliseconds.
 */
export async function waitForLock(
  file: string,
  patienceMs: number,
  system: LockSystem = systemOfNode,
): Promise<LockAttempt> {
  await mkdir(dirname(file), { recursive: true });
  const end = system.now() + patienceMs;
  for (;;) {
    const attempt = await tryLock(file, system);
    if ('lock' in attempt || system.now() >= end) return attempt;
    // Two processes that look again in step would meet again.
    await system.wait(1 + Math.random() * waitMs);
  }
}

/**
 * Runs `work` while no other process holds the lock.
 *
 * @param patienceMs Time to wait for another owner, in milliseconds.
 * @param busy Makes the error if the owner keeps the lock. `owner` describes it in words.
 * @throws the error of `busy`, and the errors of `work` and of the file system.
 */
export async function withLock<T>(
  file: string,
  { patienceMs, busy }: { readonly patienceMs: number; readonly busy: (owner: string) => Error },
  work: () => Promise<T>,
): Promise<T> {
  const attempt = await waitForLock(file, patienceMs);
  if (!('lock' in attempt)) throw busy(describeOwner(attempt.owner));
  try {
    return await work();
  } finally {
    await attempt.lock.release();
  }
}

/** Releases a lock that a terminated worker thread of this process still holds. */
export async function releaseLockOfThread(file: string, thread: number): Promise<void> {
  const text = await readText(file);
  const owner = text === undefined ? undefined : parseOwner(text, systemOfNode);
  const isOurs = owner?.pid === systemOfNode.pid && owner.host === systemOfNode.host;
  if (isOurs && owner.thread === thread) await rm(file, { force: true });
}

/** `process 4711 on lab-3, since 2026-11-28T15:45:00.000Z`, for messages. */
export function describeOwner(owner: LockOwner | undefined): string {
  if (owner === undefined) return 'another process';
  return `process ${owner.pid} on ${owner.host}, since ${owner.since}`;
}

function ownerOf(system: LockSystem): LockOwner {
  const { pid, host } = system;
  const processStart = system.startOf(pid);
  const since = new Date(system.now()).toISOString();
  return {
    pid,
    host,
    since,
    ...(processStart !== undefined && processStart !== '' && { processStart }),
    ...(threadId !== 0 && { thread: threadId }),
  };
}

/** @returns false if the lock file exists. */
async function create(file: string, content: string): Promise<boolean> {
  // A waiting process asks many times a second; while the lock exists, it writes nothing.
  if (existsSync(file)) return false;
  const named = file + temporaryEnding();
  try {
    await writeFile(named, content, { flag: 'wx' });
    await linkOrWrite(named, file, content);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST' || isInUse(error)) return false;
    throw error;
  } finally {
    await rm(named, { force: true });
  }
}

/**
 * Makes the lock file appear with its content: a process that is killed between its creation and the writing of its name
 * would block everybody for {@link abandonedMs}.
 *
 * @throws EEXIST if the file exists.
 */
async function linkOrWrite(named: string, file: string, content: string): Promise<void> {
  try {
    await link(named, file);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw error;
    // FAT and some network file systems have no links.
    await writeFile(file, content, { flag: 'wx' });
  }
}

function heldLock(file: string, content: string): FileLock {
  const releaseNow = () => {
    // Somebody may have removed the lock by hand, and another process taken it since.
    try {
      if (readFileSync(file, 'utf8') === content) rmSync(file, { force: true });
    } catch {
      // It is gone, or cannot be removed; it is stale when this process has ended.
    }
  };
  process.once('exit', releaseNow);
  return {
    release: () => {
      process.off('exit', releaseNow);
      releaseNow();
      return Promise.resolve();
    },
  };
}

type LockState =
  { readonly kind: 'free' } | { readonly kind: 'held' | 'stale'; readonly owner: LockOwner | undefined };

async function stateOf(file: string, system: LockSystem): Promise<LockState> {
  const text = await readText(file);
  if (text === undefined) return { kind: 'free' };
  const owner = parseOwner(text, system);
  if (owner === undefined) {
    const isYoung = await isYoungerThan(file, abandonedMs, system);
    return { kind: isYoung ? 'held' : 'stale', owner };
  }
  return { kind: isRunning(owner, system) ? 'held' : 'stale', owner };
}

/** @returns undefined if there is no such file. */
async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || isInUse(error)) return undefined;
    throw error;
  }
}

function parseOwner(text: string, { host }: LockSystem): LockOwner | undefined {
  try {
    const value: unknown = JSON.parse(text);
    // Earlier versions wrote the pid alone.
    if (isNumber(value)) return { pid: value, host, since: 'an unknown time' };
    return isOwner(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRunning({ pid, host, processStart }: LockOwner, system: LockSystem): boolean {
  if (host !== system.host) return system.othersHaveEnded !== true;
  const start = system.startOf(pid);
  if (start === undefined) return false;
  return processStart === undefined || start === '' || start === processStart;
}

/**
 * Removes a stale lock. Only one process at a time may do this: between its look at a lock and the removal, another
 * process could have removed the stale lock and taken a new one, which would be removed with it.
 * @returns false if another process is doing it.
 */
async function removeStale(file: string, system: LockSystem): Promise<boolean> {
  const guard = `${file}.removal`;
  try {
    await mkdir(guard);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    if (!(await isYoungerThan(guard, abandonedMs, system))) await rmdir(guard).catch(() => undefined);
    return false;
  }
  try {
    if ((await stateOf(file, system)).kind === 'stale') await rm(file, { force: true });
    return true;
  } finally {
    await rmdir(guard).catch(() => undefined);
  }
}

/** A missing file counts as young: the caller looks at the lock again. */
async function isYoungerThan(file: string, ageMs: number, system: LockSystem): Promise<boolean> {
  return stat(file).then(
    ({ mtimeMs }) => system.now() - mtimeMs < ageMs,
    () => true,
  );
}
