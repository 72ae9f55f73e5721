/** A checkpoint of each format, from the file as others publish it to the hover, by Select Model alone. */
import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { writeTinyTagger } from '../../tools/tinyTagger';
import { answer, importModel } from '../modelDialogs';
import { closeAll, extension, hoverAt, openNew, until } from '../support';

/** Knows genes, and does not say so: written by models/training/fixtures.py. Beside dist/, where this file is built to. */
const genes = path.resolve(__dirname, '../../test/fixtures/checkpoints/genes');

let scratch = '';

/** A folder of these files alone, so that no other format can take their place. */
function folderOf(name: string, files: readonly string[]): string {
  const folder = path.join(scratch, name);
  fs.mkdirSync(folder);
  for (const file of files) fs.copyFileSync(path.join(genes, file), path.join(folder, file));
  return folder;
}

const setting = () => vscode.workspace.getConfiguration('biobert').get<string>('model.path') ?? '';

/** Types the label question away where the labels have no names, and waits for the hover. */
async function hoverOf(name: string, asked: boolean): Promise<string> {
  const text = 'Carriers of a TP53 mutation took aspirin.\n';
  const { document } = await openNew(`${name}.txt`, text);
  if (asked) await answer(`What the labels of ${name} mean`);
  await until('the setting', () => setting().includes(name));
  return until('the hover', async () => (await hoverAt(document, text.indexOf('TP53') + 1)) || false);
}

describe('A checkpoint goes from file to hover', () => {
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
    it(`from a folder with ${weights}`, async () => {
      const name = `genes-${path.extname(weights).slice(1)}`;
      await importModel('Entities', 'folder', folderOf(name, ['config.json', 'vocab.txt', weights]));
      const hover = await hoverOf(name, true);
      assert.match(hover, /\*\*TP53\*\* — Gene/u);
      assert.match(hover, new RegExp(`${name} [0-9a-f]{12}`, 'u'));
    });
  }

  it("from TensorFlow's checkpoint in a .tar.gz", async () => {
    const archive = path.join(scratch, 'genes-tensorflow.tar.gz');
    fs.copyFileSync(path.join(genes, 'original.tar.gz'), archive);
    await importModel('Entities', 'file', archive);
    const hover = await hoverOf('genes-tensorflow', true);
    assert.match(hover, /\*\*TP53\*\* — Gene/u);
    assert.match(hover, /genes-tensorflow [0-9a-f]{12}/u);
  });

  it('from a folder with model.onnx, which is used where it is', async () => {
    const folder = writeTinyTagger(path.join(scratch, 'tagger-onnx'), { manifest: false });
    await importModel('Entities', 'folder', folder);
    const hover = await hoverOf('tagger-onnx', false);
    assert.match(hover, /\*\*TP53\*\* — Gene/u);
    assert.match(hover, /tagger-onnx/u);
    assert.equal(setting(), folder);
  });
});
