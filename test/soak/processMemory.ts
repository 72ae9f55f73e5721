import * as fs from 'node:fs';

/** Watches how much memory a process and its children take at most. */
export interface MemoryWatch {
  /** The largest resident memory so far, in MB; 0 where `/proc` does not exist. */
  readonly peakMB: number;
  readonly stop: () => void;
}

/** Starts to watch a process and its children; ends with `stop`. */
export function watchMemory(pid: number | undefined, everyMs = 250): MemoryWatch {
  let peakMB = 0;
  const timer = setInterval(() => {
    peakMB = Math.max(peakMB, residentMB(pid));
  }, everyMs);
  return {
    get peakMB() {
      return peakMB;
    },
    stop: () => clearInterval(timer),
  };
}

/** Resident memory of a process and of the processes that it started: a command runs below its supervisor. */
function residentMB(pid: number | undefined): number {
  try {
    const status = fs.readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    const children = fs.readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8');
    const own = Math.round(Number(/^VmRSS:\s+(\d+) kB$/mu.exec(status)?.[1] ?? 0) / 1000);
    return Array.from(children.matchAll(/\d+/gu), ([child]) => residentMB(Number(child))).reduce(
      (sum, each) => sum + each,
      own,
    );
  } catch {
    // The process has ended, or the system has no /proc.
    return 0;
  }
}
