import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './sources';

/** Folders that hold what was installed, built or trained here. */
const skipped = new Set([
  'node_modules',
  'dist',
  '.cache',
  '.git',
  '.venv',
  'runs',
  'test-results',
  'coverage',
]);

function pagesIn(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : pagesIn(file);
    return entry.name.endsWith('.md') ? [file] : [];
  });
}

/** The text without code blocks and inline code, which may show links of other documents. */
function withoutCode(text: string): string {
  return withoutBlocks(text).replace(/`[^`\n]*`/gu, '');
}

function withoutBlocks(text: string): string {
  return text.replace(/^(`{3,}|~{3,})[^]*?^\1/gmu, '');
}

/** Anchors as GitHub makes them of headings. */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = withoutBlocks(text).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gmu);
  return new Set(
    Array.from(headings, ([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replace(/\s/gu, '-'),
    ),
  );
}

/** @returns the targets of links to files or headings that do not exist. */
function brokenLinks(text: string, folder: string): string[] {
  return Array.from(withoutCode(text).matchAll(/\]\(([^)\s]+)\)/gu), ([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/u.test(link))
    .filter((link) => {
      const [file = '', anchor] = link.split('#');
      const target = path.join(folder, decodeURIComponent(file));
      if (file !== '' && !fs.existsSync(target)) return true;
      if (anchor === undefined) return false;
      return !anchorsOf(file === '' ? text : fs.readFileSync(target, 'utf8')).has(anchor);
    });
}

/** @returns paths of this repository that a page names in code and that do not exist. */
function missingPaths(text: string): string[] {
  const named = text.matchAll(/`((?:src|media|scripts|test)\/[\w./-]+\/?)`/gu);
  return Array.from(named, ([, file = '']) => file).filter((file) => !fs.existsSync(path.join(root, file)));
}

describe('the Markdown pages', () => {
  const pages = pagesIn(root);

  it('include README.md and the pages of folders', () => {
    expect(pages.map((page) => path.relative(root, page))).toContain('README.md');
    expect(pages.length).toBeGreaterThan(8);
  });

  it.each(pages.map((page) => path.relative(root, page)))(
    'contain no broken links or missing paths: %s',
    (page) => {
      const file = path.join(root, page);
      const text = fs.readFileSync(file, 'utf8');
      expect(brokenLinks(text, path.dirname(file))).toEqual([]);
      expect(missingPaths(text)).toEqual([]);
    },
  );
});

describe('brokenLinks', () => {
  it.each([
    ['[a](none.md)', ['none.md']],
    ['[a](README.md#none)', ['README.md#none']],
    ['# One, two\n\n[a](#one-two) [b](#one)', ['#one']],
    ['[a](README.md) [b](https://example.org/none) `[c](none.md)`', []],
    ['```\n[a](none.md)\n```', []],
  ])('lists the broken links of %j', (text, broken) => {
    expect(brokenLinks(text, root)).toEqual(broken);
  });
});

describe('missingPaths', () => {
  it('lists a path in code that does not exist', () => {
    expect(missingPaths('`src/core/types.ts` and `src/core/gone.ts`')).toEqual(['src/core/gone.ts']);
  });
});
