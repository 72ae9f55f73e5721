import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../../../src/core/errors';
import { readManifest } from '../../../../src/runtime/modelFolders/modelManifest';

const sha256 = 'A'.repeat(64);
const sound = {
  formatVersion: 1,
  name: 'Tiny',
  version: '1',
  task: 'token-classification',
  license: 'MIT',
  tokenTypes: 'shape',
  packing: 'window',
  maxTokens: 256,
  decoding: 'per-type',
  calibration: { Gene: { scale: 1.1, offset: -0.2 } },
  files: { 'model.onnx': { bytes: 3, sha256 } },
  measured: [{ type: 'Gene', set: 'BC2GM', precision: 80, recall: 80, f1: 80 }],
};

describe('readManifest', () => {
  it('reads a valid manifest', () => {
    expect(readManifest(sound)).toMatchObject({
      name: 'Tiny',
      tokenTypes: 'shape',
      packing: 'window',
      maxTokens: 256,
      decoding: 'per-type',
      measured: sound.measured,
    });
    expect(readManifest(sound).files.get('model.onnx')).toEqual({ bytes: 3, sha256: sha256.toLowerCase() });
    expect(readManifest(sound).calibration['Gene']).toEqual({ scale: 1.1, offset: -0.2 });
  });

  it('uses the defaults of an ordinary checkpoint for missing fields', () => {
    const { formatVersion, name, version, task, files } = sound;
    expect(readManifest({ formatVersion, name, version, task, files })).toMatchObject({
      tokenTypes: undefined,
      packing: 'sentence',
      decoding: 'joint',
      maxTokens: undefined,
      measured: [],
    });
  });

  it.each([
    ['another format version', { formatVersion: 2 }],
    ['no version', { version: undefined }],
    ['a name of megabytes', { name: 'x'.repeat(1e6) }],
    ['an unknown packing', { packing: 'toString' }],
    ['an unknown decoding', { decoding: 7 }],
    ['a max_length of 0', { maxTokens: 0 }],
    ['a huge max_length', { maxTokens: 1e12 }],
    ['a calibration with a text as scale', { calibration: { Gene: { scale: 'big', offset: 0 } } }],
    ['a calibration with the scale 0', { calibration: { Gene: { scale: 0, offset: 0 } } }],
    ['a calibration with a negative scale', { calibration: { Gene: { scale: -1, offset: 0 } } }],
    ['a calibration with a huge scale', { calibration: { Gene: { scale: 1e300, offset: 0 } } }],
    ['a calibration with a scale that is not a number', { calibration: { Gene: { scale: NaN, offset: 0 } } }],
    ['a calibration with a huge offset', { calibration: { Gene: { scale: 1, offset: -1e300 } } }],
    ['a calibration that is a list', { calibration: [] }],
    ['files that are a list', { files: [] }],
    ['no files', { files: undefined }],
    ['a file of negative size', { files: { 'model.onnx': { bytes: -1, sha256 } } }],
    ['a file without a hash', { files: { 'model.onnx': { bytes: 1, sha256: 'abc' } } }],
    ['scores over 100', { measured: [{ ...sound.measured[0], f1: 101 }] }],
  ])('refuses a manifest with %s', (_what, change) => {
    expect(() => readManifest({ ...sound, ...change })).toThrow(
      expect.objectContaining({ code: errorCodes.MODEL_CONFIG_INVALID }) as Error,
    );
  });

  it.each([
    '../secret',
    'a/../../secret',
    '/etc/passwd',
    '..',
    '.',
    'C:\\secret',
    'a\\..\\b',
    'a//b',
    'a:b',
    '',
    'a/',
  ])('refuses the file name "%s"', (name) => {
    const files = Object.fromEntries([[name, { bytes: 1, sha256 }]]);
    expect(() => readManifest({ ...sound, files })).toThrow(/outside the model folder/);
  });

  it('refuses a manifest for another task with its own code', () => {
    expect(() => readManifest({ ...sound, task: 'relation' })).toThrow(
      expect.objectContaining({ code: errorCodes.MODEL_TASK_MISMATCH }) as Error,
    );
  });

  it('does not read or change a prototype', () => {
    const hostile = JSON.parse(
      JSON.stringify(sound).replace('"Gene":{', '"__proto__":{"scale":1,"offset":1},"constructor":{'),
    ) as Record<string, unknown>;
    const { calibration } = readManifest(hostile);
    expect(Object.getPrototypeOf(calibration)).toBeNull();
    expect(Object.keys(calibration)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>)['scale']).toBeUndefined();
    expect(() => readManifest(Object.create(sound) as Record<string, unknown>)).toThrow();
  });
});
