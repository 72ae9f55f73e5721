/** Runs TypeScript entries as processes of their own, as windows of VS Code are. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import * as readline from 'node:readline';
import type * as Esbuild from 'esbuild';

/**
 * Bundles an entry; `vscode` is the fake of the unit tests.
 *
 * @param root Folder of the repository.
 * @param entry Path below it.
 * @param folder Folder of the script.
 * @returns the path of the script.
 */
export async function bundle(root: string, entry: string, folder: string): Promise<string> {
  const outfile = path.join(folder, `${path.basename(entry, '.ts')}.cjs`);
  // A bundled caller, such as the soak test, must not contain esbuild.
  const { build } = createRequire(path.join(root, 'package.json'))('esbuild') as typeof Esbuild;
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: ['node-sqlite3-wasm'],
    sourcemap: 'inline',
    alias: { vscode: path.join(root, 'test/unit/editor/vscode.ts') },
    logLevel: 'warning',
  });
  return outfile;
}

/**
 * Waits until a process and everything that it started have ended: all of them hold its standard output.
 * @returns its exit code and the signal that ended it; one of the two is null.
 */
export async function closed(child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> {
  child.stdout?.resume();
  child.stderr?.resume();
  return (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
}

/** A process that talks in lines. */
export class LineProcess {
  private readonly child: ChildProcess;
  private readonly lines: AsyncIterator<string>;
  private readonly errors: string[] = [];

  /** @param root Folder of the repository, whose packages the script may load. */
  constructor(root: string, script: string, args: readonly string[]) {
    const env = { ...process.env, NODE_PATH: path.join(root, 'node_modules') };
    this.child = spawn(process.execPath, [script, ...args], { env, stdio: 'pipe' });
    this.child.stderr?.on('data', (chunk: Buffer) => this.errors.push(String(chunk)));
    const input = this.child.stdout;
    if (!input) throw new Error('The process has no output.');
    this.lines = readline.createInterface({ input })[Symbol.asyncIterator]();
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** @throws if the process ends before it writes a line. */
  async line(): Promise<string> {
    const next = await this.lines.next();
    if (next.done === true) throw new Error(`The process has ended. ${this.errors.join('')}`);
    return next.value;
  }

  send(line: string): void {
    this.child.stdin?.write(`${line}\n`);
  }

  /** Kills the process as the system does when it has no memory. */
  kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      this.child.once('exit', () => resolve());
      this.child.kill('SIGKILL');
    });
  }
}
