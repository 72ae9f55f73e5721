/** Imports a checkpoint of each published format by Select Model and checks a hover of the imported model. */
import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { writeTinyTagger } from '../../support/tinyTagger';
import { answer, importModel, detailsAt } from '../modelDialogs';
import { closeAll, extension, hoverAt, openNew, until } from '../support';

/** A tiny tagger without label names, written by models/training/checks/fixtures.py. The path is relative to the built file in dist/. */
const genes = path.resolve(__dirname, '../../test/fixtures/checkpoints/genes');

let scratch = '';

/** Creates a folder with these files only, so that no other format can be used instead. */
function folderOf(name: string, files: readonly string[]): string {
  const folder = path.join(scratch, name);
  fs.mkdirSync(folder);
  for (const file of files) fs.copyFileSync(path.join(genes, file), path.join(folder, file));
  return folder;
}

const setting = () => vscode.workspace.getConfiguration('biobert').get<string>('model.path') ?? '';

const text = 'Carriers of a TP53 mutation took aspirin.\n';

/** Chooses a model and returns its hover over a gene, and what the details say about it. */
async function hoverBy(kind: 'folder' | 'file', source: string, name: string): Promise<string> {
  const { document } = await openNew(`${name}.txt`, text);
  await importModel('Entities', kind, source);
  // The labels of the tiny tagger need no question.
  if (source.includes('genes')) await answer(`What the labels of ${name} mean`);
  await until('the setting', () => setting().includes(name));
  const at = text.indexOf('TP53') + 1;
  const hover = await until('the hover', async () => (await hoverAt(document, at)) || false);
  return `${hover}\n${await detailsAt(document, at)}`;
}

describe('An imported checkpoint', () => {
  before(async () => {
    scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-checkpoints-'));
    await extension().activate();
  });

  afterEach(async () => {
    const configuration = vscode.workspace.getConfiguration('biobert');
    await configuration.update('model.path', undefined, vscode.ConfigurationTarget.Global);
    await closeAll();
  });

  after(() => fs.rmSync(scratch, { recursive: true, force: true }));

  for (const weights of ['model.safetensors', 'pytorch_model.bin']) {
    it(`appears in hovers after an import from a folder with ${weights}`, async () => {
      const name = `genes-${path.extname(weights).slice(1)}`;
      const folder = folderOf(name, ['config.json', 'vocab.txt', weights]);
      const hover = await hoverBy('folder', folder, name);
      assert.match(hover, /\*\*TP53\*\* — Gene/u);
      assert.match(hover, new RegExp(`${name} \\([0-9a-f]{12}\\)`, 'u'));
    });
  }

  it('appears in hovers after an import of a TensorFlow checkpoint in a .tar.gz', async () => {
    const archive = path.join(scratch, 'genes-tensorflow.tar.gz');
    fs.copyFileSync(path.join(genes, 'original.tar.gz'), archive);
    const hover = await hoverBy('file', archive, 'genes-tensorflow');
    assert.match(hover, /\*\*TP53\*\* — Gene/u);
    assert.match(hover, /genes-tensorflow \([0-9a-f]{12}\)/u);
  });

  it('is used in its own folder if that contains model.onnx', async () => {
    const folder = writeTinyTagger(path.join(scratch, 'tagger-onnx'), { manifest: false });
    const hover = await hoverBy('folder', folder, 'tagger-onnx');
    assert.match(hover, /\*\*TP53\*\* — Gene/u);
    assert.match(hover, /tagger-onnx/u);
    assert.equal(setting(), folder);
  });
});
