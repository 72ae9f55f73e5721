import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readRecords } from '../../../../../src/core/records/readRecords';
import { RecordLookup } from '../../../../../src/core/review/recordLookup';
import { run } from '../../../../../src/editor/review/commands/insertCitation';
import { kaplan, lopez, review, small } from '../../../core/review/reviews';
import type { Position } from '../../vscode';
import { FakeDocument, type FakeQuickPick, reset, Uri, window, workspace } from '../../vscode';
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
    list.selectedItems = list.items.filter(({ label }) => labels.includes(label));
    list.accept();
  };
}

const enter = (list: List): void => list.accept();

function keysIn(name: string): readonly (string | undefined)[] {
  return readRecords(opened.read(name), 'bibtex').map(({ id }) => id);
}

describe('the command that inserts a citation', () => {
  it('offers each publication once, the included ones first, and inserts those that are ticked', async () => {
    const written = draft('As shown ', 'markdown');
    const offered: string[] = [];
    await cite((list) => {
      offered.push(...list.items.map(({ label }) => label));
      expect(list.canSelectMany).toBe(true);
      ticked(kaplan.title, lopez.title)(list);
    });
    expect(offered).toEqual([kaplan.title, lopez.title]);
    expect(written.text).toBe(`As shown [@${kaplanKey}; @${lopezKey}]`);
    expect(keysIn('references.bib')).toEqual([kaplanKey, lopezKey]);
  });

  it('inserts the highlighted record if none is ticked: the first one, or the first that was found', async () => {
    const first = draft('', 'markdown');
    await cite(enter);
    expect(first.text).toBe(`[@${kaplanKey}]`);
    const found = draft('', 'markdown');
    await cite((list) => {
      list.type('lópez');
      list.accept();
    });
    expect(found.text).toBe(`[@${lopezKey}]`);
    const moved = draft('', 'markdown');
    await cite((list) => {
      list.activeItems = list.items.slice(1, 2);
      list.accept();
    });
    expect(moved.text).toBe(`[@${lopezKey}]`);
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

  it('is named in the front matter if the user agrees, relative to the draft', async () => {
    window.picked = 'Add';
    const written = draft('---\ntitle: Urate\n---\n\nAs shown ', 'markdown', 'drafts/my draft.md');
    await cite(enter);
    await vi.waitFor(() => expect(written.text).toContain('bibliography'));
    expect(written.text).toBe(
      `---\ntitle: Urate\nbibliography: ../references.bib\n---\n\nAs shown [@${kaplanKey}]`,
    );
    expect(messages()).toEqual([
      'Add "bibliography: ../references.bib" to the front matter of my draft.md, so that Pandoc finds the citations? Then this command makes a Word file: pandoc --citeproc "my draft.md" -o "my draft.docx"',
    ]);
  });

  it('comes into later drafts with the first citation, in one edit, and not again if the user removes it', async () => {
    window.picked = 'Add';
    draft('', 'markdown', 'first.md');
    await run(opened.tools, [kaplanKey]);
    await vi.waitFor(() => expect(workspace.textDocuments[0]?.getText()).toContain('bibliography'));
    const second = draft('Text ', 'markdown', 'second.md');
    await cite(enter);
    expect(second.text).toBe(`---\nbibliography: references.bib\n---\n\nText [@${kaplanKey}]`);
    expect(second.edits).toBe(1);
    const removed = draft('Text ', 'markdown', 'second.md');
    await cite(enter);
    expect(removed.text).toBe(`Text [@${kaplanKey}]`);
    expect(messages()).toHaveLength(1);
  });

  it('is asked for once, also after another start of VS Code, and left out after a no', async () => {
    window.picked = 'Not Now';
    const first = draft('Text ', 'markdown');
    await cite(enter);
    await cite(enter);
    expect(first.text).not.toContain('bibliography');
    expect(messages()).toHaveLength(1);
    await vi.waitFor(() =>
      expect(opened.tools.parts.context.workspaceState.get('review.namesBibliography')).toBeDefined(),
    );
    Object.assign(opened.tools.drafts, { hasAsked: false });
    await cite(enter);
    expect(messages()).toHaveLength(1);
  });

  it('is no question for a draft or a Quarto project that names one, or for a text that is no file', async () => {
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
    const ask = async (text: string, languageId: string, name: string): Promise<string> => {
      window.messages.length = 0;
      Object.assign(opened.tools.drafts, { hasAsked: false });
      draft(text, languageId, name);
      await cite(enter);
      return messages().join('\n');
    };
    expect(await ask('', 'quarto', 'a.qmd')).toBe(
      'Add "bibliography: references.bib" to the front matter of a.qmd, so that Quarto finds the citations?',
    );
    expect(await ask('', 'rmd', 'a.Rmd')).toContain('so that R Markdown finds');
    expect(await ask('\\begin{document}\n\\end{document}\n', 'latex', 'a.tex')).toBe(
      'Add "\\bibliography{references}" to a.tex, so that LaTeX finds the citations?',
    );
    expect(await ask('A chapter', 'latex', 'a.tex')).toBe('');
    expect(await ask('', 'typst', 'a.typ')).toBe('');
  });
});
