import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes } from '../../../../src/core/errors';
import { GraphBuilder, writeGraph } from '../../../../src/convert/onnxGraph';
import { readTaggerFolder } from '../../../../src/runtime/modelFolders/taggerFolder';
import { writeManifest, writeTinyTagger } from '../../../support/tinyTagger';

let folder = '';
beforeEach(() => (folder = writeTinyTagger(fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-folder-')))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => path.join(folder, name);

/** Changes config.json, and deletes the manifest, whose hash would no longer match. */
function changeConfig(change: Readonly<Record<string, unknown>>): void {
  const config = JSON.parse(fs.readFileSync(at('config.json'), 'utf8')) as Record<string, unknown>;
  fs.writeFileSync(at('config.json'), JSON.stringify({ ...config, ...change }));
  fs.rmSync(at('biobert.json'), { force: true });
}

describe('readTaggerFolder', () => {
  it('returns everything that the pipeline needs', async () => {
    const { config, vocabulary, tokenizer, info, onnxPath } = await readTaggerFolder(folder);
    expect(config).toMatchObject({
      decoding: 'per-type',
      tokenTypes: 'shape',
      packing: 'sentence',
      maxTokens: 64,
    });
    expect(config.labels[1]).toBe('B-Gene');
    expect(vocabulary.size).toBe(23);
    expect(tokenizer).toMatchObject({ lowercase: true });
    expect(info).toMatchObject({
      name: 'Tiny tagger',
      version: '1.0.0',
      types: ['Gene', 'Disease', 'Chemical'],
    });
    expect(onnxPath).toBe(at('model.onnx'));
  });

  it('does not list types that the manifest hides', async () => {
    const manifest = JSON.parse(fs.readFileSync(at('biobert.json'), 'utf8')) as Record<string, unknown>;
    fs.writeFileSync(at('biobert.json'), JSON.stringify({ ...manifest, hiddenTypes: ['Disease'] }));
    const { config, info } = await readTaggerFolder(folder);
    expect(info.types).toEqual(['Gene', 'Chemical']);
    expect(config.hiddenTypes).toEqual(['Disease']);
  });

  it('identifies the files that decide the result beside the graph', async () => {
    fs.rmSync(at('biobert.json'));
    fs.writeFileSync(at('tokenizer_config.json'), '{"do_lower_case":true}');
    const hashes = async () => (await readTaggerFolder(folder)).info;
    const seen = [await hashes()];
    const change = async (name: string, edit: (text: string) => string) => {
      fs.writeFileSync(at(name), edit(fs.existsSync(at(name)) ? fs.readFileSync(at(name), 'utf8') : ''));
      seen.push(await hashes());
    };
    const manifest = { formatVersion: 1, name: 'm', version: '1', task: 'token-classification', files: {} };
    const calibration = { Gene: { scale: 2, offset: 0 } };
    await change('biobert.json', () => JSON.stringify(manifest));
    await change('biobert.json', () => JSON.stringify({ ...manifest, calibration }));
    await change('config.json', (text) => text.replace('B-Gene', 'B-Protein').replace('I-Gene', 'I-Protein'));
    await change('vocab.txt', (text) => text.replace('asthma', 'ASTHMA'));
    await change('tokenizer_config.json', (text) => text.replace('true', 'false'));
    expect(new Set(seen.map(({ configHash }) => configHash)).size).toBe(6);
    expect(new Set(seen.map(({ hash }) => hash)).size).toBe(1);
    fs.writeFileSync(at('README.md'), 'A card.');
    expect(await hashes()).toEqual(seen.at(-1));
  });

  it('uses the defaults of an ordinary checkpoint without a manifest', async () => {
    fs.rmSync(at('biobert.json'));
    const { config, info } = await readTaggerFolder(folder);
    expect(config).toEqual({
      labels: config.labels,
      decoding: 'joint',
      tokenTypes: 'none',
      packing: 'sentence',
      maxTokens: 64,
      calibration: {},
      hiddenTypes: [],
    });
    expect(info.name).toBe(path.basename(folder));
    expect(info.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('limits max_length to 512 tokens without a manifest', async () => {
    changeConfig({ max_position_embeddings: 4096 });
    expect((await readTaggerFolder(folder)).config.maxTokens).toBe(512);
  });

  it('reads tokenizer.json if there is no vocab.txt', async () => {
    const pieces = fs.readFileSync(at('vocab.txt'), 'utf8').trim().split('\n');
    const vocab = Object.fromEntries(pieces.map((piece, id) => [piece, id]));
    fs.writeFileSync(at('tokenizer.json'), JSON.stringify({ model: { type: 'WordPiece', vocab } }));
    fs.rmSync(at('vocab.txt'));
    fs.rmSync(at('biobert.json'));
    expect((await readTaggerFolder(folder)).vocabulary.size).toBe(23);
  });

  it('reads the meaning of numbered labels from biobert.json', async () => {
    const names = ['O', 'B-Gene', 'I-Gene', 'B-Disease', 'I-Disease', 'B-Chemical', 'I-Chemical'];
    changeConfig({ id2label: Object.fromEntries(names.map((_, id) => [id, `LABEL_${id}`])) });
    await expect(readTaggerFolder(folder)).rejects.toMatchObject({ code: errorCodes.MODEL_CONFIG_INVALID });
    writeManifest(folder, { labels: Object.fromEntries(names.map((name, id) => [`LABEL_${id}`, name])) });
    expect((await readTaggerFolder(folder)).config.labels).toEqual(names);
    writeManifest(folder, { labels: { LABEL_0: 7 } });
    await expect(readTaggerFolder(folder)).rejects.toMatchObject({ code: errorCodes.MODEL_CONFIG_INVALID });
  });

  it.each(['onnx/model.onnx', 'model_quantized.onnx'])('finds the graph at %s', async (name) => {
    fs.rmSync(at('biobert.json'));
    fs.mkdirSync(at('onnx'));
    fs.renameSync(at('model.onnx'), at(name));
    expect((await readTaggerFolder(folder)).onnxPath).toBe(at(name));
  });

  it('takes the letter case from the vocabulary without a tokenizer_config.json', async () => {
    fs.rmSync(at('biobert.json'));
    fs.rmSync(at('tokenizer_config.json'));
    expect((await readTaggerFolder(folder)).tokenizer.lowercase).toBe(true);
    fs.writeFileSync(
      at('vocab.txt'),
      fs.readFileSync(at('vocab.txt'), 'utf8').replace('carriers', 'Carriers'),
    );
    expect((await readTaggerFolder(folder)).tokenizer.lowercase).toBe(false);
  });

  it('includes external weights in the hash, and refuses a folder without their file', async () => {
    const weights = { name: 'w', element: 'float', shape: [2], offset: 0, bytes: 8 } as const;
    const graph = { builder: new GraphBuilder(), weights: [weights], inputs: [], outputs: [], metadata: {} };
    fs.rmSync(at('biobert.json'));
    fs.writeFileSync(at('model.onnx'), writeGraph({ ...graph, dataFile: 'model.onnx_data' }));
    await expect(readTaggerFolder(folder)).rejects.toMatchObject({ code: errorCodes.MODEL_FILE_MISSING });
    fs.writeFileSync(at('model.onnx_data'), 'weights1');
    const { hash } = (await readTaggerFolder(folder)).info;
    fs.writeFileSync(at('model.onnx_data'), 'weights2');
    expect((await readTaggerFolder(folder)).info.hash).not.toBe(hash);
    fs.writeFileSync(at('model.onnx'), writeGraph({ ...graph, dataFile: '../../etc/passwd' }));
    await expect(readTaggerFolder(folder)).rejects.toMatchObject({ code: errorCodes.MODEL_FILE_DAMAGED });
  });

  it.each([
    ['labels in a list instead of a map', { id2label: ['O', 'B-Gene'] }],
    ['labels with a gap', { id2label: { 0: 'O', 2: 'B-Gene' } }],
    ['labels that are numbers', { id2label: { 0: 1, 1: 2 } }],
    ['labels without types', { id2label: { 0: 'LABEL_0', 1: 'LABEL_1' } }],
    [
      'ten thousand labels',
      { id2label: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [i, `B-${i}`])) },
    ],
    ['an invalid vocabulary size', { vocab_size: 'many' }],
    ['an invalid number of positions', { max_position_embeddings: -1 }],
  ])('refuses a config.json with %s', async (_what, change) => {
    changeConfig(change);
    await expect(readTaggerFolder(folder)).rejects.toMatchObject({ code: errorCodes.MODEL_CONFIG_INVALID });
  });

  it('refuses a model for another task with its own code', async () => {
    changeConfig({ architectures: ['BertForQuestionAnswering'] });
    await expect(readTaggerFolder(folder)).rejects.toMatchObject({ code: errorCodes.MODEL_TASK_MISMATCH });
  });

  it('accepts an embedding that is a little longer than the vocabulary, but not a much longer one', async () => {
    changeConfig({ vocab_size: 128 });
    await expect(readTaggerFolder(folder)).resolves.toBeDefined();
    changeConfig({ vocab_size: 30_522 });
    await expect(readTaggerFolder(folder)).rejects.toMatchObject({
      code: errorCodes.MODEL_VOCABULARY_MISMATCH,
    });
  });

  it('refuses a max_length above the number of positions', async () => {
    writeManifest(folder, { maxTokens: 65 });
    await expect(readTaggerFolder(folder)).rejects.toMatchObject({ code: errorCodes.MODEL_CONFIG_INVALID });
  });

  it.each(['config.json', 'biobert.json', 'tokenizer_config.json'])(
    'refuses a broken %s, and names it',
    async (name) => {
      if (name !== 'biobert.json') fs.rmSync(at('biobert.json'));
      for (const content of ['{"a":', '[]', '"text"', 'null', '\0\0', '['.repeat(100_000)]) {
        fs.writeFileSync(at(name), content);
        await expect(readTaggerFolder(folder)).rejects.toMatchObject({
          code: errorCodes.MODEL_FILE_DAMAGED,
          message: expect.stringContaining(name) as string,
        });
      }
    },
  );

  it('refuses a folder in the place of a file', async () => {
    fs.rmSync(at('vocab.txt'));
    fs.mkdirSync(at('vocab.txt'));
    await expect(readTaggerFolder(folder)).rejects.toMatchObject({ code: errorCodes.MODEL_FILE_MISSING });
  });

  it('refuses a path that is not a folder', async () => {
    await expect(readTaggerFolder(at('vocab.txt'))).rejects.toMatchObject({
      code: errorCodes.MODEL_NOT_FOUND,
    });
    await expect(readTaggerFolder('')).rejects.toMatchObject({ code: errorCodes.MODEL_NOT_FOUND });
  });
});
