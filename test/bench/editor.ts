/** Rows that need a real VS Code: how long the extension host is blocked. */
import { execFileSync } from 'node:child_process';
import type { BenchContext } from './context';
import type { Row } from './measure';

const line = /^(.+): longest ([\d.]+ ms) of work, ([\d.]+ ms) by the clock$/gmu;

/** Runs test/editor/suite/eventLoop.bench.ts on the packaged extension. Needs Chromium, as the editor tests do. */
export function editorEventLoop({ root }: BenchContext): Row[] {
  const args = ['test/editor/run.mjs', '--kind', 'bench'];
  const output = execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  return Array.from(output.matchAll(line), ([, what = '', work = '', clock = '']) => ({
    what: `Longest turn of the extension host in VS Code: ${what}`,
    measured: `${work} of work (${clock} by the clock)`,
    aim: '< 20 ms',
  }));
}
