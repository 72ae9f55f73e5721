import * as fs from 'node:fs';

/** Watches how much memory a process takes at most. */
export interface MemoryWatch {
  /** The largest resident memory so far, in MB; 0 where `/proc` does not exist. */
  readonly peakMB: number;
  readonly stop: () => void;
}

/** Starts to watch a process; ends with `stop`. */
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

function residentMB(pid: number | undefined): number {
  try {
    const status = fs.readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    return Math.round(Number(/^VmRSS:\s+(\d+) kB$/mu.exec(status)?.[1] ?? 0) / 1000);
  } catch {
    // The process has ended, or the system has no /proc.
    return 0;
  }
}
