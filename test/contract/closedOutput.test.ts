import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './engines';

const cli = path.join(root, 'dist/cli.js');

describe('a command whose output is closed', () => {
  it.each([['--help'], ['--version'], ['tag', '--help'], ['relations', '--help'], ['bench', '--help']])(
    'ends without an error: %s %s',
    async (...args) => {
      const child = spawn(process.execPath, [cli, ...args]);
      child.stdout.destroy();
      let complaint = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
      const [code] = (await once(child, 'close')) as [number | null];
      expect([complaint, code]).toEqual(['', 0]);
    },
  );

  it('ends with its failure code if standard error is closed', async () => {
    const child = spawn(process.execPath, [cli, 'tag', '--no-such-option']);
    child.stderr.destroy();
    child.stdout.resume();
    expect((await once(child, 'close'))[0]).toBe(2);
  });
});
