import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { errorCode } from './errorCode';

/** The questions of a lock to the operating system. */
export interface LockSystem {
  readonly pid: number;
  /** Name of this machine. */
  readonly host: string;
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * When a process of this machine started, in a form that can only be compared.
   * @returns '' if the process runs but the system does not tell its start; undefined if there is no such process.
   */
  startOf(pid: number): string | undefined;
  /** Whether processes of other machines, which cannot be asked, are known to have ended. Default: they count as running. */
  readonly othersHaveEnded?: boolean;
  wait(ms: number): Promise<unknown>;
}

export const systemOfNode: LockSystem = {
  pid: process.pid,
  host: hostname(),
  now: () => Date.now(),
  startOf: (pid) => {
    if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
    return existsSync('/proc/self/stat') ? startInProc(pid) : startBySignal(pid);
  },
  wait,
};

/** Field 22 of `/proc/PID/stat` (proc(5)) is the start of a process in clock ticks since the machine started. */
function startInProc(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  // The second field is the name of the program in parentheses, which may contain blanks and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended, but its parent has not asked for its exit code yet.
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : (fields[19] ?? '');
}

function startBySignal(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
    return '';
  } catch (error) {
    // EPERM means that the process exists and belongs to another user.
    return errorCode(error) === 'EPERM' ? '' : undefined;
  }
}
