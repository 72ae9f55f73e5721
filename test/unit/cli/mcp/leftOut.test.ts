import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withoutLeftOut } from '../../../../src/cli/mcp/leftOut';

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-left-out-'))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const names = ['draft.md', 'draft.docx', 'a.nbib', 'notes/b.md', 'notes/old/c.tex', 'x[1].md'];

async function kept(patterns: readonly string[], files = names): Promise<readonly string[]> {
  const found = await withoutLeftOut(
    folder,
    files.map((name) => path.join(folder, name)),
    patterns,
  );
  return found.map((file) => path.relative(folder, file).split(path.sep).join('/'));
}

function settings(text: string): void {
  fs.mkdirSync(path.join(folder, '.vscode'), { recursive: true });
  fs.writeFileSync(path.join(folder, '.vscode/settings.json'), text);
}

describe('withoutLeftOut', () => {
  it('leaves out nothing without patterns', async () => {
    expect(await kept([])).toEqual(names);
    settings('{"files.exclude": {"**/*.md": true}}');
    expect(await kept(['', ' '])).toEqual(names);
  });

  it('leaves out files, folders, and what is made of a draft', async () => {
    expect(await kept(['draft.md'])).toEqual(['a.nbib', 'notes/b.md', 'notes/old/c.tex', 'x[1].md']);
    expect(await kept(['notes/'])).toEqual(['draft.md', 'draft.docx', 'a.nbib', 'x[1].md']);
    expect(await kept(['**/*.{md,tex}'])).toEqual(['a.nbib']);
    expect(await kept(['x[[]1[]].md'])).not.toContain('x[1].md');
    expect(await kept(['b.md'])).toEqual(names);
  });

  it('keeps a paper on which the draft has notes', async () => {
    const files = ['kaplan.md', 'kaplan.pdf'];
    fs.writeFileSync(path.join(folder, 'kaplan.pdf'), '');
    fs.utimesSync(path.join(folder, 'kaplan.pdf'), 1, 1);
    fs.writeFileSync(path.join(folder, 'kaplan.md'), '');
    expect(await kept(['*.md'], files)).toEqual(['kaplan.pdf']);
    fs.writeFileSync(path.join(folder, 'kaplan.pdf'), 'set again');
    expect(await kept(['*.md'], files)).toEqual([]);
  });

  it('reads the settings of the folder, as VS Code writes them', async () => {
    settings('\uFEFF{\n  // My own text.\n  "biobert.exclude": ["draft.md", 5,],\n}\n');
    expect(await kept(['a.nbib'])).toEqual(['notes/b.md', 'notes/old/c.tex', 'x[1].md']);
  });

  it('says that the settings cannot be read, instead of reading what they may leave out', async () => {
    settings('{"biobert.exclude": [');
    await expect(kept([])).rejects.toMatchObject({
      code: 'BB303',
      message: expect.stringContaining('settings.json') as string,
    });
  });
});
