import { spawn } from 'node:child_process';
import * as path from 'node:path';
import { watchMemory } from './processMemory';

/** How a run of `biobert` ended. */
export interface CommandEnd {
  /** Undefined if a signal ended it. */
  readonly exitCode: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether it had to be killed after its limit. */
  readonly hung: boolean;
  /** The largest resident memory that was seen, in MB. 0 where `/proc` does not exist. */
  readonly peakMB: number;
}

export interface CommandLimits {
  /** After so many milliseconds the process is killed and counts as hung. */
  readonly limitMs: number;
  /** Maximum size of a file that it writes, in kilobytes: beyond it, writing fails as on a full disk. Default: no limit. */
  readonly maxFileKB?: number;
}

/** Runs the built `biobert` command to its end. */
export function runCommand(
  root: string,
  args: readonly string[],
  { limitMs, maxFileKB }: CommandLimits,
): Promise<CommandEnd> {
  const line = [process.execPath, path.join(root, 'dist/cli.js'), ...args];
  // The unit of ulimit is 512 bytes in the shells of POSIX.
  const limited = ['/bin/sh', '-c', `ulimit -f ${String(2 * (maxFileKB ?? 0))}; exec "$0" "$@"`, ...line];
  const [program = '', ...rest] = maxFileKB === undefined ? line : limited;
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output.stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output.stderr += chunk));
  return new Promise((resolve, reject) => {
    let isHung = false;
    const memory = watchMemory(child.pid);
    const limit = setTimeout(() => {
      isHung = true;
      child.kill('SIGKILL');
    }, limitMs);
    const settle = (): void => {
      clearTimeout(limit);
      memory.stop();
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (exitCode, signal) => {
      settle();
      resolve({
        ...output,
        exitCode: exitCode ?? undefined,
        signal: signal ?? undefined,
        hung: isHung,
        peakMB: memory.peakMB,
      });
    });
  });
}
