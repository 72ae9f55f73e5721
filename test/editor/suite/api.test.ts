import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import * as vm from 'node:vm';
import * as vscode from 'vscode';
import type { BioBertApi } from '../../../src/editor/api';
import { closeAll, extension, open, openNew, sample } from '../support';

/** The extension of docs/library.md, as VS Code would load it. */
function sampleExtension(): {
  readonly activate: (context: Pick<vscode.ExtensionContext, 'subscriptions'>) => void;
} {
  const page = fs.readFileSync(path.resolve(__dirname, '../../docs/library.md'), 'utf8');
  const [, code] = /^```cjs\n([^]*?)^```/mu.exec(page) ?? [];
  if (code === undefined) throw new Error('docs/library.md has no extension');
  const run = vm.compileFunction(code, ['require', 'exports']) as (require: unknown, exports: object) => void;
  const exports = {};
  const own = createRequire(__filename);
  run((name: string) => (name === 'vscode' ? vscode : (own(name) as unknown)), exports);
  return exports as ReturnType<typeof sampleExtension>;
}

async function api(): Promise<BioBertApi> {
  return (await extension().activate()) as BioBertApi;
}

describe('The API for other extensions', () => {
  const subscriptions: vscode.Disposable[] = [];
  after(async () => {
    for (const each of subscriptions) each.dispose();
    await closeAll();
  });

  it('has a version and the state of the engine', async () => {
    const { version, engineStatus } = await api();
    assert.equal(version, 1);
    assert.equal(engineStatus.state, 'idle');
  });

  it('knows no entities of a document that was not tagged', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'json', content: '{}' });
    assert.equal((await api()).entitiesOf(document), undefined);
  });

  it('tags a document, and gives its entities with types, places and concepts', async () => {
    const { document } = await open(sample('abstract.txt'));
    const biobert = await api();
    const entities = await biobert.tagEntities(document);
    assert.ok(entities.length > 0);
    for (const { start, end, text } of entities) assert.equal(document.getText().slice(start, end), text);
    assert.ok(entities.some(({ concepts }) => concepts !== undefined));
    assert.deepEqual(biobert.entitiesOf(document), entities);
    assert.equal(biobert.engineStatus.state, 'ready');
  });

  it('moves entities with edits', async () => {
    const editor = await openNew('moved.txt', 'Tamoxifen lowers the risk of breast cancer.\n');
    const biobert = await api();
    const [first] = await biobert.tagEntities(editor.document);
    assert.equal(first?.text, 'Tamoxifen');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'In short: '));
    const moved = biobert.entitiesOf(editor.document)?.find(({ text }) => text === 'Tamoxifen');
    assert.equal(moved?.start, 'In short: '.length);
  });

  it('serves the extension of docs/library.md', async () => {
    await openNew('genes.txt', 'Carriers of BRCA1 and TP53 mutations took tamoxifen.\n');
    sampleExtension().activate({ subscriptions });
    const genes = await vscode.commands.executeCommand<readonly string[]>('sample.listGenes');
    assert.deepEqual(genes, ['BRCA1', 'TP53']);
  });
});
