import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRecords } from '../../../../../src/core/records/readRecords';
import { RecordLookup } from '../../../../../src/core/review/recordLookup';
import { run } from '../../../../../src/editor/review/commands/insertCitation';
import { kaplan, lopez, review, small } from '../../../core/review/reviews';
import { createDocument } from '../../support';
import { Position, reset, window } from '../../vscode';
import { openReview, type ReviewWindow } from '../reviewWindow';

const lookup = new RecordLookup(review(small));
const [kaplanKey, lopezKey] = [lookup.citationKey(kaplan), lookup.citationKey(lopez)];

let opened: ReviewWindow;
const inserted: string[] = [];

beforeEach(() => {
  reset();
  inserted.length = 0;
  opened = openReview();
});

afterEach(() => opened.close());

function edit(text: string, languageId: string): void {
  const active = new Position(0, text.length);
  const editor = {
    document: createDocument(text, languageId),
    visibleRanges: [],
    setDecorations: () => undefined,
    selection: { start: active, active },
    edit: (work: (builder: { replace: (at: unknown, to: string) => void }) => void) => {
      work({ replace: (_, to) => inserted.push(to) });
      return Promise.resolve(true);
    },
  };
  window.activeTextEditor = editor;
}

/** The user chooses all offered records whose label is among these. */
function choose(...labels: readonly string[]): readonly string[] {
  const offered: string[] = [];
  window.showQuickPick = ((items: readonly { readonly label: string }[]) => {
    offered.push(...items.map(({ label }) => label));
    return Promise.resolve(items.filter(({ label }) => labels.includes(label)));
  }) as unknown as typeof window.showQuickPick;
  return offered;
}

function keysIn(name: string): readonly (string | undefined)[] {
  return readRecords(opened.read(name), 'bibtex').map(({ id }) => id);
}

describe('the command that inserts a citation', () => {
  it('offers each publication once, the included ones first, and inserts those that are chosen', async () => {
    edit('As shown ', 'markdown');
    const offered = choose(kaplan.title ?? '', lopez.title ?? '');
    await run(opened.tools, []);
    expect(offered).toEqual([kaplan.title, lopez.title]);
    expect(inserted).toEqual([`[@${kaplanKey}; @${lopezKey}]`]);
    expect(keysIn('references.bib')).toEqual([kaplanKey, lopezKey]);
  });

  it('adds the keys to a citation of LaTeX that the cursor is in', async () => {
    edit('\\cite{', 'latex');
    choose(lopez.title ?? '');
    await run(opened.tools, []);
    expect(inserted).toEqual([lopezKey]);
  });

  it('writes only the bibliography after a completion, and keeps what it has', async () => {
    await run(opened.tools, [lopezKey]);
    await run(opened.tools, [kaplanKey]);
    expect(inserted).toEqual([]);
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
    edit('', 'markdown');
    window.showQuickPick = () => Promise.resolve(undefined);
    await run(opened.tools, []);
    expect(inserted).toEqual([]);
    expect(() => opened.read('references.bib')).toThrow('ENOENT');
  });

  it('says what to do if the user ticks no record', async () => {
    edit('', 'markdown');
    choose();
    await expect(run(opened.tools, [])).rejects.toThrow('No record was ticked');
    expect(inserted).toEqual([]);
  });

  it('refuses a language that has no citations', async () => {
    edit('', 'plaintext');
    await expect(run(opened.tools, [])).rejects.toThrow(
      'No text is open in which publications can be cited.',
    );
  });
});
