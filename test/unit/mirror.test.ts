import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, sourcesIn } from './sources';

/** The folder whose modules a test in `folder` tests: `core/text` is `src/core/text`, `evaluation` is `test/evaluation`. */
function testedFolder(folder: string): string {
  if (/^(?:media|scripts)\b/u.test(folder)) return folder;
  return folder.startsWith('evaluation') ? `test/${folder}` : `src/${folder}`;
}

/**
 * Tells whether a test is where a reader looks for it: the folder that its own folder mirrors has a module of the same
 * name, or the test imports another module of that folder.
 * @param file Path below `test/unit`.
 */
function isInPlace(file: string, text: string): boolean {
  const folder = path.posix.dirname(file);
  // These tests check the repository as a whole: its layers, pages and manifest.
  if (folder === '.') return true;
  const imports = Array.from(text.matchAll(/from '(\.[^']+)'/gu), ([, specifier = '']) =>
    path.posix.dirname(path.posix.join('test/unit', folder, specifier)),
  );
  const module = path.posix.basename(file).split('.', 1)[0] ?? '';
  const tested = testedFolder(folder);
  return imports.includes(tested) || fs.existsSync(path.join(root, tested, `${module}.ts`));
}

describe('test/unit', () => {
  it('has the same folders as the modules that it tests', () => {
    const tests = [...sourcesIn('test/unit')]
      .filter(([file]) => file.endsWith('.test.ts'))
      .map(([file, text]) => ({ file: path.posix.relative('test/unit', file), text }));
    expect(tests.length).toBeGreaterThan(130);
    expect(tests.filter(({ file, text }) => !isInPlace(file, text)).map(({ file }) => file)).toEqual([]);
  });
});

describe('isInPlace', () => {
  it.each([
    ['core/text/a.test.ts', `import { a } from '../../../../src/core/text/a';`, true],
    ['core/text/a.test.ts', `import { a } from '../../../../src/core/tokens/a';`, false],
    ['evaluation/a.test.ts', `import { a } from '../../evaluation/a';`, true],
    ['media/panel/a.test.ts', `import { a } from '../../../../media/panel/a';`, true],
    ['core/text/cues.test.ts', '', true],
    ['core/gone/cues.test.ts', '', false],
  ])('judges the place of %s', (file, text, expected) => {
    expect(isInPlace(file, text)).toBe(expected);
  });
});
