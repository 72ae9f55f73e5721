import { execFileSync } from 'node:child_process';
import * as path from 'node:path';

/** Vitest's global setup for the tests of the pages. */
export default function buildPanel(): void {
  const root = path.resolve(import.meta.dirname, '../..');
  const only = 'panel,panel-graph,panel-style,graph,graph-style,screening,screening-style';
  execFileSync(process.execPath, ['esbuild.mjs', '--only', only], { cwd: root, stdio: 'inherit' });
}
