/** `npm run test:pandoc`: Pandoc finds the bibliography that a draft has got. */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bibliographyText } from '../../src/core/review/bibliography';
import { bibliographyAddition } from '../../src/core/review/draftBibliography';
import { kaplan } from '../unit/core/review/reviews';

const top = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-draft-'));
const folders = ['.', 'drafts', "Ann's first -- draft_ (1) $x$ ~a~ ...", 'a_b-c', 'über uns'];

beforeAll(() => {
  for (const folder of folders) {
    fs.mkdirSync(path.join(top, folder), { recursive: true });
    fs.writeFileSync(
      path.join(top, folder, 'references.bib'),
      bibliographyText([{ record: kaplan, key: 'kaplan2019' }]),
    );
  }
});

afterAll(() => fs.rmSync(top, { recursive: true }));

/** Runs Pandoc as the message to the user says. @returns the text of the Word file. */
function set(draft: string, file: string): string {
  const addition = bibliographyAddition(draft, file, 'markdown');
  if (!addition) throw new Error('Nothing to add');
  const [{ offset, text } = { offset: 0, text: '' }] = addition.insertions;
  const cwd = path.join(top, 'drafts');
  fs.writeFileSync(path.join(cwd, 'draft.md'), draft.slice(0, offset) + text + draft.slice(offset));
  const pandoc = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync('pandoc', args, { cwd, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    return stdout;
  };
  pandoc('--citeproc', '--fail-if-warnings', 'draft.md', '-o', 'draft.docx');
  return pandoc('draft.docx', '-t', 'plain', '--wrap=none');
}

it.each([
  ['no front matter', 'Urate rises [@kaplan2019].\n'],
  ['a title', '---\ntitle: "Urate: a draft"\nauthor:\n- Ann\n---\n\nUrate rises [@kaplan2019].\n'],
  ['an abstract', '---\nabstract: |\n  Urate.\n\n...\n\nUrate rises [@kaplan2019].\n'],
  ['an empty front matter', '---\n---\n\nUrate rises [@kaplan2019].\n'],
  ['a title block', '% Urate\n% Ann\n\nUrate rises [@kaplan2019].\n'],
  ['a rule', '---\n\nUrate rises [@kaplan2019].\n'],
])('sets the citations of a draft with %s', (_, draft) => {
  const written = set(draft, '../references.bib');
  expect(written).toContain('Urate rises (Kaplan and Ito 2019).');
  expect(written).toContain('Low Doses of Aspirin');
});

it.each(folders)('finds a bibliography in the folder %s', (folder) => {
  expect(set('[@kaplan2019]\n', path.posix.join('..', folder, 'references.bib'))).toContain(
    'Kaplan and Ito 2019',
  );
});
