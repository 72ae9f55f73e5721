import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ErrorCode, errorCodes } from '../../src/core/errors';
import { type TinyTaggerOptions, writeManifest, writeTinyTagger } from '../support/tinyTagger';
import { putWeightsOutside } from '../support/weightsOutside';
import { disposables, engines, plain } from './engines';

const { own, folder } = disposables();

interface Unfit {
  readonly what: string;
  readonly options?: TinyTaggerOptions;
  readonly damage?: (folder: string) => unknown;
  readonly code: ErrorCode;
  readonly names: string;
}

const unfit: readonly Unfit[] = [
  {
    what: 'that does not exist',
    damage: (at) => fs.rmSync(at, { recursive: true }),
    code: errorCodes.MODEL_NOT_FOUND,
    names: 'biobert-',
  },
  {
    what: 'without model.onnx',
    damage: (at) => fs.rmSync(path.join(at, 'model.onnx')),
    code: errorCodes.MODEL_FILE_MISSING,
    names: 'model.onnx',
  },
  {
    what: 'with a truncated model.onnx',
    damage: (at) => fs.truncateSync(path.join(at, 'model.onnx'), 700),
    code: errorCodes.MODEL_FILE_DAMAGED,
    names: 'model.onnx',
  },
  {
    what: 'with a truncated model.onnx and no manifest',
    options: { manifest: false },
    damage: (at) => fs.truncateSync(path.join(at, 'model.onnx'), 700),
    code: errorCodes.MODEL_FILE_DAMAGED,
    names: 'model.onnx',
  },
  {
    what: 'with a changed file of the same size',
    damage: (at) => flipByte(path.join(at, 'vocab.txt')),
    code: errorCodes.MODEL_FILE_DAMAGED,
    names: 'vocab.txt',
  },
  {
    what: 'without a vocabulary',
    options: { manifest: false },
    damage: (at) => fs.rmSync(path.join(at, 'vocab.txt')),
    code: errorCodes.MODEL_FILE_MISSING,
    names: 'vocab.txt',
  },
  {
    what: 'whose labels do not match its logits',
    options: { logitsPerToken: 5 },
    code: errorCodes.MODEL_SHAPE_MISMATCH,
    names: '7 labels',
  },
  {
    what: 'whose vocabulary is longer than config.json says',
    damage: (at) => {
      fs.appendFileSync(path.join(at, 'vocab.txt'), 'extra\n');
      writeManifest(at);
    },
    code: errorCodes.MODEL_VOCABULARY_MISMATCH,
    names: 'vocabulary',
  },
  {
    what: 'whose embedding is shorter than the vocabulary',
    options: { embeddingRows: 12 },
    code: errorCodes.MODEL_VOCABULARY_MISMATCH,
    names: 'embedding',
  },
  {
    what: 'with weights in the folder above',
    damage: (at) => putWeightsOutside(at, { location: '../weights.bin' }),
    code: errorCodes.MODEL_FILE_DAMAGED,
    names: 'outside its own folder',
  },
  {
    what: 'with weights that are shorter than the graph says',
    damage: (at) => putWeightsOutside(at, { location: 'model.onnx.data', offset: '64' }),
    code: errorCodes.MODEL_FILE_DAMAGED,
    names: 'model.onnx.data',
  },
  {
    what: 'for another task',
    damage: (at) => writeManifest(at, { task: 'fill-mask' }),
    code: errorCodes.MODEL_TASK_MISMATCH,
    names: 'fill-mask',
  },
];

describe.each(engines)('$name', ({ create }) => {
  it.each(unfit)('refuses a folder $what', async ({ options, damage, code, names }) => {
    const modelPath = writeTinyTagger(folder(), options);
    damage?.(modelPath);
    const engine = own(create({ modelPaths: { 'token-classification': modelPath } }));
    await expect(engine.tag(plain('BRCA1'))).rejects.toMatchObject({
      name: 'BioBertError',
      code,
      message: expect.stringContaining(names) as string,
      nextStep: expect.stringMatching(/^[A-Z].*\.$/) as string,
    });
    expect(engine.status).toMatchObject({ state: 'failed', error: expect.stringContaining(code) as string });
  });

  it('loads a folder that was repaired after a failed load', async () => {
    const modelPath = writeTinyTagger(folder());
    const vocabulary = path.join(modelPath, 'vocab.txt');
    const content = fs.readFileSync(vocabulary);
    fs.rmSync(vocabulary);
    const engine = own(create({ modelPaths: { 'token-classification': modelPath } }));
    await expect(engine.load()).rejects.toMatchObject({ code: errorCodes.MODEL_FILE_MISSING });
    fs.writeFileSync(vocabulary, content);
    expect((await engine.tag(plain('BRCA1'))).entities).toHaveLength(1);
    expect(engine.status.state).toBe('ready');
  });

  it('loads a folder without biobert.json', async () => {
    const modelPath = writeTinyTagger(folder(), { manifest: false });
    const engine = own(create({ modelPaths: { 'token-classification': modelPath } }));
    const { entities, model } = await engine.tag(plain('Carriers of BRCA1.'));
    expect(entities).toMatchObject([{ name: 'BRCA1', type: 'Gene' }]);
    expect(model).toMatchObject({ name: path.basename(modelPath), version: '', measured: [], license: '' });
  });

  it.each(['__proto__', 'constructor', 'toString'])('keeps a type that is called %s', async (type) => {
    const modelPath = writeTinyTagger(folder());
    const config = path.join(modelPath, 'config.json');
    fs.writeFileSync(config, fs.readFileSync(config, 'utf8').replaceAll('-Gene', `-${type}`));
    writeManifest(modelPath);
    const engine = own(create({ modelPaths: { 'token-classification': modelPath } }));
    const { entities, model } = await engine.tag(plain('Carriers of BRCA1 and TP53 took aspirin.'));
    expect(entities.map(({ name, type: found }) => [name, found])).toEqual([
      ['BRCA1', type],
      ['TP53', type],
      ['aspirin', 'Chemical'],
    ]);
    expect(entities.every(({ probability }) => probability > 0.9)).toBe(true);
    expect(model.types).toContain(type);
  });

  it.each(['node', 'web'] as const)(
    'loads weights from a file beside the graph, with the runtime %s',
    async (runtime) => {
      const modelPath = writeTinyTagger(folder());
      putWeightsOutside(modelPath, { location: 'model.onnx.data' });
      const { entities } = await own(
        create({ modelPaths: { 'token-classification': modelPath }, runtime }),
      ).tag(plain('Carriers of BRCA1.'));
      expect(entities).toMatchObject([{ name: 'BRCA1', type: 'Gene' }]);
    },
  );

  it('finds the same entities with the WebAssembly runtime as with the native one', async () => {
    const modelPath = writeTinyTagger(folder());
    const text = 'Carriers of BRCA1 took aspirin.';
    const native = await own(
      create({ modelPaths: { 'token-classification': modelPath }, runtime: 'node' }),
    ).tag(plain(text));
    const web = await own(create({ modelPaths: { 'token-classification': modelPath }, runtime: 'web' })).tag(
      plain(text),
    );
    expect(native.model.runtime).toBe('onnxruntime-node');
    expect(web.model.runtime).toBe('onnxruntime-web');
    expect(native.entities).toHaveLength(2);
    expect(web.entities.map(({ name, type }) => [name, type])).toEqual(
      native.entities.map(({ name, type }) => [name, type]),
    );
  });
});

function flipByte(file: string): void {
  const content = fs.readFileSync(file);
  content[content.length - 2] = (content.at(-2) ?? 0) ^ 1;
  fs.writeFileSync(file, content);
}
