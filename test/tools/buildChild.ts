import { execFileSync } from 'node:child_process';
import * as path from 'node:path';

/** Vitest's global setup of the contract tests: they fork the child as it ships. */
export default function buildChild(): void {
  const root = path.resolve(import.meta.dirname, '../..');
  execFileSync(process.execPath, ['esbuild.mjs', '--only', 'child'], { cwd: root, stdio: 'inherit' });
}
