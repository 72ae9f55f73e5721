import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Entity } from '../../../src/core/types';
import type { BioBertApi } from '../../../src/editor/api';
import { closeAll, engineProcesses, extension, open, openNew, sample, until } from '../support';
import { selectors, window } from '../window';

const sentence = 'Loss of BRCA1 makes breast cancer cells sensitive to olaparib and cisplatin. ';

/**
 * Returns paragraphs that differ from each other and from those of other names, so that none is in the cache of the
 * engine. 300 of them take several seconds.
 */
function longText(name: string, paragraphs: number): string {
  const line = (index: number): string => `In cohort ${name} ${String(index)}, ${sentence}`;
  return Array.from({ length: paragraphs }, (_, index) => line(index)).join('\n\n');
}

async function api(): Promise<BioBertApi> {
  return (await extension().activate()) as BioBertApi;
}

async function tag(editor: vscode.TextEditor): Promise<readonly Entity[]> {
  return await (await api()).tagEntities(editor.document);
}

/** Checks that every entity lies inside the document and has the text of its span. */
function assertSound(entities: readonly Entity[], text: string): void {
  for (const { start, end, text: mention } of entities) assert.equal(mention, text.slice(start, end));
}

function names(entities: readonly Entity[]): string[] {
  return entities.map(({ name }) => name);
}

async function insert(editor: vscode.TextEditor, offset: number, text: string): Promise<void> {
  const done = await editor.edit((edit) => {
    edit.insert(editor.document.positionAt(offset), text);
  });
  assert.ok(done);
}

async function setModelPath(folder: string | undefined): Promise<void> {
  await vscode.workspace
    .getConfiguration('biobert')
    .update('model.path', folder, vscode.ConfigurationTarget.Global);
}

describe('The installed extension, after a failure,', () => {
  afterEach(async () => {
    await closeAll();
    await setModelPath(undefined);
  });

  it('finishes tagging if its child process is killed', async () => {
    const editor = await openNew('kill.txt', longText('kill', 300));
    const tagging = tag(editor);
    const child = await until('a child process', () => engineProcesses()[0]);
    // Entities arrive while the rest is being tagged.
    await until('mentions', async () => ((await api()).entitiesOf(editor.document) ?? []).length > 0);
    process.kill(child, 'SIGKILL');
    const entities = await tagging;
    assertSound(entities, editor.document.getText());
    assert.ok(entities.length > 300, String(entities.length));
    assert.ok(!engineProcesses().includes(child));
  });

  it('replaces a child process that was killed while idle', async () => {
    const editor = await openNew('idle.txt', sentence);
    assert.ok((await tag(editor)).length > 0);
    for (const child of engineProcesses()) process.kill(child, 'SIGKILL');
    await insert(editor, 0, 'We treated 12 patients with tamoxifen. ');
    const entities = await tag(editor);
    assert.ok(names(entities).includes('tamoxifen'), names(entities).join());
  });

  it('keeps every mark on its word when the text is edited during tagging', async () => {
    const editor = await openNew('edit.txt', longText('edit', 200));
    const tagging = tag(editor).catch((error: unknown) => {
      assert.equal((error as Error).name, 'CancelledError');
    });
    await until('work', async () => (await api()).engineStatus.state === 'working');
    for (let index = 0; index < 5; index++) {
      await insert(editor, 0, 'First. ');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await tagging;
    const entities = await until('marks that are up to date', async () => {
      const found = (await api()).entitiesOf(editor.document);
      return found && found.length > 200 && found;
    });
    assertSound(entities, editor.document.getText());
  });

  it('cancels tagging without a dialog when the document is closed', async () => {
    const uri = sample('close.txt');
    // The document takes minutes, so that tagging cannot end before it is closed.
    await vscode.workspace.fs.writeFile(uri, Buffer.from(longText('close', 6000)));
    // Opened by a command, as by a user. A document opened by an extension stays for three minutes after it was closed.
    await vscode.commands.executeCommand('vscode.open', uri);
    const editor = await until('the editor', () => {
      const active = vscode.window.activeTextEditor;
      return active?.document.uri.toString() === uri.toString() && active;
    });
    const { document } = editor;
    const ending = tag(editor).then(
      () => 'done',
      (error: unknown) => (error as Error).name,
    );
    await until('work', async () => (await api()).engineStatus.state === 'working');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await until('the close', () => document.isClosed);
    assert.equal(await ending, 'CancelledError');
    assert.equal(await window.count(selectors.dialogs), 0);
  });

  it('tags another document after a file was deleted during tagging', async () => {
    const editor = await openNew('delete.txt', longText('delete', 150));
    const tagging = tag(editor).catch((error: unknown) => {
      assert.equal((error as Error).name, 'CancelledError');
    });
    await until('work', async () => (await api()).engineStatus.state === 'working');
    await vscode.workspace.fs.delete(editor.document.uri);
    await tagging;
    const other = await openNew('other.txt', sentence);
    assert.ok((await tag(other)).length > 0);
  });

  it('names the truncated file of a model, and works again with the shipped one', async () => {
    const shipped = path.join(extension().extensionPath, 'models', 'tagger');
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-model-'));
    try {
      fs.cpSync(shipped, folder, { recursive: true });
      fs.truncateSync(path.join(folder, 'model.onnx'), 1_000_000);
      await setModelPath(folder);
      const editor = await openNew('truncated.txt', sentence);
      await assert.rejects(tag(editor), (error: Error & { code?: string }) => {
        assert.match(error.message, /model\.onnx/);
        assert.match(error.code ?? '', /^BB1/);
        return true;
      });
      await setModelPath(undefined);
      assert.ok((await tag(editor)).length > 0, 'the model that ships works again');
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });

  it('refuses a model folder that does not exist', async () => {
    await setModelPath(path.join(os.tmpdir(), 'no-such-model'));
    const editor = await openNew('missing.txt', sentence);
    await assert.rejects(tag(editor), (error: Error & { code?: string }) => error.code === 'BB101');
  });
});

describe('The installed extension, on unusual documents,', () => {
  afterEach(closeAll);

  // Names that every tagger recognises, because these tests check only the places of the marks.
  const texts: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'CRLF line ends',
      'Mutations of TP53\r\ncause breast cancer.\r\n\r\nWe gave olaparib.\r\n',
      ['TP53', 'olaparib'],
    ],
    [
      'emoji beside mentions',
      '🐭🐭 mice lacking interleukin-6 🧬 develop lymphoma 😢 after cisplatin.',
      ['interleukin-6', 'cisplatin'],
    ],
    [
      'right-to-left words',
      'מחקר: interleukin-6 with breast cancer; דוח. المرضى received tamoxifen.',
      ['interleukin-6'],
    ],
    [
      'combining marks',
      'Sjo\u0308gren syndrome patients received hydroxychloroquine\u0301 and methotrexate.',
      ['methotrexate'],
    ],
    [
      'zero-width spaces and soft hyphens',
      'Carriers of p53\u200b took tamox\u00adifen against breast\u00a0cancer.',
      ['p53'],
    ],
    ['a byte order mark', '\ufeffTamoxifen lowers the risk of breast cancer.', ['Tamoxifen']],
  ];
  for (const [index, [what, text, expected]] of texts.entries()) {
    it(`tags text with ${what}`, async () => {
      const editor = await openNew(`text-${String(index)}.txt`, text);
      const entities = await tag(editor);
      assertSound(entities, editor.document.getText());
      for (const name of expected)
        assert.ok(names(entities).includes(name), `${name} in ${names(entities).join()}`);
    });
  }

  it('tags text with lone surrogates', async () => {
    const document = await vscode.workspace.openTextDocument({
      content: 'Patients \ud83d with BRCA1 mutations \udc2d received cisplatin.',
    });
    const editor = await vscode.window.showTextDocument(document);
    const entities = await tag(editor);
    assertSound(entities, document.getText());
    assert.ok(names(entities).includes('cisplatin'), names(entities).join());
  });

  it('tags a line of 100,000 characters', async () => {
    const editor = await openNew('line.txt', sentence.repeat(1_300));
    const entities = await tag(editor);
    assertSound(entities, editor.document.getText());
    assert.ok(entities.length > 1_300, String(entities.length));
  });

  it('finds nothing in an empty document and in a single character', async () => {
    assert.deepEqual(await tag(await openNew('empty.txt', '')), []);
    assert.deepEqual(await tag(await openNew('one.txt', 'a')), []);
  });

  it('refuses a binary file', async () => {
    const bytes = Uint8Array.from({ length: 20_000 }, (_, index) => (index * 131) % 256);
    const uri = sample('binary.txt');
    await vscode.workspace.fs.writeFile(uri, bytes);
    // VS Code may refuse to open the file. If it opens it, the extension refuses to tag it.
    const tagged = vscode.workspace
      .openTextDocument(uri)
      .then(async (document) => (await api()).tagEntities(document));
    await assert.rejects(
      Promise.resolve(tagged),
      (error: Error & { code?: string }) => error.code === 'BB302' || /binary/iu.test(error.message),
    );
  });

  it('refuses a file of 50 MB, and tags the next document', async () => {
    const editor = await openNew(
      'larger-than-the-limit.txt',
      sentence.repeat(Math.ceil((49 * 1024 * 1024) / sentence.length)),
    );
    await assert.rejects(tag(editor), (error: Error & { code?: string }) => error.code === 'BB301');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.workspace.fs.delete(editor.document.uri);
    const other = await openNew('after.txt', sentence);
    assert.ok((await tag(other)).length > 0);
  });

  it('tags every sample document', async () => {
    const files = await vscode.workspace.fs.readDirectory(sample('.'));
    const written = files
      .map(([name]) => name)
      .filter((name) => /^(abstract|review|paper|export|library|article|references)\./.test(name));
    assert.equal(written.length, 7);
    for (const name of written) {
      const editor = await open(sample(name));
      const entities = await tag(editor);
      assertSound(entities, editor.document.getText());
      assert.ok(entities.length >= 3, `${name}: ${names(entities).join()}`);
    }
  });

  it('tags the Markdown cells of a notebook', async () => {
    const notebook = await vscode.workspace.openNotebookDocument(sample('notebook.ipynb'));
    await vscode.window.showNotebookDocument(notebook);
    const cells = notebook.getCells().filter(({ kind }) => kind === vscode.NotebookCellKind.Markup);
    const found: string[] = [];
    for (const cell of cells) found.push(...names(await (await api()).tagEntities(cell.document)));
    assert.ok(found.length >= 3, found.join());
  });
});
