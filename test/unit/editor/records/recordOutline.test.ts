import type * as vscode from 'vscode';
import { describe, expect, it } from 'vitest';
import { PublicationOutline } from '../../../../src/editor/records/recordOutline';
import { CancellationTokenSource, FakeDocument, Uri } from '../vscode';

const ris = `TY  - JOUR
ID  - 1001
T1  - Gefitinib in lung cancer
AU  - Kaplan, Ann
PY  - 2019
AB  - Gefitinib inhibits EGFR.
ER  - 


TY  - JOUR
AU  - Lee, Bo
AB  - A record without a title.
ER  - 
`;

const nbib = `
PMID- 2002
TI  - Aspirin and gout: a title that goes on
      in the next line
FAU - Iron, Carl
DP  - 2004 May
AB  - Aspirin raised urate.

PMID- 2003
TI  - Editorial.
`;

const open = (name: string, text: string, languageId: string): vscode.TextDocument =>
  new FakeDocument(Uri.parse(`file:/p/${name}`), text, languageId) as unknown as vscode.TextDocument;

const token = () => new CancellationTokenSource().token as unknown as vscode.CancellationToken;

function symbolsOf(document: vscode.TextDocument, outline = new PublicationOutline()) {
  return outline.provideDocumentSymbols(document, token());
}

describe('the outline of a file of records', () => {
  it('names each record by author, year and title, with its lines and the line of its title', async () => {
    const symbols = await symbolsOf(open('a.ris', ris, 'ris'));
    expect(
      symbols.map(({ name, detail, range, selectionRange }) => ({
        name,
        detail,
        lines: [range.start.line, range.end.line],
        title: selectionRange.start.line,
      })),
    ).toEqual([
      { name: 'Kaplan 2019, Gefitinib in lung cancer', detail: '1001', lines: [0, 6], title: 2 },
      { name: 'Record 2', detail: '', lines: [9, 12], title: 9 },
    ]);
  });

  it('joins a title of several lines and leaves out blank lines around a record', async () => {
    const symbols = await symbolsOf(open('a.nbib', nbib, 'medline'));
    expect(symbols.map(({ name, range }) => [name, range.start.line, range.end.line])).toEqual([
      ['Iron 2004, Aspirin and gout: a title that goes on in the next line', 1, 6],
      ['Editorial', 8, 9],
    ]);
  });

  it('folds each record', async () => {
    const outline = new PublicationOutline();
    const folds = await outline.provideFoldingRanges(open('a.ris', ris, 'ris'), {}, token());
    expect(folds.map(({ start, end }) => [start, end])).toEqual([
      [0, 6],
      [9, 12],
    ]);
  });

  it('follows the edits of the document', async () => {
    const document = new FakeDocument(Uri.parse('file:/p/a.nbib'), nbib, 'medline');
    const outline = new PublicationOutline();
    const opened = document as unknown as vscode.TextDocument;
    await symbolsOf(opened, outline);
    document.edit({ start: nbib.indexOf('Editorial'), removed: 'Editorial'.length, text: 'Erratum' });
    expect((await symbolsOf(opened, outline)).at(-1)?.name).toBe('Erratum');
  });

  it('is empty for a file without a record', async () => {
    expect(await symbolsOf(open('a.ris', 'Nothing here.\n', 'ris'))).toEqual([]);
  });

  it('stops when VS Code no longer wants it', async () => {
    const source = new CancellationTokenSource();
    source.cancel();
    const cancelled = source.token as unknown as vscode.CancellationToken;
    const outline = new PublicationOutline();
    expect(await outline.provideDocumentSymbols(open('a.ris', ris, 'ris'), cancelled)).toEqual([]);
  });
});
