import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { BioBertApi } from '../../../src/editor/api';
import { paragraph, writeDocx } from '../../support/officeWriter';
import { column, writePdf } from '../../support/pdfWriter';
import { closeAll, extension, open, sample, until } from '../support';
import { window } from '../window';

const { panel } = window;

const pdf = writePdf([
  column(['Patients with an autoimmune disease of the eye were asked for their consent.'], { x: 50, y: 140 }),
  column(
    [
      'The antibody satralizumab delayed relapses in patients with neuromye-',
      'litis optica, and the antibody was safe.',
    ],
    { x: 50, y: 140 },
  ),
]);

const textOf = (name: string) =>
  sample(name).with({ scheme: 'biobert-paper', path: `${sample(name).path} (text)`, query: 'file' });

describe('Papers', function () {
  this.timeout(240_000);

  before(async () => {
    await vscode.workspace.fs.writeFile(sample('eye.pdf'), pdf);
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('biobert.entities.listDocument');
    await closeAll();
  });

  after(async () => {
    await vscode.workspace.fs.delete(sample('eye.pdf'));
  });

  it('open as text, with a lens at each page', async () => {
    await vscode.commands.executeCommand('biobert.openPaperText', sample('eye.pdf'));
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const { document } = editor;
    assert.equal(document.languageId, 'biobert-paper');
    assert.match(document.getText(), /relapses in patients with neuromyelitis optica, and/);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    const titles = lenses.map(({ command }) => command?.title);
    assert.deepEqual(titles, ['Page 1 · Open PDF', 'Page 2 · Open PDF']);
    assert.equal(vscode.workspace.fs.isWritableFileSystem('biobert-paper'), false);
  });

  it('open as text from a Word file', async () => {
    await vscode.workspace.fs.writeFile(
      sample('letter.docx'),
      writeDocx({ body: paragraph('Methotrexate helps in psoriasis.') }),
    );
    try {
      await vscode.commands.executeCommand('biobert.openPaperText', sample('letter.docx'));
      assert.equal(
        vscode.window.activeTextEditor?.document.getText().trim(),
        'Methotrexate helps in psoriasis.',
      );
    } finally {
      await vscode.workspace.fs.delete(sample('letter.docx'));
    }
  });

  it('are tagged with the folder, and their text has the marks', async () => {
    await vscode.commands.executeCommand('biobert.tagWorkspaceFolder');
    const { document } = await open(textOf('eye.pdf'));
    const api = (await extension().activate()) as BioBertApi;
    const names = await until('entities', () => api.entitiesOf(document)?.map(({ name }) => name));
    // The name is broken at a line end in the PDF.
    assert.ok(
      names.some((name) => name.startsWith('neuromyelitis')),
      names.join(),
    );
  });

  it('answer questions of the folder; a click opens the text at the sentence', async () => {
    await open(sample('abstract.txt'));
    await vscode.commands.executeCommand('biobert.panel.focus');
    await until('the panel', async () => (await panel.count('.question-box')) > 0, 60_000);
    await panel.click('.header vscode-dropdown');
    await panel.click('.header vscode-option:has-text("Folder")');
    await until('an index or the invitation', async () => {
      const isInvited = (await panel.texts('.notice')).join().includes('Read All Papers in Folder');
      if (isInvited) await panel.click('.notice vscode-button');
      return isInvited || /up to date/.test((await panel.texts('.summary')).join());
    });
    await until('passages', async () => /up to date/.test((await panel.texts('.summary')).join()), 120_000);
    await panel.fill('.question-box input', 'Which antibody delayed relapses in neuromyelitis optica?');
    await panel.press('.question-box input', 'Enter');
    await until('the paper', async () => (await panel.texts('.answers')).join().includes('eye.pdf'), 60_000);
    await panel.click('.answer-list .go:has-text("satralizumab")');
    const editor = await until('the text of the paper', () => {
      const active = vscode.window.activeTextEditor;
      return active?.document.uri.scheme === 'biobert-paper' ? active : undefined;
    });
    await until('the sentence', () =>
      editor.document.getText(editor.selection).startsWith('The antibody satralizumab'),
    );
  });
});
