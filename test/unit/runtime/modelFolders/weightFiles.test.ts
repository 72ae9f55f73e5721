import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ModelProtoSchema, TensorProtoSchema } from '../../../../src/convert/proto/onnx_pb';
import { errorCodes } from '../../../../src/core/errors';
import { ModelFiles } from '../../../../src/runtime/modelFolders/modelFiles';
import { readTaggerFolder } from '../../../../src/runtime/modelFolders/taggerFolder';
import { checkWeightFiles } from '../../../../src/runtime/modelFolders/weightFiles';
import { writeManifest, writeTinyTagger } from '../../../support/tinyTagger';
import { putWeightsOutside, type WeightsOutside } from '../../../support/weightsOutside';

let parent = '';
let folder = '';
beforeEach(() => {
  parent = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-weights-'));
  folder = writeTinyTagger(path.join(parent, 'model'));
});
afterEach(() => fs.rmSync(parent, { recursive: true, force: true }));

const at = (name: string) => path.join(folder, name);
const check = () => checkWeightFiles(new ModelFiles(folder, 'token-classification'), 'model.onnx');
const refusal = (message: string) => ({
  name: 'BioBertError',
  code: errorCodes.MODEL_FILE_DAMAGED,
  message: expect.stringContaining(message) as string,
  nextStep: expect.stringMatching(/^[A-Z].*\.$/) as string,
});
const outside = refusal('outside its own folder');

function inField(number: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new BinaryWriter().tag(number, WireType.LengthDelimited).bytes(bytes).finish();
}

const elsewhere: readonly (WeightsOutside & { readonly what: string })[] = [
  { what: 'at an absolute path', location: '/etc/hostname', file: 'model.onnx.data' },
  { what: 'in the folder above', location: '../weights.bin' },
  {
    what: 'in the folder above, through a subfolder',
    location: 'in/../../weights.bin',
    file: '../weights.bin',
  },
  { what: 'in the folder above, as a Windows path', location: '..\\weights.bin', file: '../weights.bin' },
  { what: 'on another drive', location: 'C:\\weights.bin', file: 'model.onnx.data' },
  { what: 'on another computer', location: '\\\\server\\share\\weights.bin', file: 'model.onnx.data' },
  { what: 'at an address', location: 'file:///etc/hostname', file: 'model.onnx.data' },
  { what: 'in the folder itself', location: '.', file: 'model.onnx.data' },
  { what: 'with an empty name', location: '', file: 'model.onnx.data' },
];

describe('a graph with external weights', () => {
  it('is accepted if the weights are beside it', async () => {
    putWeightsOutside(folder, { location: 'model.onnx.data' });
    expect(await check()).toEqual(['model.onnx.data']);
    expect((await readTaggerFolder(folder)).info.types).toContain('Gene');
  });

  it.each(elsewhere)('is refused with weights $what', async (options) => {
    putWeightsOutside(folder, options);
    await expect(check()).rejects.toMatchObject(outside);
    await expect(readTaggerFolder(folder)).rejects.toMatchObject(outside);
  });

  it('is refused even if biobert.json lists the file', async () => {
    putWeightsOutside(folder, { location: '../weights.bin' });
    writeManifest(folder);
    await expect(readTaggerFolder(folder)).rejects.toMatchObject(outside);
  });

  it('is refused if a link leads out of the folder', async () => {
    const weights = putWeightsOutside(folder, { location: 'model.onnx.data', file: '../weights.bin' });
    fs.symlinkSync(weights, at('model.onnx.data'));
    await expect(check()).rejects.toMatchObject(outside);
  });

  it('is accepted if graph and weights are links into one folder, as in the cache of Hugging Face', async () => {
    putWeightsOutside(folder, { location: 'model.onnx.data', file: '../blobs/a1' });
    fs.renameSync(at('model.onnx'), path.join(parent, 'blobs/b2'));
    fs.symlinkSync('../blobs/b2', at('model.onnx'));
    fs.symlinkSync('../blobs/a1', at('model.onnx.data'));
    expect(await check()).toEqual(['model.onnx.data']);
  });

  it('is refused if the file is missing or a folder', async () => {
    fs.rmSync(putWeightsOutside(folder, { location: 'model.onnx.data' }));
    const missing = { code: errorCodes.MODEL_FILE_MISSING };
    await expect(check()).rejects.toMatchObject(missing);
    fs.mkdirSync(at('model.onnx.data'));
    await expect(check()).rejects.toMatchObject(missing);
  });

  it.each([
    { what: 'a length', length: '100000', message: 'needs 100000' },
    { what: 'an offset', offset: '9007199254740000', length: '4', message: 'needs 9007199254740004' },
  ])('is refused with $what beyond the end of the file', async ({ message, ...options }) => {
    putWeightsOutside(folder, { location: 'model.onnx.data', ...options });
    await expect(check()).rejects.toMatchObject(refusal(message));
  });

  it.each(['-4', '1e9', '0x10', '99999999999999999999', 'none'])(
    'is refused with the offset %s',
    async (offset) => {
      putWeightsOutside(folder, { location: 'model.onnx.data', offset });
      await expect(check()).rejects.toMatchObject(refusal('no ONNX model'));
    },
  );

  it('is checked down to the constants of nested graphs', async () => {
    putWeightsOutside(folder, { location: '../weights.bin' });
    const model = fromBinary(ModelProtoSchema, fs.readFileSync(at('model.onnx')));
    const table = model.graph?.initializer.find(({ name }) => name === 'table');
    let bytes = table ? toBinary(TensorProtoSchema, table) : Buffer.alloc(0);
    // A tensor in an attribute of a node of a graph, which is in an attribute of a node of the graph of the model.
    for (const field of [5, 5, 1, 6, 5, 1, 7]) bytes = inField(field, bytes);
    fs.writeFileSync(at('model.onnx'), bytes);
    await expect(check()).rejects.toMatchObject(outside);
  });

  it('is checked after gigabytes of its own weights', async () => {
    putWeightsOutside(folder, { location: '../weights.bin' });
    const graph = fs.readFileSync(at('model.onnx'));
    // Field 1000 has 3 GB, which the sparse file does not store.
    const head = Buffer.from([0xc2, 0x3e, 0x80, 0x80, 0x80, 0xe0, 0x0b]);
    const file = fs.openSync(at('model.onnx'), 'w');
    fs.writeSync(file, head);
    fs.writeSync(file, graph, 0, graph.length, head.length + 0xb * 2 ** 28 + 0x60 * 2 ** 21);
    fs.closeSync(file);
    await expect(check()).rejects.toMatchObject(outside);
  });

  it('is refused if it is truncated', async () => {
    putWeightsOutside(folder, { location: 'model.onnx.data' });
    fs.truncateSync(at('model.onnx'), fs.statSync(at('model.onnx')).size - 5);
    await expect(check()).rejects.toMatchObject(refusal('cut off'));
  });
});
