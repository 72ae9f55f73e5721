import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readRecords } from '../../../../../src/core/records/readRecords';
import { RecordLookup } from '../../../../../src/core/review/recordLookup';
import { recordLine } from '../../../../../src/core/review/records';
import { run } from '../../../../../src/editor/review/commands/insertCitation';
import { kaplan, lopez, review, small } from '../../../core/review/reviews';
import type { Position } from '../../vscode';
import { env, FakeDocument, type FakeQuickPick, reset, Uri, window, workspace } from '../../vscode';
import { openReview, type ReviewWindow } from '../reviewWindow';

const lookup = new RecordLookup(review(small));
const [kaplanKey, lopezKey] = [lookup.citationKey(kaplan), lookup.citationKey(lopez)];

let opened: ReviewWindow;

beforeEach(() => {
  reset();
  opened = openReview();
});

afterEach(() => {
  workspace.textDocuments = [];
  opened.close();
});

interface Builder {
  insert(at: Position, text: string): void;
  replace(range: { readonly start: Position; readonly end: Position }, text: string): void;
  delete(range: { readonly start: Position; readonly end: Position }): void;
}

interface Draft {
  readonly text: string;
  /** Number of edits, each of which Undo takes back as a whole. */
  readonly edits: number;
}

/** Opens a draft with the cursor at its end. */
function draft(text: string, languageId: string, name = 'draft.md'): Draft {
  const document = new FakeDocument(Uri.file(path.join(opened.folder, name)), text, languageId);
  workspace.textDocuments = [document];
  const at = document.positionAt(text.length);
  let edits = 0;
  const editor = {
    document,
    visibleRanges: [],
    setDecorations: () => undefined,
    selection: { start: at, end: at, active: at },
    edit: (work: (builder: Builder) => void) => {
      edits += 1;
      const changes: { start: number; removed: number; text: string }[] = [];
      const change = (start: Position, end: Position, to: string): void => {
        const from = document.offsetAt(start);
        changes.push({ start: from, removed: document.offsetAt(end) - from, text: to });
      };
      work({
        insert: (place, to) => change(place, place, to),
        replace: ({ start, end }, to) => change(start, end, to),
        delete: ({ start, end }) => change(start, end, ''),
      });
      document.edit(...changes);
      return Promise.resolve(true);
    },
  };
  window.activeTextEditor = editor;
  return {
    get text() {
      return document.getText();
    },
    get edits() {
      return edits;
    },
  };
}

type List = FakeQuickPick<{ readonly label: string }>;

function shownList(): List | undefined {
  return window.quickPick;
}

/** Runs the command. @param act Called when the list is shown: the actions of the user. */
async function cite(act: (list: List) => void): Promise<void> {
  window.quickPick = undefined;
  const running = run(opened.tools, []);
  act(await vi.waitUntil(() => shownList()));
  await running;
}

/** Ticks the records of some titles and presses Enter. */
function ticked(...labels: readonly (string | undefined)[]): (list: List) => void {
  return (list) => {
    const isWanted = (shown: string) => labels.some((title) => title?.startsWith(shown.replace(/ …$/, '')));
    list.selectedItems = list.items.filter(({ label }) => isWanted(label));
    list.accept();
  };
}

const enter = (list: List): void => list.accept();

function keysIn(name: string): readonly (string | undefined)[] {
  return readRecords(opened.read(name), 'bibtex').map(({ id }) => id);
}

describe('the command that inserts a citation', () => {
  it('offers each publication once, the included ones first, and inserts those that are ticked', async () => {
    const written = draft('---\nbibliography: references.bib\n---\n\nAs shown ', 'markdown');
    const offered: string[] = [];
    await cite((list) => {
      offered.push(...list.items.map(({ label }) => label));
      expect(list.canSelectMany).toBe(true);
      ticked(kaplan.title, lopez.title)(list);
    });
    expect(offered.map((label) => label.slice(0, 20))).toEqual(
      [kaplan.title, lopez.title].map((title) => title?.slice(0, 20)),
    );
    expect(written.text).toContain(`As shown [@${kaplanKey}; @${lopezKey}]`);
    expect(keysIn('references.bib')).toEqual([kaplanKey, lopezKey]);
  });

  it('inserts the highlighted record if none is ticked: the first one, or the first that was found', async () => {
    const first = draft('', 'markdown');
    await cite(enter);
    expect(first.text).toContain(`[@${kaplanKey}]`);
    const found = draft('', 'markdown');
    await cite((list) => {
      list.type('lópez');
      list.accept();
    });
    expect(found.text).toContain(`[@${lopezKey}]`);
    const moved = draft('', 'markdown');
    await cite((list) => {
      list.activeItems = list.items.slice(1, 2);
      list.accept();
    });
    expect(moved.text).toContain(`[@${lopezKey}]`);
  });

  it('joins the citation before it, with one edit, in Markdown and in LaTeX', async () => {
    const markdown = draft('---\nbibliography: references.bib\n---\n\nAs shown ', 'markdown');
    await cite(ticked(kaplan.title));
    const again = draft(markdown.text, 'markdown');
    await cite(ticked(lopez.title));
    expect(again.text).toContain(`As shown [@${kaplanKey}; @${lopezKey}]`);
    const latex = draft(`\\cite{${kaplanKey}}`, 'latex', 'draft.tex');
    await cite(ticked(lopez.title));
    expect(latex.text).toContain(`\\cite{${kaplanKey},${lopezKey}}`);
    expect(latex.edits).toBe(1);
  });

  it('shortens a long title, so that author and year stay visible, and finds its last words', async () => {
    const title =
      'Serum urate in gout after kidney transplantation: a cohort of twelve hospitals with mycophenolate';
    const line = { ...lopez, title };
    opened.write('.biobert/records.jsonl', [kaplan, line].map(recordLine).join(''));
    await (await opened.tools.session.open()).reload();
    const written = draft('', 'markdown');
    await cite((list) => {
      expect(list.items[1]).toMatchObject({
        label: 'Serum urate in gout after kidney transplantation: a …',
        description: 'López 2021',
        detail: expect.stringMatching(new RegExp(` · ${title}$`)) as string,
      });
      list.type('mycophenolate');
      list.accept();
    });
    expect(written.text).toContain('@lopez2021');
  });

  it('adds the keys to a citation of LaTeX that the cursor is in', async () => {
    const written = draft('\\cite{', 'latex');
    await cite(ticked(lopez.title));
    expect(written.text).toBe(`\\cite{${lopezKey}`);
  });

  it('writes only the bibliography after a completion, and keeps what it has', async () => {
    await run(opened.tools, [lopezKey]);
    await run(opened.tools, [kaplanKey]);
    expect(keysIn('references.bib')).toEqual([kaplanKey, lopezKey]);
    expect(window.messages).toEqual([]);
  });

  it("leaves the user's own references.bib alone, and says once where the references are", async () => {
    opened.write('references.bib', '@article{mine, title = {Mine}}\n');
    await run(opened.tools, [lopezKey]);
    await run(opened.tools, [kaplanKey]);
    expect(opened.read('references.bib')).toBe('@article{mine, title = {Mine}}\n');
    expect(keysIn('references-biobert.bib')).toEqual([kaplanKey, lopezKey]);
    expect(window.messages).toHaveLength(1);
    expect(window.messages[0]?.[0]).toContain('references-biobert.bib');
  });

  it('changes nothing if the user closes the list', async () => {
    const written = draft('', 'markdown');
    await cite((list) => list.hide());
    expect(written.text).toBe('');
    expect(() => opened.read('references.bib')).toThrow('ENOENT');
  });

  it('says what to do if no record matches, or if there are none', async () => {
    const written = draft('', 'markdown');
    const nothing = cite((list) => {
      list.type('warfarin');
      list.accept();
    });
    await expect(nothing).rejects.toThrow('No record was chosen');
    expect(written.text).toBe('');
    opened.write('.biobert/records.jsonl', '');
    await (await opened.tools.session.open()).reload();
    await expect(run(opened.tools, [])).rejects.toThrow('no records that could be cited');
  });

  it('refuses a language that has no citations', async () => {
    draft('', 'plaintext');
    await expect(run(opened.tools, [])).rejects.toThrow(
      'No text is open in which publications can be cited.',
    );
  });
});

describe('the bibliography of a draft', () => {
  const messages = () => window.messages.map(([text = '']) => text);

  it('is named in the front matter at once, relative to the draft, in the edit of the first citation', async () => {
    const written = draft('---\ntitle: Urate\n---\n\nAs shown ', 'markdown', 'drafts/my draft.md');
    await cite(enter);
    expect(written.text).toBe(
      `---\ntitle: Urate\nbibliography: ../references.bib\n---\n\nAs shown [@${kaplanKey}]`,
    );
    expect(written.edits).toBe(1);
    expect(messages()).toEqual([
      '"bibliography: ../references.bib" was added to the front matter of my draft.md, so that Pandoc finds the citations. This command makes a Word file: pandoc --citeproc "my draft.md" -o "my draft.docx"',
    ]);
  });

  it('comes with the command for Pandoc, which a button copies', async () => {
    const writeText = vi.fn(() => Promise.resolve());
    Object.assign(env, { clipboard: { writeText } });
    window.picked = 'Copy Command';
    draft('Text ', 'markdown');
    await cite(enter);
    await vi.waitFor(() =>
      expect(writeText).toHaveBeenCalledWith('pandoc --citeproc draft.md -o draft.docx'),
    );
  });

  it('does not come again if the user removes it', async () => {
    draft('Text ', 'markdown');
    await cite(enter);
    const removed = draft('Text ', 'markdown');
    await cite(enter);
    await run(opened.tools, [kaplanKey]);
    expect(removed.text).toBe(`Text [@${kaplanKey}]`);
    expect(messages()).toHaveLength(1);
  });

  it('is named after a completion that could not name it, and only told of after one that did', async () => {
    const later = draft('[@x]', 'markdown', 'later.md');
    await run(opened.tools, [kaplanKey]);
    expect(later.text).toBe('---\nbibliography: references.bib\n---\n\n[@x]');
    const whole = draft('[@x]', 'markdown', 'whole.md');
    await run(opened.tools, [kaplanKey, 'bibliography: references.bib']);
    await run(opened.tools, [kaplanKey]);
    expect(whole.text).toBe('[@x]');
    expect(messages()).toHaveLength(2);
  });

  it('is not added to a draft or a Quarto project that names one, or to a text that is no file', async () => {
    draft('---\nbibliography: mine.bib\n---\n\n', 'markdown');
    await cite(enter);
    opened.write('_quarto.yml', 'project:\n  type: book\nbibliography: references.bib\n');
    draft('', 'quarto', 'chapters/one.qmd');
    await cite(enter);
    draft('', 'markdown');
    Object.assign(window.activeTextEditor?.document ?? {}, { uri: Uri.parse('untitled:Untitled-1') });
    await cite(enter);
    expect(messages()).toEqual([]);
  });

  it('is named for the program that sets the draft', async () => {
    const told = async (text: string, languageId: string, name: string): Promise<string> => {
      window.messages.length = 0;
      draft(text, languageId, name);
      await cite(enter);
      return messages().join('\n');
    };
    expect(await told('', 'quarto', 'a.qmd')).toBe(
      '"bibliography: references.bib" was added to the front matter of a.qmd, so that Quarto finds the citations.',
    );
    expect(await told('', 'rmd', 'a.Rmd')).toContain('so that R Markdown finds');
    expect(await told('\\begin{document}\n\\end{document}\n', 'latex', 'a.tex')).toBe(
      '"\\bibliography{references}" was added to a.tex, so that LaTeX finds the citations.',
    );
    expect(await told('A chapter', 'latex', 'a.tex')).toBe('');
    expect(await told('', 'typst', 'a.typ')).toBe('');
  });
});
