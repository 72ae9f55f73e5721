import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  describeOwner,
  type FileLock,
  releaseLockOfThread,
  tryLock as tryLockOnly,
  waitForLock,
} from '../../../../src/runtime/files/fileLock';
import { type LockSystem, systemOfNode } from '../../../../src/runtime/files/lockSystem';

let folder: string;
let file: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-lock-'));
  file = path.join(folder, 'out.jsonl.lock');
});
const locks: FileLock[] = [];
afterEach(async () => {
  for (const lock of locks.splice(0)) await lock.release();
  fs.rmSync(folder, { recursive: true });
});

async function tryLock(...args: Parameters<typeof tryLockOnly>) {
  const attempt = await tryLockOnly(...args);
  if ('lock' in attempt) locks.push(attempt.lock);
  return attempt;
}

/** Creates a machine with processes, and the view that one of them has. */
function machine(processes: Record<number, string>, host = 'lab') {
  let nowMs = Date.now();
  const waits: number[] = [];
  const viewOf = (pid: number): LockSystem => ({
    pid,
    host,
    now: () => nowMs,
    startOf: (other) => processes[other],
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  });
  const pass = (ms: number) => (nowMs += ms);
  return { viewOf, processes, pass, waits };
}

const taken = { lock: expect.anything() as unknown };

async function hold(system: LockSystem) {
  const attempt = await tryLock(file, system);
  if (!('lock' in attempt)) throw new Error('The lock is held.');
  return attempt.lock;
}

describe('tryLock', () => {
  it('gives the lock to one process, and names it to the next', async () => {
    const { viewOf } = machine({ 1: 'a', 2: 'b' });
    const lock = await hold(viewOf(1));
    const refused = await tryLock(file, viewOf(2));
    expect(refused).toMatchObject({ owner: { pid: 1, host: 'lab', processStart: 'a' } });
    await lock.release();
    expect(fs.readdirSync(folder)).toEqual([]);
    expect(await tryLock(file, viewOf(2))).toMatchObject(taken);
  });

  it('gives the lock to exactly one of many processes that ask at the same time', async () => {
    const { viewOf } = machine({ 1: 'a' });
    const attempts = await Promise.all(Array.from({ length: 20 }, () => tryLock(file, viewOf(1))));
    expect(attempts.filter((attempt) => 'lock' in attempt)).toHaveLength(1);
  });

  it('gives the lock of an ended process to exactly one of many that ask at the same time', async () => {
    const { viewOf, processes } = machine({ 1: 'a', 2: 'b' });
    for (let round = 0; round < 4; round++) {
      fs.rmSync(file, { force: true });
      processes[1] = 'a';
      await hold(viewOf(1));
      Reflect.deleteProperty(processes, 1);
      const attempts = await Promise.all(Array.from({ length: 10 }, () => tryLock(file, viewOf(2))));
      expect(attempts.filter((attempt) => 'lock' in attempt)).toHaveLength(1);
      expect(fs.readdirSync(folder)).toEqual([path.basename(file)]);
    }
  });

  it('keeps the lock that another process took over between the look at the stale one and its removal', async () => {
    const { viewOf } = machine({ 2: 'b', 3: 'c' });
    fs.writeFileSync(file, '1');
    let isTaken = false;
    const overtaken: LockSystem = {
      ...viewOf(2),
      startOf: (pid) => {
        if (pid === 1 && !isTaken) {
          fs.writeFileSync(file, '3');
          isTaken = true;
        }
        return viewOf(2).startOf(pid);
      },
    };
    expect(await tryLock(file, overtaken)).toMatchObject({ owner: { pid: 3 } });
    expect(fs.readFileSync(file, 'utf8')).toBe('3');
  });

  it('takes over the lock of a process whose pid another process has got', async () => {
    const { viewOf, processes } = machine({ 1: 'a', 2: 'b' });
    await hold(viewOf(1));
    processes[1] = 'later';
    expect(await tryLock(file, viewOf(2))).toMatchObject(taken);
  });

  it('does not take over the lock of another machine', async () => {
    await hold(machine({ 1: 'a' }, 'elsewhere').viewOf(1));
    const refused = await tryLock(file, machine({ 2: 'b' }).viewOf(2));
    expect(refused).toMatchObject({ owner: { host: 'elsewhere' } });
  });

  it('waits for the name of an owner, and takes over a lock that stays without one', async () => {
    const { viewOf, pass } = machine({ 2: 'b' });
    for (const content of ['', '{"pid":', '{"pid":"1"}']) {
      fs.writeFileSync(file, content);
      expect(await tryLock(file, viewOf(2))).toEqual({ owner: undefined });
      pass(60_000);
      await (await hold(viewOf(2))).release();
      pass(-60_000);
    }
  });

  it('respects a lock of an earlier version, which holds the pid alone', async () => {
    const { viewOf } = machine({ 1: 'a', 2: 'b' });
    fs.writeFileSync(file, '1');
    expect(await tryLock(file, viewOf(2))).toMatchObject({ owner: { pid: 1 } });
    fs.writeFileSync(file, '3');
    expect(await tryLock(file, viewOf(2))).toMatchObject(taken);
  });

  it('waits while another process removes a stale lock, and replaces that process if it was killed', async () => {
    const { viewOf, pass, waits } = machine({ 2: 'b' });
    fs.writeFileSync(file, '1');
    fs.mkdirSync(`${file}.removal`);
    expect(await tryLock(file, viewOf(2))).toMatchObject({ owner: { pid: 1 } });
    expect(waits.length).toBeGreaterThan(1);
    pass(60_000);
    expect(await tryLock(file, viewOf(2))).toMatchObject(taken);
    expect(fs.readdirSync(folder)).toEqual([path.basename(file)]);
  });

  it('takes over the lock of another machine only if its processes are known to have ended', async () => {
    await hold(machine({ 1: 'a' }, 'lab-1').viewOf(1));
    const second = machine({ 1: 'b', 2: 'c' }, 'lab-2').viewOf(2);
    expect(await tryLock(file, second)).toMatchObject({ owner: { pid: 1, host: 'lab-1' } });
    const informed = { ...second, othersHaveEnded: true };
    expect(await tryLock(file, informed)).toMatchObject(taken);
    // A process of the same machine can be asked.
    expect(await tryLock(file, { ...informed, pid: 1 })).toMatchObject({ owner: { pid: 2, host: 'lab-2' } });
  });

  it('does not remove the lock that another process has taken since', async () => {
    const { viewOf } = machine({ 1: 'a', 2: 'b' });
    const lock = await hold(viewOf(1));
    fs.rmSync(file);
    await hold(viewOf(2));
    await lock.release();
    expect(await tryLock(file, viewOf(1))).toMatchObject({ owner: { pid: 2 } });
  });

  it('reports a folder that does not exist', async () => {
    await expect(tryLock(path.join(folder, 'no', 'lock'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('systemOfNode', () => {
  it('knows the start of a running process, and that another one has ended', () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    const own = systemOfNode.startOf(process.pid);
    expect(own).toBeDefined();
    expect(systemOfNode.startOf(process.pid)).toBe(own);
    expect([pid, 0, -1, NaN, 1.5].map((each) => systemOfNode.startOf(each))).toEqual(
      Array(5).fill(undefined),
    );
  });

  it.runIf(process.platform === 'linux')('distinguishes two processes by their start', () => {
    expect(systemOfNode.startOf(process.pid)).toMatch(/^\d+$/);
    expect(systemOfNode.startOf(process.pid)).not.toBe(systemOfNode.startOf(1));
  });
});

describe('describeOwner', () => {
  it('names process, machine and time', () => {
    expect(describeOwner({ pid: 7, host: 'lab', since: 'noon' })).toBe('process 7 on lab, since noon');
    expect(describeOwner(undefined)).toBe('another process');
  });
});

describe('waitForLock', () => {
  it('creates the folder of the lock file', async () => {
    const attempt = await waitForLock(path.join(folder, 'a', 'b', 'x.lock'), 0);
    expect(attempt).toMatchObject(taken);
  });

  it('waits until the owner releases the lock', async () => {
    const { viewOf } = machine({ 1: 'a', 2: 'b' });
    const lock = await hold(viewOf(1));
    const waiting = { ...viewOf(2), wait: () => lock.release() };
    expect(await waitForLock(file, 1000, waiting)).toMatchObject(taken);
  });

  it('gives up after its patience and names the owner', async () => {
    const { viewOf, pass } = machine({ 1: 'a', 2: 'b' });
    await hold(viewOf(1));
    let waits = 0;
    const waiting = { ...viewOf(2), wait: () => Promise.resolve(void pass(100 * ++waits)) };
    expect(await waitForLock(file, 1000, waiting)).toMatchObject({ owner: { pid: 1 } });
    expect(waits).toBe(4);
  });
});

describe('releaseLockOfThread', () => {
  it('releases the lock of a terminated thread of this process only', async () => {
    const { pid, host } = systemOfNode;
    const ownerOf = (fields: object) => JSON.stringify({ pid, host, since: 'now', ...fields });
    for (const kept of [ownerOf({}), ownerOf({ thread: 4 }), ownerOf({ thread: 3, pid: pid + 1 })]) {
      fs.writeFileSync(file, kept);
      await releaseLockOfThread(file, 3);
      expect(fs.existsSync(file)).toBe(true);
    }
    fs.writeFileSync(file, ownerOf({ thread: 3 }));
    await releaseLockOfThread(file, 3);
    expect(fs.existsSync(file)).toBe(false);
  });
});
