import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundlePath, loadBundle } from '../../../src/editor/loadBundle';

interface Counting {
  readonly loads: number;
}

describe('loadBundle', () => {
  let folder: string;
  const write = (name: string, content: string): string => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, content);
    return file;
  };

  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-bundles-'));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  it('runs a bundle once, whoever loads it', () => {
    const file = write('counting.js', 'let loads = 0; module.exports = { loads: ++loads };');
    const first = loadBundle(file) as Counting;
    expect(loadBundle(file)).toBe(first);
    expect(first.loads).toBe(1);
  });

  it.each([
    ['missing', undefined],
    ['damaged', 'exports.x = {'],
  ])('names a file that is %s and says what to do', (name, content) => {
    const file = content === undefined ? path.join(folder, `${name}.js`) : write(`${name}.js`, content);
    expect(() => loadBundle(file)).toThrow(
      expect.objectContaining({
        userMessage: `A file of the extension cannot be loaded: ${name}.js. Reinstall BioBERT. (BB901)`,
      }),
    );
  });
});

describe('bundlePath', () => {
  it('is beside the bundle of the extension', () => {
    const context = { asAbsolutePath: (relative: string) => path.join('/extension', relative) };
    expect(bundlePath(context, 'review')).toBe(path.join('/extension', 'dist', 'review.js'));
  });
});
