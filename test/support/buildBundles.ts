import { execFileSync } from 'node:child_process';
import * as path from 'node:path';

/** Vitest's global setup where tests run what ships: the forked child and the command line. */
export default function buildBundles(): void {
  const root = path.resolve(import.meta.dirname, '../..');
  const only = 'child,importer,cli,index-worker,library,paper-worker,review-worker,screening-worker';
  execFileSync(process.execPath, ['esbuild.mjs', '--only', only], {
    cwd: root,
    stdio: 'inherit',
  });
}
